"""The records that pass from step to step: frozen, small, with spans into the text as received.

A span is a half-open pair of character offsets: ``article.text[span.start:span.end]`` gives the words
back, at every step. Nothing here reads a file or computes a label.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

#: What a source does with its content, in the order of weight of the scheme (docs/LABELS.md).
ACTS = (
    "denial",
    "refusal",
    "no_comment",
    "confirmation",
    "accusation",
    "demand",
    "commitment",
    "evaluation",
    "claim",
    "other",
)
QUOTE_TYPES = ("direct", "mixed", "indirect")
POLARITIES = ("favor", "against")
RELATIONS = {"denial": "denies", "confirmation": "confirms", "refusal": "refuses", "no_comment": "declines"}
DISPUTE_STATES = ("contested", "refused", "corroborated", "unanswered")


class Span(NamedTuple):
    """Half-open character offsets into the text as received."""

    start: int
    end: int


Spans = tuple[Span, ...]


class OnrecordError(Exception):
    """What went wrong, where, and what to do about it: written for the analyst, shown without a traceback."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article: ``kind`` is headline, byline, label, paragraph or furniture.

    ``number`` counts the paragraphs from 1 (a label line counts as one); headline is 0, the rest None.
    Only headline, label and paragraph are analysed.
    """

    span: Span
    kind: str
    number: int | None = None

    @property
    def is_text(self) -> bool:
        return self.kind in ("headline", "label", "paragraph")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as received, with what could be told about it. ``notes`` are warnings for the analyst.

    ``file`` is the path that it was read from ("" for none): beside it stand its corrections.
    """

    text: str
    id: str = "article"
    title: str = ""
    byline: str = ""
    dateline: str = ""
    date: str | None = None
    outlet: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def words_of(self, spans: Spans, joiner: str = " … ") -> str:
        """The words of ``spans``, white space folded; ``joiner`` marks what lies between two spans."""
        return joiner.join(" ".join(self.text[s:e].split()) for s, e in spans)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its words; ``block`` is the index of its block in ``Article.blocks``."""

    span: Span
    words: Spans
    block: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks: ``level`` 1 is outer, 2 a quotation within it.

    ``closed`` is False where no closing mark was found: the quotation then ends with its paragraph.
    """

    span: Span
    level: int = 1
    closed: bool = True


@dataclass(frozen=True)
class Tokens:
    """The sentences, words and quotations of an article, in the order of the text."""

    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]

    @functools.cached_property
    def words(self) -> Spans:
        return tuple(word for sentence in self.sentences for word in sentence.words)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, the cue that links it, and the content: PolNeAR's attribution relation.

    ``nested_in`` is the index of the attribution whose content this one was found in. ``score`` is the
    calibrated probability that the attribution is there and its source is right.
    """

    source: Spans
    cue: Spans
    content: Spans
    quote: str = "indirect"
    nested_in: int | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Actor:
    """Whom the words of a source name. ``kind``: named, role, group, unnamed, document or narrator.

    ``described``: the words beside the name that say who this is ("State Department Spokesman"). ``score``: the
    calibrated probability that this is the right one.
    """

    name: str
    kind: str
    named: bool
    side: str = "unknown"
    because: tuple[Reason, ...] = ()
    described: Spans = ()
    score: float = 1.0


class Reference(NamedTuple):
    """A place of the text that means somebody, in whatever form ("Toner", "he"); ``name`` is the fullest one."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label was given: the words it rests on, and the rule or the model's score in words.

    ``label`` names the field it explains: act, hedged, stance, actor, named, side, responds_to.
    """

    label: str
    spans: Spans
    rule: str


@dataclass(frozen=True, slots=True)
class Stance:
    """Whom or what the source is for or against, with the words that show it."""

    target: str
    target_type: str  # actor | issue
    polarity: str  # favor | against
    score: float = 1.0
    evidence: Spans = ()


@dataclass(frozen=True, slots=True)
class Response:
    """That a statement answers another: ``to`` is its id, or None with ``about`` in words."""

    to: str | None
    relation: str  # denies | confirms | refuses | declines
    about: str = ""
    score: float = 1.0
    evidence: Spans = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution with all its labels (docs/LABELS.md), each explained in ``because``.

    ``score`` is the probability that the statement is there and is that of ``actor``; ``actor_score`` that of the actor
    alone, the words of the source given.
    ``decided`` names the labels that a coder has accepted or corrected, ``corrected`` those that were changed.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    quote: str
    nested_in: str | None = None
    score: float = 1.0
    actor: str = ""
    actor_kind: str = "narrator"
    named: bool = False
    side: str = "unknown"
    described: Spans = ()
    actor_score: float = 1.0
    act: str = "claim"
    act_score: float = 1.0
    hedged: bool = False
    stances: tuple[Stance, ...] = ()
    responds_to: tuple[Response, ...] = ()
    because: tuple[Reason, ...] = ()
    decided: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """What was put forward (``claims``) and the statements that answer it.

    ``state``: contested (somebody denies), refused (somebody refuses a demand), corroborated (two
    independent sources, nobody answers), unanswered. Never true or false.
    """

    id: str
    topic: str
    claims: tuple[str, ...]
    answers: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Checking:
    """What coders have decided over an engine's reading, which stays beside theirs as ``machine``.

    ``file`` and its ``sha256`` hold the decisions. ``by_hand`` is False where a coder of it is no person. ``orphaned``
    are the decisions that found no place in this reading, ``contradictions`` those of two coders on one label.
    """

    machine: Analysis
    file: str
    sha256: str
    coders: tuple[str, ...] = ()
    by_hand: bool = True
    orphaned: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """Everything the steps found in one article. ``engine`` and ``model`` say what made it.

    ``actors_file`` and ``actors_sha256`` say which table of an analyst's own actors told sides ("" for none),
    ``same_as`` which of its names are other names of whom. ``references`` are the places that mean somebody with a
    name, in the order of the text. ``full`` is the Analysis with its uncertain labels, where this one is without them
    (``tables.certain``). ``checking`` says what coders decided (None where nobody has).
    """

    article: Article
    tokens: Tokens
    statements: tuple[Statement, ...]
    disputes: tuple[Dispute, ...] = ()
    engine: str = ""
    model: str = ""
    actors_file: str = ""
    actors_sha256: str = ""
    same_as: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    full: Analysis | None = field(default=None, repr=False)
    checking: Checking | None = None
    _by_id: dict[str, Statement] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({statement.id: statement for statement in self.statements})

    @property
    def machine(self) -> Analysis:
        """The engine's own reading, uncertain labels included and nothing that coders decided laid over it."""
        whole = self.full or self
        return whole.checking.machine if whole.checking else whole

    def statement(self, id: str) -> Statement:
        """The statement with this id. Raises ``KeyError`` where there is none."""
        return self._by_id[id]
