"""Where the names of a sentence may stand: unbroken runs of capitalised words with the small words that join them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.lexicon import lists, reporting_words

#: Words between the capitals of one name: always, and only after a word such as Department or Center.
PARTICLES = frozenset("de la del della di da du van von der den bin ibn al el ben abu".split())
LINKS = frozenset("of for on and the & in".split())
_SMALL = LINKS | {"to", "a", "with", "against", "by"}
SUFFIXES = frozenset("Jr. Jr Sr. Sr II III IV".split())
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
    "Nov. Dec. Mon. Tue. Wed. Thu. Fri. Sat. Sun. Christmas Thanksgiving Easter Internet Alongside Besides Unlike "
    "Whether Without Neither Either Given Absent Inside Outside Across Within Regarding Concerning Amid Throughout "
    "Toward Towards Unless Whereas Whenever Whatever Something Anything Everything Nothing Somebody Anybody Everybody "
    "Nobody Someone Anyone Everyone Using Thus Hence Indeed Finally Similarly Additionally Furthermore Nevertheless "
    "Nonetheless Otherwise Rather Says Tells Adds Writes Argues Announces Explains Insists Warns Denies Suggests "
    "Accuses Admits Confirms Declares Refuses Reveals Threatens Becomes".split()
)
#: Offices of something: Secretary of State, Minister for Transport, Leader of the Opposition.
_HEADS_OF = frozenset("Secretary Chief Minister Leader Undersecretary".split())
#: How past forms and those of the third person end: "wrote" is none of an infinitive.
_FINITE = ("d", "s", "e", "t")
#: Words that open sentences but are a family name behind a first name: George Will, Theresa May.
_FAMILY = frozenset("Will May Day".split())
#: Words that open sentences, and names within one.
_INNER = frozenset("Our One Every".split())
#: What US and other agencies pair with a second field: the Securities and Exchange Commission.
_FIELDS = frozenset(
    "Securities Food Health Science Customs Immigration Alcohol Trade Housing Arts Energy Oversight Ways Agriculture "
    "Banking Labor Education Finance Commerce Parks Fish Research Training Law Justice Veterans Privacy Equality "
    "Economic Social Industry Transport Environment".split()
)
#: The Arabic article before a name, in small letters or not: al-Badri, El-Sayed.
ARTICLE = re.compile(r"(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]s|[Aa]n|[Aa]d|[Aa]r|[Uu]l)-(?=[A-Z])")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
POSSESSIVE = frozenset("'s ’s".split())
#: A word with the full stop of its sentence: no initial, no title, no "St." or "U.S.".
_LAST_OF_SENTENCE = re.compile(r"[A-Z][a-z]{3,}\.$")
APOSTROPHES = frozenset("' ’".split())
#: What makes one adjective of the name before it: Hong Kong-based, White House-era.
_ADJECTIVE = re.compile(
    r"(?:[A-Z]|al-)[\w.]*-(?:based|born|era|led|backed|owned|style|affiliated|linked|area|run|wide|bound)$"
)
#: CEOs, Sanders-endorsed, R-Calif.
_NO_NAME_SHAPE = re.compile(r"[A-Z]{2,5}s$|[A-Z][\w.]*-[a-z]|[RDI]-[A-Z]\w+\.?$")


def spelt_out(words: Sequence[str]) -> dict[int, int]:
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


def is_capital(word: str) -> bool:
    opens = word[0].isupper() or ARTICLE.match(word)
    return bool(opens) and word not in NO_NAME and not _NO_NAME_SHAPE.match(word)


def _opens(words: Sequence[str], place: int) -> bool:
    """Whether a name may begin here: with a capital, "6th Circuit", or "Will Adler," and "chairman Will Adler"."""
    word, follower = words[place], words[place + 1 : place + 2]
    if not follower or not is_capital(follower[0]):
        return is_capital(word)
    if word in _INNER and place > 0 and words[place - 1].isalpha() and words[place - 1].islower():
        return True  # the group Our Harbour, the One Nation party
    if word in lists().first_names and word in NO_NAME:
        behind = words[place + 2 : place + 3]
        if behind and (behind[0] in "(," or (behind[0] in reporting_words() and behind[0].endswith(_FINITE))):
            return True  # "Will Adler, …", "Will Adler (53)", "Will Adler wrote"; but not "Will Congress pass"
        return word in _FAMILY and place > 0 and words[place - 1].isalpha()
    return is_capital(word) or bool(_ORDINAL.match(word))


def runs_of(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Half-open runs of capitalised words with the small words that join them."""
    place, n = 0, len(words)
    while place < n:
        if not _opens(words, place):
            place += 1
            continue
        end = place + 1
        while end < n and (step := _step(words, place, end)):
            end += step
        if end < n and _ADJECTIVE.match(words[end]):
            place = end + 1  # Hong | Kong-based
            continue
        yield place, end
        place = end


