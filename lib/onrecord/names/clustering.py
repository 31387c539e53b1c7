"""Names of one person or thing, brought together: "Mr. Toner", "Mark" and "Mark Toner" are one."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.lexicon import FORMS_OF_ADDRESS, lists, reporting_words
from onrecord.names.capitalized_runs import ARTICLE
from onrecord.names.headlines import is_shouted
from onrecord.names.name_matching import (
    COMMON_HEADS,
    PAPERS,
    fathers_and_sons,
    is_same_person,
    key_of,
    opens_a_name,
    short_forms,
    suffix_of,
    without_nation,
)
from onrecord.names.proper_names import Name
from onrecord.records import Sentence, Span, Spans

#: Organisations with a name of one word: "Twitter" is no short form of "Twitter Safety Council".
_KNOWN_ALONE = frozenset(
    "Twitter Facebook Google Congress Senate House Reuters Politico Bloomberg Pentagon Kremlin".split()
)
_STYLES = frozenset("president pope king queen prince princess emperor sultan emir".split())
_ADDRESSED = frozenset(map(str.lower, FORMS_OF_ADDRESS))
_NUMERAL = re.compile(r"[IVX]+$")
#: What makes a name of a band's first word, which then alone means it too: the Adler network, Adler fighters.
_BANDS = frozenset("network militia cartel".split())


@dataclass(eq=False)
class Cluster:
    """One entity while it is being built. ``names`` are its places, in the order in which they were joined.

    ``described`` holds, per place where the article says who this is, the words that say it; ``times`` how often each
    form stands, ``first_in_full`` the character where it is first named by more than one word.
    """

    names: list[Name] = field(default_factory=list)
    extra: list[Span] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    sides: list[tuple[str, str, Span]] = field(default_factory=list)  # (country | shared | party | own, side, words)
    heads: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)
    described: list[Spans] = field(default_factory=list)
    forms: dict[tuple[str, ...], Name] = field(default_factory=dict)
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)
    times_in_full: int = 0
    first_in_full: float = math.inf
    genders: Counter[str] = field(default_factory=Counter)

    def add(self, name: Name) -> None:
        self.__dict__.pop("best", None)  # to be told anew
        self.names.append(name)
        self.forms.setdefault(name.words, name)
        self.times[name.words] += 1
        self.times_in_full += len(name.words) > 1 or bool(name.titles)
        if len(name.words) > 1:
            self.first_in_full = min(self.first_in_full, name.span.start)
        if name.gender:
            self.genders[name.gender] += 1

    @property
    def spans(self) -> list[Span]:
        return [name.span for name in self.names] + self.extra

    def places(self, sentences: Sequence[Sentence]) -> list[tuple[Span, int]]:
        """Each span with the character where the titles before it begin."""
        named = [(name.span, sentences[name.sentence].words[name.lead].start) for name in self.names]
        return named + [(span, span.start) for span in self.extra]

    @functools.cached_property
    def best(self) -> Name:
        """The name with most words, of those the most frequent, longest, first; with a first name if any has one.

        "Using Ted Cruz" and "Washington Post Trump" are no fuller names of somebody who is named properly elsewhere.
        """
        texts = {form.text for form in self.forms.values()}
        forms = [form for form in self.forms.values() if without_nation(form.text) not in texts]
        proper = [form for form in forms if len(form.words) > 1 and opens_a_name(form.words[0])]
        plain = [form for form in proper or forms if not form.headline and len(form.words) > 1]
        best = plain or proper or forms
        return max(best, key=lambda n: (len(n.words), self.times[n.words], len(n.text), -n.span.start))

    @property
    def name(self) -> str:
        """The fullest form; heads of state or church without a second name keep a title ("Pope Francis")."""
        best = self.best
        if self.type == "person" and (len(best.words) == 1 or _is_numbered(best.words)):
            titles = [name.titles for name in self.names if name.titles and "vice" not in name.titles]
            styles = Counter(title[-1] for title in titles if title[-1] in _STYLES)
            if styles:
                return f"{styles.most_common(1)[0][0].capitalize()} {best.text}"
        return re.sub(r" (?=,|['’])", "", best.text)

    @property
    def type(self) -> str:
        told = Counter(name.type for name in self.names if name.type)
        if told:
            return told.most_common(1)[0][0]
        return "person" if 1 <= max(len(name.words) for name in self.names) <= 3 else "organization"

    @property
    def gender(self) -> str:
        return self.genders.most_common(1)[0][0] if self.genders else ""


def _is_numbered(words: Sequence[str]) -> bool:
    """Whether the name is one of several of a line: Benedict XVI."""
    return len(words) == 2 and bool(_NUMERAL.match(words[1]))


def cluster_names(
    text: str, sentences: Sequence[Sentence], names: Sequence[Name], headline: frozenset[int]
) -> list[Cluster]:
    """The entities of the names, in order of first mention.

    Names in shouted headlines, whose capitals tell none, are those that the article names elsewhere.
    """
    index = _Index(fathers_and_sons(names))
    full = [name for name in names if len(name.words) > 1 and name.type != "demonym"]
    times = Counter(name.words for name in full)
    loose = {name.span for name in full if times[name.words] == 1 and _is_loose(name)}
    for name in sorted(full, key=lambda name: (name.type == "", name.span in loose)):  # what is known first
        speaks = _speaks(text, sentences[name.sentence], name)
        index.add_full(name, is_loose=name.span in loose, speaks=speaks)
    certain = {form for name in names if not name.bare for word in name.words for form in (word, ARTICLE.sub("", word))}
    for name in names:
        if len(name.words) == 1 and name.type != "demonym" and _is_name(name, certain):
            index.add_short(name)
    for number in sorted(headline):
        taken = [span for cluster in index.clusters for span in cluster.spans]
        index.look_up(text, sentences[number], taken)
    return sorted(index.clusters, key=lambda cluster: min(cluster.spans))


def _is_name(name: Name, certain: set[str]) -> bool:
    """Whether a single word is a name: at the start of a sentence only where it is known as one elsewhere."""
    word = name.words[0]
    if not name.bare:
        return name.type != "" or word.lower() not in lists().nouns or word in certain
    return word in certain or word in lists().places


class _Index:
    """Clusters by the forms that lead to them."""

    def __init__(self, fathers_and_sons: set[tuple[str, str]]) -> None:
        self.fathers_and_sons = fathers_and_sons
        self.clusters: list[Cluster] = []
        self.by_text: dict[str, Cluster] = {}
        self.by_last: defaultdict[str, list[Cluster]] = defaultdict(list)
        self.by_first: defaultdict[str, list[Cluster]] = defaultdict(list)
        self.by_any: defaultdict[str, list[Cluster]] = defaultdict(list)
        self.by_part: defaultdict[str, list[Cluster]] = defaultdict(list)

    def add_full(self, name: Name, *, is_loose: bool, speaks: bool) -> None:
        """``speaks``: "said" or the like follows. "Following Adler" is Adler, "Anneliese Adler said" somebody else."""
        person = _choose(name, self.by_last.get(name.last, ())) if is_loose else None
        if person is not None and speaks and not person.best.text.lower().endswith(name.text.lower()):
            person = None
        if person is not None and key_of(name.text) not in self.by_text:
            person.extra.append(name.span)  # "Young Adler", "Wisconsin Adler": no name of its own
            return
        cluster = self.by_text.get(key_of(name.text)) or self._same_person(name) or self._new()
        cluster.add(name)
        self.by_text[key_of(name.text)] = cluster
        if name.type in ("person", ""):
            _put(self.by_last[name.last], cluster)
            _put(self.by_last[ARTICLE.sub("", name.last)], cluster)
            _put(self.by_first[name.words[0]], cluster)
            for word in name.words[:-1]:
                _put(self.by_any[word], cluster)
        if name.type in ("organization", "") and name.words[-1][0].isupper():
            for part in short_forms(name.words) - _KNOWN_ALONE:
                _put(self.by_part[part.replace(".", "")], cluster)
        elif len(name.words) == 2 and name.words[1] in _BANDS:
            _put(self.by_part[name.words[0]], cluster)

    def _same_person(self, name: Name) -> Cluster | None:
        if name.type == "organization":
            return None
        for cluster in self.by_last.get(name.last, ()):
            if any(is_same_person(name, other) for other in cluster.forms.values()):
                is_one = (name.words[0], name.last) not in self.fathers_and_sons
                if is_one or suffix_of(name) == suffix_of(cluster.best):
                    return cluster
        return None

    def add_short(self, name: Name) -> None:
        word = name.words[0]
        place = lists().places.get(word)
        key = f"country {place[1]}" if place and place[0] == "country" else key_of(word)
        options = self.by_last.get(word, ()) if name.type in ("person", "") or not place else ()
        if not options and word.isupper() and len(word) > 3:  # FALLIN
            options = self.by_last.get(word.capitalize(), ())
        cluster = _choose(name, options)
        if cluster is None and not name.titles and not place:
            cluster = self.by_text.get(key) or self._longer(name)
        if cluster is None and _ADDRESSED.intersection(name.titles):  # Ms. Acosta is Ana Acosta Ruiz, Mr. Lou Lou Jiwei
            cluster = _only(c for c in self.by_any.get(word, ()) if c.gender in ("", name.gender))
        if cluster is None:
            cluster = self.by_text.get(key) or self._new()
            self.by_text[key] = cluster
        cluster.add(name)

    def _longer(self, name: Name) -> Cluster | None:
        """The name that a single word is short for; not one that comes up only behind it, as the Apple Watch may.

        Initials, people, departments and headlines may come before what they stand for.
        """
        word = name.words[0]
        found = _only(self.by_first.get(word, ())) or self._by_part(word.replace(".", ""))
        if found is None or found.first_in_full < name.span.start or name.headline or word.isupper():
            return found
        is_person = opens_a_name(word) or any(form.type == "person" for form in found.forms.values())
        return found if is_person or found.best.words[-1] in COMMON_HEADS else None

    def _by_part(self, word: str) -> Cluster | None:
        """The organisation that a short form means; of several papers called the Times the one named most."""
        found = self.by_part.get(word, ())
        return max(found, key=lambda cluster: cluster.times_in_full, default=None) if word in PAPERS else _only(found)

    def look_up(self, text: str, sentence: Sentence, taken: Sequence[Span]) -> None:
        """Known names in a headline that is shouted, longest first."""
        words = [text[start:end] for start, end in sentence.words]
        if not is_shouted(words):
            return
        place = 0
        while place < len(words):
            for end in range(min(len(words), place + 6), place, -1):
                cluster = self._known(words[place:end])
                here = Span(sentence.words[place].start, sentence.words[end - 1].end)
                if cluster is not None and not any(here.start < e and s < here.end for s, e in taken):
                    cluster.extra.append(here)
                    place = end - 1
                    break
            place += 1

    def _known(self, words: Sequence[str]) -> Cluster | None:
        if not words[0][0].isupper():
            return None
        if len(words) > 1:
            return self.by_text.get(key_of(" ".join(words)))
        word = words[0]
        place = lists().places.get(word)
        if place:
            return self.by_text.get(f"country {place[1]}") if place[0] == "country" else self.by_text.get(key_of(word))
        named = self.by_last.get(word)
        if named:
            return max(named, key=lambda cluster: len(cluster.names))
        return self.by_text.get(key_of(word)) or _only(self.by_part.get(word.replace(".", ""), ()))

    def _new(self) -> Cluster:
        cluster = Cluster()
        self.clusters.append(cluster)
        return cluster


def _put(clusters: list[Cluster], cluster: Cluster) -> None:
    if cluster not in clusters:
        clusters.append(cluster)


def _only(clusters: Iterable[Cluster]) -> Cluster | None:
    found = list(clusters)
    return found[0] if len(found) == 1 else None


def _speaks(text: str, sentence: Sentence, name: Name) -> bool:
    """Whether a finite verb of speech follows the name: "said", "denies"; but not in "Watching Adler say"."""
    words = [text[s:e] for s, e in sentence.words[name.last_word : name.last_word + 1]]
    return any(word in reporting_words() and word.endswith(("d", "s")) for word in words)


def _is_loose(name: Name) -> bool:
    """Whether a name of two words may be a word and a last name: at the start of a sentence, or after a place."""
    first = name.words[0]
    return (
        name.type == ""
        and len(name.words) == 2
        and first not in lists().first_names
        and (name.first == 0 or first in lists().places)
    )


def _choose(name: Name, clusters: Sequence[Cluster]) -> Cluster | None:
    """The person a last name means: of the right gender, then the one named in full first.

    Who is meant by the family name alone is introduced first; the others of the family keep their first names, however
    often they come up ("Bill Clinton" beside "Clinton").
    """
    fitting = [c for c in clusters if not name.gender or c.gender in ("", name.gender)]
    return max(fitting, key=lambda c: (_is_introduced(c), -c.first_in_full), default=None)


def _is_introduced(cluster: Cluster) -> bool:
    """Whether a full name is one for sure: it opens with a known first name, or stands there more than once."""
    return (
        opens_a_name(cluster.best.words[0]) or max(cluster.times[form] for form in cluster.forms if len(form) > 1) > 1
    )


def spans_of(clusters: Iterable[Cluster]) -> Spans:
    """All places of the clusters, in order."""
    return tuple(sorted(span for cluster in clusters for span in cluster.spans))
