"""Figures, tables and pages as files, written whole, each with where it comes from inside.

In: charts, DataFrames, HTML and a ``Provenance``. Out: paths. It never overwrites what somebody changed by hand.
"""

from onrecord.export.filenames import slug
from onrecord.export.manifest import read_manifest
from onrecord.export.office_zip import dated_zip
from onrecord.export.provenance import (
    ALL,
    DOCX_PART,
    DOCX_PREFIX,
    GOLD,
    Provenance,
    provenance_of,
    sha256_of,
)
from onrecord.export.read_back import describe_file
from onrecord.export.save import (
    csv_text,
    make_folder,
    page_bytes,
    png_bytes,
    save_all,
    save_figure,
    save_files,
    save_page,
    save_table,
)

__all__ = [
    "ALL",
    "DOCX_PART",
    "DOCX_PREFIX",
    "GOLD",
    "Provenance",
    "csv_text",
    "dated_zip",
    "describe_file",
    "make_folder",
    "page_bytes",
    "png_bytes",
    "provenance_of",
    "read_manifest",
    "save_all",
    "save_figure",
    "save_files",
    "save_page",
    "save_table",
    "sha256_of",
    "slug",
]
