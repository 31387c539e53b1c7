"""Whether two names can be one and the same: first names and their short forms, countries before offices, initials."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from collections.abc import Sequence

from onrecord.lexicon import lists
from onrecord.names.capitalized_runs import SUFFIXES
from onrecord.names.proper_names import Name
from onrecord.text import FUNCTION_WORDS

#: The U.S. State Department is the State Department; U.S. Steel is not Steel.
_NATION = ("U.S. ", "US ", "United States ")
_CHAMBERS = frozenset("Senate Congress House".split())
#: First names and short forms that do not begin alike (general knowledge).
_SHORT_FORMS = (
    "william bill billy will",
    "robert bob bobby rob",
    "james jim jimmy",
    "joseph joe",
    "michael mike",
    "richard dick rick",
    "edward ted ed",
    "john jack johnny",
    "charles chuck charlie",
    "elizabeth liz betsy beth",
    "margaret peggy maggie",
    "anthony tony",
    "patricia pat patty",
    "kenneth ken",
    "stephen steve steven",
    "alexandra alex",
    "christina christine chris",
    "samantha sam",
)
_KIN = tuple(frozenset(row.split()) for row in _SHORT_FORMS)
#: Heads of so many organisations' names that they mean none of them alone.
COMMON_HEADS = frozenset("Department Ministry Office Bureau Secretary Board Committee".split())
#: Last words of newspapers' names that alone mean the paper: the Post, the Daily News.
PAPERS = frozenset("Post Times Journal Herald Globe Tribune Register News Guardian Sun Gazette Chronicle".split())


def is_same_person(name: Name, other: Name) -> bool:
    """Whether two full names of one family name can be the same person.

    They can where one is the end of the other, or where the first names are the same, one the short form of the other,
    or an initial of it. "Tom Beck Jr." and "Tom Beck III" are two people.
    """
    if len(other.words) < 2 or (suffix_of(name) and suffix_of(other) and suffix_of(name) != suffix_of(other)):
        return False
    shorter, longer = sorted((_bare(name), _bare(other)), key=len)
    if [word.lower() for word in longer[-len(shorter) :]] == [word.lower() for word in shorter]:  # De Luca, Ada de Luca
        return True
    a, b = shorter[0], longer[0]
    return is_same_first_name(a, b) or ((a[1:2] == "." or b[1:2] == ".") and a[0] == b[0])


def fathers_and_sons(names: Sequence[Name]) -> set[tuple[str, str]]:
    """First and family name of those who are two people: named in full no less often without "Jr." than with it."""
    times: Counter[tuple[str, str]] = Counter()
    for name in names:
        if len(name.words) > 1:
            times[name.words[0], name.last] += -1 if suffix_of(name) else 1
    juniors = {(name.words[0], name.last) for name in names if suffix_of(name)}
    return {key for key in juniors if times[key] >= 0}


def _bare(name: Name) -> tuple[str, ...]:
    return tuple(word for word in name.words if word not in SUFFIXES | {","})


def suffix_of(name: Name) -> str:
    """ "Jr", "Sr" or "III" behind the family name; "" where there is none."""
    return name.words[-1].rstrip(".") if name.words[-1] in SUFFIXES else ""


def is_same_first_name(a: str, b: str) -> bool:
    """Whether two first names may be one: accents and doubled letters aside, a short form, or the beginning.

    A man's name that begins a woman's is another one, unless it is listed as its short form.

    >>> is_same_first_name("François", "Francois"), is_same_first_name("Ken", "Kenneth")
    (True, True)
    >>> is_same_first_name("Hilary", "Hillary"), is_same_first_name("Paul", "Paulina")
    (True, False)
    """
    genders = {lists().first_names.get(a), lists().first_names.get(b)}
    a, b = sorted((_plain(a), _plain(b)), key=len)
    if a == b or any({a, b} <= kin for kin in _KIN):
        return True
    return genders != {"m", "f"} and len(a) > 2 and len(b) - len(a) > 1 and b.startswith(a)


@functools.lru_cache(maxsize=1 << 14)
def _plain(word: str) -> str:
    """In lower case, without accents and doubled letters."""
    letters = [c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c)]
    return "".join(c for c, before in zip(letters, ["", *letters], strict=False) if c != before)


def opens_a_name(word: str) -> bool:
    """Whether the word is a known first name or an initial."""
    return word in lists().first_names or (len(word) > 1 and word[1] == ".")


def without_nation(text: str) -> str:
    """ "State Department" of "U.S. State Department"; "" where no country stands before, or one that belongs there."""
    for nation in _NATION:
        rest = text.removeprefix(nation)
        if rest != text and (" " in rest or rest in _CHAMBERS):
            return rest
    return ""


def key_of(text: str) -> str:
    """What all spellings of one name share: the country, or the name without nation, capitals and full stops."""
    place = lists().places.get(text)
    if place and place[0] == "country":
        return f"country {place[1]}"
    rest = without_nation(text)
    if rest:
        return key_of(rest)
    return text.lower().replace(".", "")


def short_forms(words: Sequence[str]) -> set[str]:
    """The short forms that an organisation's name of several words may have: its initials, and a word or two of it.

    >>> sorted(short_forms("Department of Justice".split())), sorted(short_forms("Harbour City Post".split()))
    (['DJ', 'DOJ', 'Justice'], ['City Post', 'HCP', 'Post'])
    """
    first, last = words[0], words[-1]
    found = {"".join(word[0] for word in words if word[0].isupper())}
    if any(word.islower() for word in words):
        found.add("".join(word[0].upper() for word in words))
    if last in PAPERS:
        found |= {last, " ".join(words[-2:])}
    link = next((place for place, word in enumerate(words) if word in ("of", "for")), 0)
    if link > 1 and words[link - 1] not in COMMON_HEADS and lists().nouns.get(words[link - 1].lower()) != "group":
        found.add(words[link - 1])  # the Observatory
    if len(words) > 2:
        found.add(last)
    elif last not in PAPERS or first not in lists().places:
        found.add(first)
    return found


def name_words(name: str) -> frozenset[str]:
    """The words of an actor's name that tell it from others, lower case: "the Haqqani network" → haqqani, network."""
    words = (word.strip(".,'’\"").removesuffix("’s").removesuffix("'s") for word in name.lower().split())
    return frozenset(word for word in words if word and word not in FUNCTION_WORDS)
