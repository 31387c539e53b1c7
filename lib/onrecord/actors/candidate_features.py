"""What speaks for and against each of the ``candidates``: features by name, the absent ones left out."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.actors.phrase_edges import POSSESSIVE_MARKS
from onrecord.actors.source_phrase import Phrase
from onrecord.lexicon import lists
from onrecord.names import Entity, Mention, Mentions
from onrecord.records import Actor, Span, Spans
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
_FROM_HEAD = frozenset(
    "own words; rule; is person; is a person for sure; is organization; unresolved; same head before".split("; ")
)
#: Heads that say nothing of who it is: "the man" may be the driver told of before.
_ANYBODY = frozenset("man woman person individual source insider user official expert".split())
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
        "is a person for sure": float(is_surely_a_person(entity)),
        "times named": math.log1p(len(entity.spans)),
        "most named": float(len(entity.spans) == most),
        "full name": float(" " in entity.name),
        "in the opening": float(bool(entity.spans) and entity.spans[0].start < _OPENING),
    }


def is_surely_a_person(entity: Entity) -> bool:
    """Whether a title, an office, a first name or "he" tells it, not the mere look of the name."""
    opening = entity.name.split()[0]
    return entity.type == "person" and bool(entity.gender or entity.heads or opening in lists().first_names)


def subject_before(words: Words, mentions: Mentions, here: int, since: int, gender: str) -> Entity | None:
    """The person of fitting gender who opens the sentence before ``here`` in its paragraph, if after ``since``."""
    before = here - 1
    if before <= since or words.block(before) != words.block(here):
        return None
    sentence = words.tokens.sentences[before].span
    for name in mentions.within((sentence,)):
        if is_surely_a_person(name.entity) and name.entity.gender in ("", gender):
            return name.entity if words.index(name.lead) - words.index(sentence.start) < 3 else None
    return None


def is_in(entity: Entity, spans: Sequence[Span]) -> bool:
    """Whether the entity is named within ``spans``."""
    for start, end in spans:
        index = bisect_left(entity.spans, (start, start))
        if index < len(entity.spans) and entity.spans[index].end <= end:
            return True
    return False


def gender_of(phrase: Phrase | None) -> str:
    """ "m" or "f" where the words of a source tell it, else ""."""
    if phrase is None:
        return ""
    told = phrase.pronoun or phrase.head
    return "m" if told in _HE | _MEN else "f" if told in _SHE | _WOMEN else ""


def fit(words: Words, entity: Entity, phrase: Phrase) -> Features:
    """How the entity fits the words of the source."""
    gender = gender_of(phrase)
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


def by_head(features: Features, head: str) -> Features:
    """Some features for each head noun: "police" are seldom called by another name, "the firm" is."""
    return {f"{head}: {name}": features[name] for name in _FROM_HEAD & features.keys()} if head else {}


def by_place(features: Features, kind: str, head: str, is_opening: bool) -> Features:
    """Some features again, as those of a headline or first sentence, of a poll, or of a statement."""
    found = {f"opening, {name}": features[name] for name in _FROM_OPENING & features.keys()} if is_opening else {}
    if kind.endswith("document"):
        what = "poll" if head in POLLS else "statement" if head in STATEMENTS else ""
        if what:
            found.update({f"{what}, {name}": features[name] for name in _FROM_DOCUMENT & features.keys()})
    return found


def description(features: Features, actor: Actor, phrase: Phrase | None, is_headline: bool) -> Features:
    """What speaks for the words of the source themselves, or for another source without a name."""
    if phrase is None:
        return {}
    if not ("rule" in features or "own words" in features):
        return {"same head": float(phrase.head != "" and phrase.head in actor.name.lower().split())}
    return {
        "words": math.log1p(len(phrase.indices)),
        "in headline": float(is_headline),
        "named phrase": float(actor.named),
        "unresolved": float(not actor.named and actor.name.lower() == phrase.words.lower()),
    }


def may_be(features: Features, entity: Entity | None, actor: Actor, kind: str, head: str) -> bool:
    """Whether a candidate is of the right kind: "the club" is nobody who is a person for sure, "the mayor" no owner."""
    if features.keys() & {"rule", "own words"}:
        return True
    if entity is not None:
        return not (kind.endswith("organization") and is_surely_a_person(entity))
    if not kind.endswith(("role", "organization")) or head in _ANYBODY or actor.named or not actor.name:
        return True
    return head in actor.name.lower().split()
