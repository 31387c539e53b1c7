"""The proper names of an article, found by their capitals and word lists, without a trained model.

A capitalised run is cut into titles and names: "State Department Spokesman Mark Toner" holds the organisation
"State Department" and the person "Mark Toner" with the title "Spokesman". Titles are no part of a name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.records import Sentence, Span
from onrecord.wordlists import read_rows

#: Words between the capitals of one name: always, and only after a word such as Department or Center.
_PARTICLES = frozenset("de la del della di da du van von der den bin ibn al el ben abu".split())
_LINKS = frozenset("of for on and the & in".split())
_SMALL = _LINKS | {"to", "a", "with", "against", "by"}
_SUFFIXES = frozenset("Jr. Jr Sr. Sr II III IV".split())
NO_NAME = frozenset(
    "I A An The And But Or Nor So Yet If In On At By For From To Of With As Is Are Was Were Be Been It Its He She "
    "They We You His Her Their Our My Your Him Them Us Me This That These Those There Here Then Now When While "
    "Where Why How What Who Which Whose Whom Not No Yes Some Many Most Much More Few Several All Both Each Every "
    "Any Other Others Another Such Even Still Also Just Only Once After Before During Since Until Because "
    "Although Though Despite Instead However Meanwhile Moreover Perhaps Maybe Well Oh Let Do Does Did Have Has "
    "Had Can Could Will Would Should May Might Must Over Under Between Among Against Through About Into Like Than "
    "Too Very One Two Three Four Five Six Seven Eight Nine Ten First Second Last Next Earlier Later Today "
    "Yesterday Tomorrow Tonight Recently According Asked Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
    "January February March April June July August September October November December Jan. Feb. Aug. Sept. Oct. "
    "Nov. Dec. Mon. Tue. Wed. Thu. Fri. Sat. Sun. Christmas Thanksgiving Easter Internet".split()
)
#: Words that open sentences but are a family name behind a first name: George Will, Theresa May.
_FAMILY = frozenset("Will May Day".split())
#: What US and other agencies pair with a second field: the Securities and Exchange Commission.
_FIELDS = frozenset(
    "Securities Food Health Science Customs Immigration Alcohol Trade Housing Arts Energy Oversight Ways Agriculture "
    "Banking Labor Education Finance Commerce Parks Fish Research Training Law Justice Veterans Privacy Equality "
    "Economic Social Industry Transport Environment".split()
)
#: Lower-case nouns that make an organisation of the name before them.
_COMMON_PARTS = frozenset(
    "campaign administration network government movement foundation regime militia military army parliament "
    "cartel police intelligence".split()
)
#: Titles that stand behind an honorific and are no family name there: Mr. President.
_ADDRESSES = frozenset(
    "President Speaker Chairman Secretary Mayor Governor Vice Ambassador Minister Prime Senator".split()
)
#: Words before a title that are part of it: PolitiFact | Executive Director, Senate | Minority Leader.
_GRADES = frozenset(
    "Executive Managing Deputy Assistant Associate Senior Acting Press Communications Majority Minority".split()
)
#: What a title leads "of": Chief of Staff, Secretary of State.
_OFFICES = frozenset("Staff State Defense Treasury Education Labor Energy Police Operations Communications".split())
_TITLE_CASE = 0.6
#: CEOs, Sanders-endorsed, R-Calif.
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
POSSESSIVE = frozenset("'s ’s".split())
_APOSTROPHES = frozenset("' ’".split())
_NO_NAME_SHAPE = re.compile(r"[A-Z]{2,5}s$|[A-Z][\w.]*-[a-z]|[RDI]-[A-Z]\w+\.?$")


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the text. ``type`` is person, organization, country, group, place or "" (not told by its words).

    ``titles`` are the lower-case titles before it, ``gender`` what they or the first name tell, ``bare`` that it is a
    single word at the start of its sentence (which may be no name at all). ``first`` and ``last_word`` (exclusive) are
    its words in the sentence, ``lead`` is the word where its titles begin.
    """

    span: Span
    words: tuple[str, ...]
    sentence: int
    type: str = ""
    titles: tuple[str, ...] = ()
    gender: str = ""
    bare: bool = False
    first: int = 0
    lead: int = 0
    last_word: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def last(self) -> str:
        """The family name of a person: the last word that is no "Jr." or "III"."""
        return next((word for word in reversed(self.words) if word not in _SUFFIXES | {","}), self.words[-1])


@dataclass(frozen=True)
class Lists:
    """The word lists, ready for look-up."""

    first_names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    honorifics: frozenset[str] = frozenset()
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    organization_words: frozenset[str] = frozenset()
    nouns: dict[str, str] = field(default_factory=dict)


