"""The proper names of an article, found by their capitals and word lists, without a trained model.

A capitalised run is cut into titles and names: "State Department Spokesman Mark Toner" holds the organisation
"State Department" and the person "Mark Toner" with the title "Spokesman". Titles are no part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon import FORMS_OF_ADDRESS, lists
from onrecord.names.capitalized_runs import LINKS, PARTICLES, SUFFIXES, ends_sentence, runs_of, spelt_out
from onrecord.names.headlines import Usage, is_headline, is_shouted, is_title_case, loud_end
from onrecord.records import Sentence, Span

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
#: Companies whose name opens with a title.
_NO_OFFICES = frozenset(("General", word) for word in "Electric Motors Mills Dynamics Atomics Foods".split())
_CHAMBERS = frozenset("Congress Senate House Parliament Treasury Democrats Republicans".split())  # capitals everywhere
#: What a title leads "of": Chief of Staff, Secretary of State.
_OFFICES = frozenset("Staff State Defense Treasury Education Labor Energy Police Operations Communications".split())


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the text. ``type`` is person, organization, country, group, place or "" (not told by its words).

    ``titles`` are the lower-case titles before it, ``gender`` what they or the first name tell, ``bare`` that it is a
    single word at the start of its sentence (which may be no name at all). ``first`` and ``last_word`` (exclusive) are
    its words in the sentence, ``lead`` is the word where its titles begin. ``headline``: cut out of a headline.
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
    headline: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def last(self) -> str:
        """The family name of a person: the last word that is no "Jr." or "III"."""
        return next((word for word in reversed(self.words) if word not in SUFFIXES | {","}), self.words[-1])


def find_names(text: str, sentences: Sequence[Sentence], headline: frozenset[int] = frozenset()) -> list[Name]:
    """The names of all sentences in order of the text; ``headline`` are the sentences (by index) of the headline.

    In a headline and in any sentence in title case, names end before words that are none elsewhere in the article.

    >>> from onrecord.text.tokens import split_words
    >>> line = "State Department Spokesman Mark Toner met Pakistan's Interior Minister Rehman Malik."
    >>> whole = Sentence(Span(0, len(line)), split_words(line), 0)
    >>> [name.text for name in find_names(line, [whole])]
    ['State Department', 'Mark Toner', 'Pakistan', 'Rehman Malik']

    Not handled: names in lower case ("bell hooks"), scripts without capitals.
    """
    sentences = [_without_dashes(text, sentence) for sentence in sentences]
    lines = [[text[start:end] for start, end in sentence.words] for sentence in sentences]
    found: list[Name] = []
    headlines: list[int] = []
    for number, (sentence, words) in enumerate(zip(sentences, lines, strict=True)):
        if is_shouted(words):
            continue
        if (number in headline and is_title_case(words)) or is_headline(words):
            headlines.append(number)
        else:
            found.extend(_names_of(words, sentence, number))
    if headlines:
        plain = (words for number, words in enumerate(lines) if not is_title_case(words))
        usage = Usage(plain, (name.words for name in found if len(name.words) > 1))
        for number in headlines:
            names = _names_of(lines[number], sentences[number], number, usage)
            found.extend(replace(name, headline=True, bare=name.bare or _is_untold(name)) for name in names)
    return sorted(found, key=lambda name: name.span)


def _without_dashes(text: str, sentence: Sentence) -> Sentence:
    """The sentence with the dash left out that is stuck to a word: "-Ruth Adler explains"."""
    if "-" not in text[sentence.span.start : sentence.span.end]:
        return sentence
    words = [Span(s + (text[s] == "-" and text[s + 1 : e].isalpha()), e) for s, e in sentence.words]
    return replace(sentence, words=tuple(words))


def _is_untold(name: Name) -> bool:
    """Whether a name of a headline is one word that no list knows: a name only where other places tell it is one."""
    return len(name.words) == 1 and not name.type


def _names_of(words: Sequence[str], sentence: Sentence, number: int, usage: Usage | None = None) -> Iterator[Name]:
    """The names of one sentence; of a headline, whose runs hold other words too, where ``usage`` is given."""
    spelt = spelt_out(words) if "(" in words else {}
    apart = [run for run in runs_of(words) if not any(run[0] < end and begin < run[1] for begin, end in spelt.items())]
    apart = [(begin, run[1]) for run in apart if (begin := loud_end(words, *run)) < run[1]]
    if usage is not None:
        apart = [part for run in apart for part in usage.parts(words, *run)]
    for first, last in sorted([*apart, *spelt.items()]):
        if spelt.get(first) == last:
            yield _name(words, sentence, number, first, last, "organization")
        else:
            yield from _names_of_run(words, sentence, number, first, last)


def _names_of_run(words: Sequence[str], sentence: Sentence, number: int, first: int, last: int) -> Iterator[Name]:
    known = lists()
    titles = [
        i
        for i in range(first, last)
        if words[i] in known.titles and not _in_organization(words, i, last) and not _is_field(words, i, first, last)
    ]
    if titles[:1] == [first] and tuple(words[first:last]) in _NO_OFFICES:
        titles = []  # General Electric
    if titles == [last - 1] and last - first == 2 and words[first] in known.first_names:
        titles = []  # Paul Singer
    if len(titles) > 1 and titles[-1] == last - 1 and _is_family_name(words[last - 2], words[last - 1]):
        titles.pop()  # Mr. Singer, Representative Peter King
    if not titles:
        yield from _plain_name(words, sentence, number, first, last)
        return
    begin, after = titles[0], titles[-1] + 1
    if after < last and words[after] in LINKS:  # Secretary of State John Kerry
        office = after + 2 if words[after + 1] in _OFFICES else _behind_office(words, after, last)
        after = next((i for i in range(after, last) if words[i] in known.first_names and i + 1 < last), office)
    while begin > first and words[begin - 1] in _GRADES:
        begin -= 1
    if begin > first and _stands_alone(words[first:begin]):
        yield from _plain_name(words, sentence, number, first, begin)
    else:
        begin = first
    if after < last:
        title_words = tuple(word.lower() for word in words[begin:after] if word not in LINKS)
        gender = next((known.titles[words[i]] for i in titles if known.titles[words[i]]), "")
        yield from _person(words, sentence, number, (begin, after, last), title_words, gender)


def _behind_office(words: Sequence[str], link: int, last: int) -> int:
    """Where the first and the family name begin behind an office that no list knows: Minister for Sport | Oda Lind.

    The end of the run where no two words are left behind what the office is of.
    """
    begin = link + 1 + (words[link + 1] in ("the", "a"))
    return last - 2 if last - begin > 2 else last


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
    return before in FORMS_OF_ADDRESS and word not in _ADDRESSES


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
    while last > first and words[last - 1] in LINKS | PARTICLES | {","}:
        last -= 1
    if last <= first:
        return
    run = words[first:last]
    if run in (["PAC"], ["Super", "PAC"]):
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
    noun = run[0].lower()
    titles: tuple[str, ...] = ()
    if (
        adorned and not _has_organization(run) and (run[0] in known.places or noun in known.nouns or first == 0)
    ) or _opens_with_occupation(words, first, last):
        titles = (noun,) if known.nouns.get(noun) == "role" else ()
        first += 1  # "Billionaire Donald Trump", "British Jane Doe", "Goalkeeper Andro Lunek"
    if words[last : last + 1] and words[last] in _COMMON_PARTS and last - first < 4:  # the Haqqani network
        yield _name(words, sentence, number, first, last + 1, "organization")
    else:
        name = _name(words, sentence, number, first, last, _type_of(words[first:last]))
        yield replace(name, lead=lead, titles=titles)


def _opens_with_occupation(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the sentence opens with what somebody is, capitalised for its place alone: "Goalkeeper Andro Lunek"."""
    known, run = lists(), words[first:last]
    opens = first == 0 or not words[first - 1][0].isalnum()
    is_person = 2 < len(run) < 5 and not any(word in known.organization_words for word in run)
    return opens and is_person and known.nouns.get(run[0].lower()) == "role" and run[0] not in known.first_names