def _step(words: Sequence[str], first: int, end: int) -> int:
    """How many words from ``end`` on continue the run that began at ``first``; 0 where it ends."""
    word = words[end]
    if ends_sentence(words[end - 1]):
        return 0  # "Harbour Point. Adler": the sentences were not told apart
    if word == "Without" and words[end - 1].endswith("s") and any(map(is_capital, words[end + 1 : end + 2])):
        return 2  # Reporters Without Borders
    if word[0].isupper() or ARTICLE.match(word):
        if _ADJECTIVE.match(word):
            return 0
        return int(word not in NO_NAME or (word in _FAMILY and words[end - 1] in lists().first_names))
    if word == "," and words[end + 1 : end + 2] and words[end + 1] in SUFFIXES:
        return 2
    small = 1
    if word in PARTICLES:
        while words[end + small : end + small + 1] and words[end + small] in PARTICLES:
            small += 1  # Anna van der Berg
    elif word in APOSTROPHES:  # the Teachers' Union
        return 2 if _is_union(words, end) else 0
    elif word in POSSESSIVE:  # the Harbour County Coroner's Office
        is_office = lists().nouns.get(words[end - 1].lower()) == "role" and words[end + 1 : end + 2]
        return 2 if is_office and words[end + 1] in lists().organization_words else 0
    elif word in LINKS and _takes_link(words[first:end], word) and not _is_another(words, end):
        small = 2 if words[end + 1 : end + 2] in (["the"], ["a"]) else 1
    else:
        return 0
    return small + 1 if end + small < len(words) and _continues(words, end + small) else 0


def ends_sentence(word: str) -> bool:
    """Whether a capitalised word has the full stop of its sentence, not one of its own as a title, state or company."""
    known = lists()
    is_shortened = word in known.titles or word in known.organization_words or word in known.places
    return bool(_LAST_OF_SENTENCE.match(word)) and not is_shortened


def _is_union(words: Sequence[str], apostrophe: int) -> bool:
    """Whether the apostrophe stands in an organisation's name: people in the plural before it, what unites them behind.

    "The Teachers' Union"; but not "the Democrats' Senate" or "the Lees' Foundation", whose owners are names themselves.
    """
    owner, follower = words[apostrophe - 1], words[apostrophe + 1 : apostrophe + 2]
    people = owner.endswith("s") and lists().nouns.get(owner.lower().removesuffix("s")) in ("role", "group")
    return bool(people and follower and follower[0].removesuffix("s") in lists().organization_words)


def _continues(words: Sequence[str], place: int) -> bool:
    """Whether the word behind "of" or "for the" goes on with a name: a capital, or "3rd" before one."""
    is_ordinal = _ORDINAL.match(words[place]) and place + 1 < len(words) and is_capital(words[place + 1])
    return is_capital(words[place]) or bool(is_ordinal)


def _is_another(words: Sequence[str], place: int) -> bool:
    """Whether "and" joins somebody else to the name before it: Observatory for Human Rights | and Nawaf Khalil."""
    return words[place] == "and" and place + 1 < len(words) and words[place + 1] in lists().first_names


def _takes_link(run: Sequence[str], link: str) -> bool:
    """Whether "of", "for", "and" may go on with this run: Department of …, Secretary of State, Center for … and …."""
    if link in ("and", "in"):
        fields = len(run) == 1 and run[0] in _FIELDS
        return link == "and" and (fields or any(word in ("of", "for", "on") for word in run))
    if link == "the":
        return False
    if link == "&":
        return True
    if run[-1] in _HEADS_OF:
        return link in ("of", "for")
    if link == "of" and "for" in run:
        return True  # Foundation for Defense of Democracies
    if link == "for" and run[-2:] == ["of", "Appeals"]:
        return True
    heads = lists().organization_words | {"Chiefs", "Knights", "Sons", "Daughters", "Doctors", "Children", "Bank"}
    return run[-1] in heads and run[-1] not in lists().titles
