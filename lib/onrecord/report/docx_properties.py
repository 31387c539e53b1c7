"""The provenance of a Word document: custom properties, which Word shows under File, Info, Advanced Properties."""

from __future__ import annotations

from dataclasses import asdict
from html import escape

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from onrecord.export import DOCX_PART, DOCX_PREFIX, Provenance
from onrecord.plain_english import printable

#: The set that custom properties belong to (ECMA-376, part 1, 15.2.12.2; the id is fixed by the format).
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAMESPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)


def add_properties(word: WordDocument, provenance: Provenance) -> None:
    """Puts each field of the provenance into the document as a property of its own."""
    rows = "".join(_property(number, name, value) for number, (name, value) in enumerate(asdict(provenance).items(), 2))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties {_NAMESPACES}>{rows}</Properties>'
    package = word.part.package
    part = Part(PackURI(f"/{DOCX_PART}"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, xml.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _property(number: int, name: str, value: object) -> str:
    kind = "i4" if isinstance(value, int) else "lpwstr"
    words = escape(printable(str(value)), quote=False)
    return (
        f'<property fmtid="{_SET}" pid="{number}" name="{DOCX_PREFIX}{name}"><vt:{kind}>{words}</vt:{kind}></property>'
    )