def _person_behind(run: Sequence[str]) -> int:
    """Where a first and a family name begin behind an office, an outlet or a party; 0 where none do.

    "Harbour County Recorder | Ruth Adler", "Bay News | Ruth Adler", "Democrats | Ruth B. Adler", "Oslo-born | Ruth
    Adler"; behind two words or more whatever they are: "Harbour Union Shop-Steward | Ruth Adler".
    """
    known, place = lists(), len(run) - 2
    while place > 1 and (_INITIAL.match(run[place]) or run[place + 1] in SUFFIXES):
        place -= 1
    if place < 1 or run[0] in known.first_names or run[place] not in known.first_names:
        return 0
    if any(word in known.places or word in known.organization_words for word in run[place:]) or run[-1] == "City":
        return 0
    before = run[place - 1]
    role = known.nouns.get(before.lower()) == "role" or before in PARTY_PEOPLE or before.endswith("-born")
    is_far = place > 1 and before not in LINKS | known.places.keys()
    return place if role or is_far or before in known.organization_words else 0


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
    if ends_sentence(run[-1]):
        run = (*run[:-1], run[-1].rstrip("."))
    span = Span(sentence.words[first].start, sentence.words[last - 1].end)
    told = lists().first_names.get(run[0], "") if type_ == "person" and len(run) > 1 else ""
    gender = told if told in ("m", "f") else ""
    opens = last - first == 1 and (first == 0 or words[first - 1] in "“\"'‘``")
    bare = opens and (not type_ or _is_common_noun(words[first], words[last : last + 1]))
    return Name(span, run, number, type_, (), gender, bare, first, first, last)


def _is_common_noun(word: str, follower: Sequence[str]) -> bool:
    """Whether an organisation's word may be a plain noun that opens its sentence: "Court papers", "Police said"."""
    return word.lower() in lists().nouns and word not in _CHAMBERS and any(map(str.islower, follower))
