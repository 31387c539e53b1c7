"""Office files without the clock: the same content gives the same bytes, date aside."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date


def dated_zip(data: bytes, day: str) -> bytes:
    """The Office file (.xlsx, .docx: a zip) with ``day`` (ISO) for every moment that its writer took from the clock."""
    made = date.fromisoformat(day)
    stamp = f"{made.isoformat()}T00:00:00Z".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, part)
            info = zipfile.ZipInfo(name, (max(made.year, 1980), made.month, made.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return buffer.getvalue()