@functools.cache
def lists() -> Lists:
    """The lists of ``lexicon/``: first_names, titles, places, organization_words, nouns."""
    titles = read_rows("titles")
    return Lists(
        first_names={row["name"]: row["gender"] for row in read_rows("first_names")},
        titles={row["word"]: row["gender"] for row in titles},
        honorifics=frozenset(row["word"] for row in titles if row["kind"] == "honorific"),
        places={row["name"]: (row["kind"], row["side"]) for row in read_rows("places")},
        organization_words=frozenset(row["word"] for row in read_rows("organization_words")),
        nouns={row["noun"]: row["kind"] for row in read_rows("nouns")},
    )


def is_title_case(words: Sequence[str]) -> bool:
    """Whether most of the longer words are capitalised, as in a headline: capitals then tell no names."""
    longer = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 1 and sum(word[0].isupper() for word in longer) > _TITLE_CASE * len(longer)


def is_shouted(words: Sequence[str]) -> bool:
    """Whether a sentence is written in capitals throughout, which then tell no names."""
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(longer) > 1 and all(word.isupper() for word in longer)


def find_names(text: str, sentences: Sequence[Sentence], headline: frozenset[int] = frozenset()) -> Iterator[Name]:
    """The names of all sentences in order of the text; headlines in title case (by index) are passed over.

    >>> from onrecord.tokens import split_words
    >>> line = "State Department Spokesman Mark Toner met Pakistan's Interior Minister Rehman Malik."
    >>> whole = Sentence(Span(0, len(line)), split_words(line), 0)
    >>> [name.text for name in find_names(line, [whole])]
    ['State Department', 'Mark Toner', 'Pakistan', 'Rehman Malik']

    Not handled: names in lower case ("bell hooks"), scripts without capitals.
    """
    for number, sentence in enumerate(sentences):
        words = [text[start:end] for start, end in sentence.words]
        if (number in headline and is_title_case(words)) or is_shouted(words):
            continue
        spelt = _spelt_out(words) if "(" in words else {}
        apart = [
            run for run in _runs(words) if not any(run[0] < end and begin < run[1] for begin, end in spelt.items())
        ]
        for first, last in sorted([*apart, *spelt.items()]):
            if spelt.get(first) == last:
                yield _name(words, sentence, number, first, last, "organization")
            else:
                yield from _names_of_run(words, sentence, number, first, last)


def _spelt_out(words: Sequence[str]) -> dict[int, int]:
    """First word → end of the names that an acronym in brackets spells: Alliance to Reclaim Our Schools (AROS)."""
    found: dict[int, int] = {}
    for place in range(2, len(words) - 2):
        acronym = words[place + 1].replace(".", "")
        if words[place] == "(" and words[place + 2] == ")" and acronym.isupper() and 2 < len(acronym) < 8:
            first, left = place, len(acronym)
            while first and left and (words[first - 1][0] == acronym[left - 1] or words[first - 1] in _SMALL):
                first -= 1
                left -= words[first][0] == acronym[left - 1]
            if not left:
                found[first] = place
    return found


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word not in NO_NAME and not _NO_NAME_SHAPE.match(word)


