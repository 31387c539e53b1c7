"""Bytes → characters: UTF-8 where it is, else the encoding that is most likely, with a note."""

from __future__ import annotations

from onrecord.records import OnrecordError

#: Of the characters that are no ASCII the most common ones in English news.
_USUAL = "“”‘’–—…£€"
_BY_MARK = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp1250": "Windows-1250", "cp1251": "Windows-1251"}
#: What an English text that is no UTF-8 may be in; of others the note says what they look like.
_LIKELY = ["cp1252", "mac_roman", "cp1250", "cp1251", "shift_jis", "gb18030", "big5", "euc_kr"]


def decode(raw: bytes, place: str) -> tuple[str, tuple[str, ...]]:
    """The characters of a text file behind its byte order mark, one for one, and a note where it is not UTF-8.

    Raises ``OnrecordError`` where these bytes are no text.
    """
    if raw[:2] in _BY_MARK and len(raw) % 2 == 0:
        return raw.decode("utf-16", "replace"), ("The file is UTF-16; offsets count its characters.",)
    if b"\0" in raw:
        raise OnrecordError(
            f"{place}: this is no text file (it holds NUL bytes). Save the article as plain text, UTF-8."
        )
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        encoding = _guess(raw)
    name = _NAMES.get(encoding, encoding)
    note = f"The file is not UTF-8 and was read as {name}: check its quotation marks and accents."
    return raw.decode(encoding, "replace"), (note,)


def _guess(raw: bytes) -> str:
    """Windows-1252 or Mac Roman, whichever makes quotation marks and dashes of the bytes; else what statistics say."""
    counts = {name: sum(map(raw.decode(name, "replace").count, _USUAL)) for name in ("cp1252", "mac_roman")}
    if any(counts.values()):
        return max(counts, key=lambda name: counts[name])
    from charset_normalizer import from_bytes

    found = from_bytes(raw[:100_000], cp_isolation=_LIKELY).best()
    return found.encoding if found else "cp1252"
