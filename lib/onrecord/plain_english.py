"""The labels in plain English, for titles, filters, tables and the reading view: one spelling everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: What the tables call the source of a statement that gives none.
NO_ACTOR = "(no source given)"
#: Who holds the floor where nobody is quoted.
NARRATOR = "the article itself"

_ACTS = {
    "denial": ("denial", "denials"),
    "refusal": ("refusal", "refusals"),
    "no_comment": ("no comment", "no comments"),
    "confirmation": ("confirmation", "confirmations"),
    "accusation": ("accusation", "accusations"),
    "demand": ("demand", "demands"),
    "commitment": ("commitment", "commitments"),
    "evaluation": ("evaluation", "evaluations"),
    "claim": ("claim", "claims"),
    "other": ("other", "other statements"),
    "": ("uncertain act", "uncertain acts"),
}
# Half characters (broken JSON brings them) and control signs: no file format takes them.
_UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_POLARITIES = {"favor": "for", "against": "against", "none": "no stance"}


def act_name(act: str, count: int = 1) -> str:
    """The act as a reader would call it, in the plural for any count but 1.

    >>> act_name("no_comment"), act_name("denial", 2)
    ('no comment', 'denials')
    """
    return _ACTS.get(act, (act, act))[count != 1]


def printable(text: str) -> str:
    """The text with every character that UTF-8 or XML cannot hold replaced by U+FFFD; its length stays.

    A byte order mark within it (a no-break space of no width, once) becomes its successor, the word joiner U+2060:
    matplotlib's PDF fails over it.

    >>> printable("a\\ud800b\\x00")
    'a\ufffdb\ufffd'
    """
    return _UNPRINTABLE.sub("\ufffd", text).replace("\ufeff", "\u2060")


def on_one_line(text: str) -> str:
    """The text for a terminal: one line, without a character that one would obey instead of showing it.

    >>> on_one_line("red\\x1b[31m\\nno: as it was")
    'red\ufffd[31m no: as it was'
    """
    return "".join(each if each.isprintable() else "\ufffd" for each in " ".join(text.split()))


def polarity_name(polarity: str) -> str:
    """``for``, ``against`` or ``no stance``."""
    return _POLARITIES.get(polarity, polarity)


def count_of(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> count_of(1, "statement"), count_of(1200, "statement"), count_of(0, "party", "parties")
    ('1 statement', '1,200 statements', '0 parties')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def all_of(count: int, one: str) -> str:
    """All of so many, in words.

    >>> all_of(21, "statement"), all_of(1, "statement"), all_of(0, "statement")
    ('all 21 statements', '1 statement', 'no statements')
    """
    return f"all {count_of(count, one)}" if count > 1 else count_of(count, one).replace("0", "no")


def listed(items: Sequence[str], word: str = "and") -> str:
    """The items as English lists them.

    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"], "or")
    ('A', 'A and B', 'A, B or C')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words where that keeps half of them, with ``…`` at the cut.

    >>> shortened("the outgoing chairman of the Joint Chiefs", 20)
    'the outgoing…'
    """
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:–—-") + "…"


def capitalized(text: str) -> str:
    """The text with its first letter in upper case, the rest as it stands."""
    return text[:1].upper() + text[1:]


def unique(items: Iterable[str]) -> list[str]:
    """Each item once, in order of first appearance, the empty ones left out."""
    return list(dict.fromkeys(item for item in items if item))


def side_name(side: str) -> str:
    """The side as a reader would call it.

    >>> side_name("unknown"), side_name("Pakistan")
    ('side unknown', 'Pakistan')
    """
    return "side unknown" if side in ("", "unknown") else side