def _opens(words: Sequence[str], place: int) -> bool:
    """Whether a name may begin here: with a capital, "6th Circuit", or "Will Adler," and "chairman Will Adler"."""
    word, follower = words[place], words[place + 1 : place + 2]
    if not follower or not _is_capital(follower[0]):
        return _is_capital(word)
    if word in lists().first_names and word in NO_NAME:
        return words[place + 2 : place + 3] == [","] or (word in _FAMILY and place > 0 and words[place - 1].isalpha())
    return _is_capital(word) or bool(_ORDINAL.match(word))


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Half-open runs of capitalised words with the small words that join them."""
    place, n = 0, len(words)
    while place < n:
        if not _opens(words, place):
            place += 1
            continue
        end = place + 1
        while end < n and (step := _step(words, place, end)):
            end += step
        yield place, end
        place = end


def _step(words: Sequence[str], first: int, end: int) -> int:
    """How many words from ``end`` on continue the run that began at ``first``; 0 where it ends."""
    word = words[end]
    if word[0].isupper():
        return int(word not in NO_NAME or (word in _FAMILY and words[end - 1] in lists().first_names))
    if word == "," and words[end + 1 : end + 2] and words[end + 1] in _SUFFIXES:
        return 2
    small = 1
    if word in _PARTICLES:
        while words[end + small : end + small + 1] and words[end + small] in _PARTICLES:
            small += 1  # Anna van der Berg
    elif word in _APOSTROPHES:  # the Teachers' Union
        return 2 if _is_union(words, end) else 0
    elif word in POSSESSIVE:  # the Harbour County Coroner's Office
        is_office = lists().nouns.get(words[end - 1].lower()) == "role" and words[end + 1 : end + 2]
        return 2 if is_office and words[end + 1] in lists().organization_words else 0
    elif word in _LINKS and _takes_link(words[first:end], word):
        small = 2 if words[end + 1 : end + 2] in (["the"], ["a"]) else 1
    else:
        return 0
    return small + 1 if end + small < len(words) and _continues(words, end + small) else 0


def _is_union(words: Sequence[str], apostrophe: int) -> bool:
    """Whether the apostrophe stands in an organisation's name: people in the plural before it, what unites them behind.

    "The Teachers' Union"; but not "the Democrats' Senate" or "the Lees' Foundation", whose owners are names themselves.
    """
    owner, follower = words[apostrophe - 1], words[apostrophe + 1 : apostrophe + 2]
    people = owner.endswith("s") and lists().nouns.get(owner.lower().removesuffix("s")) in ("role", "group")
    return bool(people and follower and follower[0].removesuffix("s") in lists().organization_words)


def _continues(words: Sequence[str], place: int) -> bool:
    """Whether the word behind "of" or "for the" goes on with a name: a capital, or "3rd" before one."""
    is_ordinal = _ORDINAL.match(words[place]) and place + 1 < len(words) and _is_capital(words[place + 1])
    return _is_capital(words[place]) or bool(is_ordinal)


def _takes_link(run: Sequence[str], link: str) -> bool:
    """Whether "of", "for", "and" may go on with this run: Department of …, Secretary of State, Center for … and …."""
    if link in ("and", "in"):
        fields = len(run) == 1 and run[0] in _FIELDS
        return link == "and" and (fields or any(word in ("of", "for", "on") for word in run))
    if link == "the":
        return False
    if link == "&":
        return True
    if run[-1] in ("Secretary", "Chief"):
        return link == "of"
    if link == "of" and "for" in run:
        return True  # Foundation for Defense of Democracies
    if link == "for" and run[-2:] == ["of", "Appeals"]:
        return True
    heads = lists().organization_words | {"Chiefs", "Knights", "Sons", "Daughters", "Doctors", "Children", "Bank"}
    return run[-1] in heads and run[-1] not in lists().titles


def _names_of_run(words: Sequence[str], sentence: Sentence, number: int, first: int, last: int) -> Iterator[Name]:
    known = lists()
    titles = [
        i
        for i in range(first, last)
        if words[i] in known.titles and not _in_organization(words, i, last) and not _is_field(words, i, first, last)
    ]
    if titles == [last - 1] and last - first == 2 and words[first] in known.first_names:
        titles = []  # Paul Singer
    if len(titles) > 1 and titles[-1] == last - 1 and _is_family_name(words[last - 2], words[last - 1]):
        titles.pop()  # Mr. Singer, Representative Peter King
    if not titles:
        yield from _plain_name(words, sentence, number, first, last)
        return
    begin, after = titles[0], titles[-1] + 1
    if after < last and words[after] in _LINKS:  # Secretary of State John Kerry
        office = after + 2 if words[after + 1] in _OFFICES else last
        after = next((i for i in range(after, last) if words[i] in known.first_names and i + 1 < last), office)
    while begin > first and words[begin - 1] in _GRADES:
        begin -= 1
    if begin > first and _stands_alone(words[first:begin]):
        yield from _plain_name(words, sentence, number, first, begin)
    else:
        begin = first
    if after < last:
        title_words = tuple(word.lower() for word in words[begin:after] if word not in _LINKS)
        gender = next((known.titles[words[i]] for i in titles if known.titles[words[i]]), "")
        yield from _person(words, sentence, number, (begin, after, last), title_words, gender)


def _is_field(words: Sequence[str], place: int, first: int, last: int) -> bool:
    """Whether a title is what an organisation is for: Department of Justice, League of Free and Independent Voters."""
    if place - 2 < first:
        return False
    if words[place - 1] == "and":
        return place + 1 < last and words[place + 1] not in lists().first_names
    return place == last - 1 and words[place - 1] in ("of", "for")


def _is_family_name(before: str, word: str) -> bool:
    """Whether a title behind an honorific or a first name is a family name: Mr. King; but Mr. President."""
    if before in lists().first_names or _INITIAL.match(before):
        return True
    return before in ("Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms") and word not in _ADDRESSES


def _stands_alone(run: Sequence[str]) -> bool:
    """Whether what comes before a title is a name of its own: the State Department, Pakistan; not Agriculture."""
    known = lists()
    return len(run) > 1 or run[0] in known.places or run[0] in known.organization_words or bool(_ACRONYM.match(run[0]))


def _in_organization(words: Sequence[str], place: int, last: int) -> bool:
    """Whether a title word belongs to an organisation's name: the Justice Department, the Republican Party."""
    known = lists()
    begin = place + 1
    if words[begin : begin + 1] == ["of"] and begin + 1 < last and words[begin + 1] in _OFFICES:
        begin += 2  # Chief of Staff
    for index in range(begin, last):
        word = words[index]
        if word in known.titles or (word in known.first_names and index == last - 2):
            return False  # Mayor Don Guardian
        if word in known.organization_words:
            return True
    return False


