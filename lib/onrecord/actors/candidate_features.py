"""What speaks for and against each of the ``candidates``: features by name, the absent ones left out."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.actors.phrase_edges import POSSESSIVE_MARKS
from onrecord.actors.source_phrase import Phrase
from onrecord.names import Entity, Mention
from onrecord.records import Span, Spans
from onrecord.text import Words

Features = dict[str, float]
_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
_MEN = frozenset(
    "man men gentleman businessman congressman spokesman chairman father son husband brother boy king".split()
)
_WOMEN = frozenset(
    "woman women businesswoman congresswoman spokeswoman chairwoman mother daughter wife sister girl lady queen".split()
)
_GENERIC = frozenset(
    "company firm group organization organisation agency newspaper paper magazine network publication corporation "
    "website site outlet nonprofit association charity campaign party".split()
)
#: Nouns that may take up one another; a head among the same ones is akin.
_KIN = (
    frozenset("judge justice magistrate jurist".split()),
    frozenset(
        "lawmaker legislator senator representative rep congressman congresswoman member "
        "democrat republican delegate".split()
    ),
    frozenset("attorney lawyer counsel prosecutor counselor litigator".split()),
    frozenset(
        "aide adviser advisor strategist spokesman spokeswoman spokesperson manager director official staffer "
        "consultant secretary representative operative surrogate assistant ally pollster chief".split()
    ),
    frozenset("candidate nominee senator governor front-runner frontrunner hopeful contender rival opponent".split()),
    frozenset("businessman mogul billionaire tycoon developer magnate candidate nominee executive investor".split()),
    frozenset(
        "professor scholar historian expert scientist academic researcher analyst economist author fellow".split()
    ),
    frozenset("columnist writer host reporter journalist author editor commentator contributor anchor pundit".split()),
    frozenset("general admiral commander officer colonel veteran soldier captain".split()),
    frozenset(
        "leader head chief president chairman chairwoman director executive founder boss minister premier".split()
    ),
)
_FROM_OPENING = frozenset(
    "rule; own words; source 0 ahead; source 1 ahead; source 2 ahead; after 1; after 2; after 3; head fits; "
    "most named; times named; is person; is organization; unresolved".split("; ")
)
_FROM_DOCUMENT = frozenset(
    "rule; own words; unresolved; source 0 back; source 0 ahead; source back in paragraph; is person; is organization; "
    "source back in sentence; source back next sentence; followed by head".split("; ")
)
POLLS = frozenset(
    "poll polls survey surveys study studies report reports results data figures analysis findings".split()
)
STATEMENTS = frozenset(
    "statement email e-mail letter memo tweet post message note release op-ed speech remarks comments".split()
)
_PREPOSITIONS = frozenset("of for in at on from with to like about against between than and as including".split())
_DETERMINERS = frozenset("a an the this that such no any".split())
_AUXILIARIES = frozenset("is are was were be been being 's ’s".split())
#: How many sentences away a candidate may be named.
REACH = 8
_OPENING = 200


def before(words: Words, mention: Mention, sentence: int, here: int, cue: int, start: int) -> Features:
    """Where a name before the statement stands; ``cue`` is the first word of the cue (-1 for none).

    ``start`` is the character where the statement begins.
    """
    away = here - sentence
    features = {f"before {min(away, 3)}": 1.0, "before": away / REACH}
    first, after = words.index(mention.lead), words.index(mention.span.end)
    begin = words.index(words.tokens.sentences[sentence].span.start)
    follower = words.forms[after] if after < len(words.forms) else ""
    if first - begin < 3:
        features["subject"] = 1.0
        if away == 0:
            features["subject of sentence"] = 1.0
    if follower in POSSESSIVE_MARKS:
        features["owner"] = 1.0
        if cue - after <= 3 and cue >= 0 and away == 0:
            features["owner of cue"] = 1.0
    elif away == 0 and cue >= 0 and cue - after <= 1:
        features["right before cue"] = 1.0
    if first and words.forms[first - 1].lower() in _PREPOSITIONS:
        features["after a preposition"] = 1.0
    if follower.islower() and follower.endswith(("ed", "s", "as", "id")):
        features["before a verb"] = 1.0
    if words.block(sentence) == words.block(here):
        features["paragraph"] = 1.0
    quoted, within = words.quotation(mention.span.start) is not None, words.quotation(start) is not None
    if quoted != within:
        features["quoted, statement not" if quoted else "statement quoted, name not"] = 1.0
    if first - begin < 3:
        features[f"subject, before {min(away, 3)}"] = 1.0
    return features


def after(words: Words, mention: Mention, sentence: int, here: int) -> Features:
    """Where a name behind the start of the statement stands."""
    away = sentence - here
    features = {f"after {min(away, 3)}": 1.0, "after": away / REACH}
    first = words.index(mention.lead)
    if first and away == 0 and words.forms[first - 1].lower() == "by":
        features["by"] = 1.0
    if first - words.index(words.tokens.sentences[sentence].span.start) < 3:
        features["subject after"] = 1.0
    return features


def silence(words: Words, start: int, cue: Spans, content: Spans) -> Features:
    """What tells that nobody in particular is meant: the words of the cue and the one before it."""
    forms = [words.forms[i].lower() for i in words.beginning_in(cue)]
    if not forms:
        return {"nobody": 1.0, "no cue": 1.0}
    features = {"nobody": 1.0, f"cue {forms[0]}": 1.0, f"cue … {forms[-1]}": 1.0}
    features["cue in -ing"] = float(any(word.endswith("ing") for word in forms))
    features["cue in -ed"] = float(any(word.endswith("ed") and not word.endswith("ing") for word in forms))
    features["cue is one word"] = float(len(forms) == 1)
    features["content quoted"] = float(bool(content) and words.quotation(content[0].start) is not None)
    features["within a quotation"] = float(words.quotation(start) is not None)
    number = words.index(cue[0].start) - 1
    word = words.forms[number].lower() if number >= 0 else ""
    if cue[0].start == words.tokens.sentences[words.sentence(cue[0].start)].span.start:
        features["cue opens"] = 1.0
    elif word in _DETERMINERS:
        features[f"{word} cue"] = 1.0
    elif word == "and":
        features["and cue"] = 1.0
    elif word in ("it", "there"):
        features["it cue"] = 1.0
    features["passive"] = float(word in _AUXILIARIES or forms[0] in _AUXILIARIES)
    return features


def identity(entity: Entity, most: int) -> Features:
    """What an entity is, wherever it stands; ``most`` is how often the one named most often is named."""
    return {
        f"is {entity.type}": 1.0,
        "times named": math.log1p(len(entity.spans)),
        "most named": float(len(entity.spans) == most),
        "full name": float(" " in entity.name),
        "in the opening": float(bool(entity.spans) and entity.spans[0].start < _OPENING),
    }


def is_in(entity: Entity, spans: Sequence[Span]) -> bool:
    """Whether the entity is named within ``spans``."""
    for start, end in spans:
        index = bisect_left(entity.spans, (start, start))
        if index < len(entity.spans) and entity.spans[index].end <= end:
            return True
    return False


def fit(words: Words, entity: Entity, phrase: Phrase) -> Features:
    """How the entity fits the words of the source."""
    if phrase.pronoun:
        gender = "m" if phrase.pronoun in _HE else "f" if phrase.pronoun in _SHE else ""
    else:
        gender = "m" if phrase.head in _MEN else "f" if phrase.head in _WOMEN else ""
    features: Features = {}
    if gender and entity.type == "person":
        features[
            "gender fits" if entity.gender == gender else "gender differs" if entity.gender else "gender untold"
        ] = 1.0
    if phrase.pronoun:
        return features
    forms = {words.forms[i].lower() for i in phrase.indices} - {phrase.head}
    common = forms & entity.traits
    if phrase.head in entity.heads:
        features["head fits"] = 1.0
    elif any(phrase.head in kin and kin & entity.heads for kin in _KIN):
        features["head akin"] = 1.0
    elif entity.heads and entity.type == "person":
        features["another head"] = 1.0
    if common:
        features["traits"] = math.log1p(len(common))
    name = entity.name.lower().split()
    if phrase.head in name[1:]:
        features["head in name"] = 1.0
    if forms & set(name):
        features["words in name"] = 1.0
    if entity.type == "organization" and phrase.head in _GENERIC:
        features["generic"] = 1.0
    if _followed(words, entity, phrase.head):
        features["followed by head"] = 1.0
    return features


def _followed(words: Words, entity: Entity, head: str) -> bool:
    """Whether the head of the phrase stands right after a place that names the entity ("a Gallup poll")."""
    for span in entity.spans[:12]:
        after = words.index(span.end)
        if head in (word.lower() for word in words.forms[after : after + 3]):
            return True
    return False


def by_place(features: Features, kind: str, head: str, is_opening: bool) -> Features:
    """Some features again, as those of a headline or first sentence, of a poll, or of a statement."""
    found = {f"opening, {name}": features[name] for name in _FROM_OPENING & features.keys()} if is_opening else {}
    if kind.endswith("document"):
        what = "poll" if head in POLLS else "statement" if head in STATEMENTS else ""
        if what:
            found.update({f"{what}, {name}": features[name] for name in _FROM_DOCUMENT & features.keys()})
    return found