def _person(
    words: Sequence[str],
    sentence: Sentence,
    number: int,
    where: tuple[int, int, int],
    titles: tuple[str, ...],
    gender: str,
) -> Iterator[Name]:
    lead, first, last = where
    if words[first] in lists().places and last - first > 1 and words[first] not in lists().first_names:
        first += 1
    name = _name(words, sentence, number, first, last, "person")
    yield replace(name, titles=titles, gender=gender or name.gender, lead=lead, bare=False)


def _plain_name(words: Sequence[str], sentence: Sentence, number: int, first: int, last: int) -> Iterator[Name]:
    """The name of a run without titles; a demonym before a person's name is cut off."""
    known = lists()
    while last > first and words[last - 1] in _LINKS | _PARTICLES | {","}:
        last -= 1
    if last <= first:
        return
    run = words[first:last]
    if run == ["PAC"]:
        return  # a "super PAC" without a name
    lead = first
    person = _person_behind(run)
    if person:
        if _has_organization(run[:person]) and run[person - 1].lower() not in known.nouns:
            yield _name(words, sentence, number, first, first + person, _type_of(run[:person]))
            lead = first + person
        yield replace(_name(words, sentence, number, first + person, last, "person"), lead=lead)
        return
    opens = run[0] in known.first_names or _INITIAL.match(run[0])
    adorned = len(run) > 2 and run[1] in known.first_names and not opens
    if (
        adorned
        and not _has_organization(run)
        and (run[0] in known.places or run[0].lower() in known.nouns or first == 0)
    ):
        first += 1  # "Billionaire Donald Trump", "British Jane Doe"
    if words[last : last + 1] and words[last] in _COMMON_PARTS and last - first < 4:  # the Haqqani network
        yield _name(words, sentence, number, first, last + 1, "organization")
    else:
        yield replace(_name(words, sentence, number, first, last, _type_of(words[first:last])), lead=lead)


def _person_behind(run: Sequence[str]) -> int:
    """Where a first and a family name begin behind an office, an outlet or a party; 0 where none do.

    "Harbour County Recorder | Ruth Adler", "Bay News | Ruth Adler", "Democrats | Ruth Adler", "Oslo-born | Ruth Adler".
    """
    known, place = lists(), len(run) - 2
    if place < 1 or run[0] in known.first_names or run[place] not in known.first_names:
        return 0
    if any(word in known.places or word in known.organization_words for word in run[place:]):
        return 0
    before = run[place - 1]
    role = known.nouns.get(before.lower()) == "role" or before in PARTY_PEOPLE or before.endswith("-born")
    return place if role or before in known.organization_words else 0


def _has_organization(run: Iterable[str]) -> bool:
    known = lists().organization_words
    return any(word in known for word in run)


_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}$")
_INITIAL = re.compile(r"[A-Z]\.(?:[A-Z]\.)*$")
_KIND_TO_TYPE = {"people": "group", "demonym": "demonym", "country": "country"}
PARTY_PEOPLE = frozenset("Republicans Democrats Libertarians Greens Tories Conservatives".split())


def _type_of(run: Sequence[str]) -> str:
    known = lists()
    joined = " ".join(run)
    if joined in known.places:
        return _KIND_TO_TYPE.get(known.places[joined][0], "place")
    if len(run) == 1 and (
        run[0] in PARTY_PEOPLE or known.nouns.get(run[0]) == "group" or run[0].endswith("-Americans")
    ):
        return "group"
    if (
        len(run) > 1
        and (run[0] in known.first_names or (_INITIAL.match(run[0]) and run[0] not in known.places))
        and run[-1] not in known.organization_words
    ):
        return "person"
    if _has_organization(run) or (len(run) == 1 and _ACRONYM.match(run[0])):
        return "organization"
    if len(run) > 1 and any(_INITIAL.match(word) for word in run[1:-1]):
        return "person"
    return ""


def _name(words: Sequence[str], sentence: Sentence, number: int, first: int, last: int, type_: str) -> Name:
    run = tuple(words[first:last])
    span = Span(sentence.words[first].start, sentence.words[last - 1].end)
    gender = lists().first_names.get(run[0], "") if type_ == "person" and len(run) > 1 else ""
    gender = gender if gender in ("m", "f") else ""
    bare = last - first == 1 and (first == 0 or words[first - 1] in "“\"'‘``") and not type_
    return Name(span, run, number, type_, (), gender, bare, first, first, last)
