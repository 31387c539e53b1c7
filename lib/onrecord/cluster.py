"""Names of one person or thing, brought together: "Mr. Toner", "Mark" and "Mark Toner" are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.namelists import lists
from onrecord.propernames import Name
from onrecord.records import Sentence, Span, Spans
from onrecord.titlecase import is_title_case
from onrecord.wordlists import reporting_words

#: Organisations with a name of one word: "Twitter" is no short form of "Twitter Safety Council".
_KNOWN_ALONE = frozenset(
    "Twitter Facebook Google Congress Senate House Reuters Politico Bloomberg Pentagon Kremlin".split()
)
#: The U.S. State Department is the State Department; U.S. Steel is not Steel.
_NATION = ("U.S. ", "US ", "United States ")
_CHAMBERS = frozenset("Senate Congress House".split())
_STYLES = frozenset("president pope king queen prince princess emperor sultan emir".split())
#: What makes a name of a band's first word, which then alone means it too: the Adler network, Adler fighters.
_BANDS = frozenset("network militia cartel".split())


@dataclass(eq=False)
class Cluster:
    """One entity while it is being built. ``names`` are its places, in the order in which they were joined.

    ``described`` holds, per place where the article says who this is, the words that say it.
    """

    names: list[Name] = field(default_factory=list)
    extra: list[Span] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    sides: list[tuple[str, str, Span]] = field(default_factory=list)  # (country | party | own, side, words)
    heads: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)
    described: list[Spans] = field(default_factory=list)
    forms: dict[tuple[str, ...], Name] = field(default_factory=dict)
    times_in_full: int = 0
    genders: Counter[str] = field(default_factory=Counter)

    def add(self, name: Name) -> None:
        self.names.append(name)
        self.forms.setdefault(name.words, name)
        self.times_in_full += len(name.words) > 1 or bool(name.titles)
        if name.gender:
            self.genders[name.gender] += 1

    @property
    def spans(self) -> list[Span]:
        return [name.span for name in self.names] + self.extra

    def places(self, sentences: Sequence[Sentence]) -> list[tuple[Span, int]]:
        """Each span with the character where the titles before it begin."""
        named = [(name.span, sentences[name.sentence].words[name.lead].start) for name in self.names]
        return named + [(span, span.start) for span in self.extra]

    @property
    def best(self) -> Name:
        """The name with most words, then most letters, then the first; one that begins with a first name if any does.

        "Using Ted Cruz" and "Washington Post Trump" are no fuller names of somebody who is named properly elsewhere.
        """
        texts = {form.text for form in self.forms.values()}
        forms = [form for form in self.forms.values() if _without_nation(form.text) not in texts]
        proper = [form for form in forms if len(form.words) > 1 and _opens_a_name(form.words[0])]
        plain = [form for form in proper or forms if not form.headline and len(form.words) > 1]
        return max(plain or proper or forms, key=lambda n: (len(n.words), len(n.text), -n.span.start))

    @property
    def name(self) -> str:
        """The fullest form; heads of state or church without a second name keep a title ("Pope Francis")."""
        best = self.best
        if len(best.words) == 1 and self.type == "person":
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


def cluster_names(
    text: str, sentences: Sequence[Sentence], names: Sequence[Name], headline: frozenset[int]
) -> list[Cluster]:
    """The entities of the names, in order of first mention; names in title-case headlines are looked up."""
    index = _Index()
    full = [name for name in names if len(name.words) > 1 and name.type != "demonym"]
    for name in sorted(full, key=lambda name: (name.type == "", _is_loose(name))):  # what is known first
        index.add_full(name, speaks=_speaks(text, sentences[name.sentence], name))
    certain = {word for name in names if not name.bare for word in name.words}
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

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self.by_text: dict[str, Cluster] = {}
        self.by_last: defaultdict[str, list[Cluster]] = defaultdict(list)
        self.by_first: defaultdict[str, list[Cluster]] = defaultdict(list)
        self.by_part: defaultdict[str, list[Cluster]] = defaultdict(list)

    def add_full(self, name: Name, *, speaks: bool) -> None:
        """``speaks``: "said" or the like follows. "Following Adler" is Adler, "Anneliese Adler said" somebody else."""
        person = _choose(name, self.by_last.get(name.last, ())) if _is_loose(name) else None
        if person is not None and speaks and not person.best.text.lower().endswith(name.text.lower()):
            person = None
        if person is not None and _key(name.text) not in self.by_text:
            person.extra.append(name.span)  # "Young Adler", "Wisconsin Adler": no name of its own
            return
        cluster = self.by_text.get(_key(name.text)) or self._same_person(name) or self._new()
        cluster.add(name)
        self.by_text[_key(name.text)] = cluster
        if name.type in ("person", ""):
            _put(self.by_last[name.last], cluster)
            _put(self.by_first[name.words[0]], cluster)
        if name.type in ("organization", "") and name.words[-1][0].isupper():
            parts = {_initials(name.words)} | ({name.words[0]} if len(name.words) == 2 else {name.words[-1]})
            for part in parts - _KNOWN_ALONE:
                _put(self.by_part[part.replace(".", "")], cluster)
        elif len(name.words) == 2 and name.words[1] in _BANDS:
            _put(self.by_part[name.words[0]], cluster)

    def _same_person(self, name: Name) -> Cluster | None:
        if name.type == "organization":
            return None
        for cluster in self.by_last.get(name.last, ()):
            if any(_compatible(name, other) for other in cluster.forms.values()):
                return cluster
        return None

    def add_short(self, name: Name) -> None:
        word = name.words[0]
        plain = word.replace(".", "")
        place = lists().places.get(word)
        key = f"country {place[1]}" if place and place[0] == "country" else _key(word)
        options = self.by_last.get(word, ()) if name.type in ("person", "") or not place else ()
        if not options and word.isupper() and len(word) > 3:  # FALLIN
            options = self.by_last.get(word.capitalize(), ())
        cluster = _choose(name, options)
        if cluster is None and not name.titles and not place:
            cluster = _only(self.by_first.get(word, ())) or _only(self.by_part.get(plain, ()))
        if cluster is None:
            cluster = self.by_text.get(key) or self._new()
            self.by_text[key] = cluster
        cluster.add(name)

    def look_up(self, text: str, sentence: Sentence, taken: Sequence[Span]) -> None:
        """Known names in a headline in title case, longest first."""
        words = [text[start:end] for start, end in sentence.words]
        if not is_title_case(words):
            return
        place = 0
        while place < len(words):
            for end in range(min(len(words), place + 6), place, -1):
                cluster = self._known(words[place:end])
                here = Span(sentence.words[place].start, sentence.words[end - 1].end)
                if cluster is not None and not any(here.start < e and s < here.end for s, e in taken):
                    cluster.extra.append(Span(sentence.words[place].start, sentence.words[end - 1].end))
                    place = end - 1
                    break
            place += 1

    def _known(self, words: Sequence[str]) -> Cluster | None:
        if not words[0][0].isupper():
            return None
        if len(words) > 1:
            return self.by_text.get(_key(" ".join(words)))
        word = words[0]
        place = lists().places.get(word)
        if place:
            return self.by_text.get(f"country {place[1]}") if place[0] == "country" else self.by_text.get(_key(word))
        named = self.by_last.get(word)
        if named:
            return max(named, key=lambda cluster: len(cluster.names))
        return self.by_text.get(_key(word)) or _only(self.by_part.get(word.replace(".", ""), ()))

    def _new(self) -> Cluster:
        cluster = Cluster()
        self.clusters.append(cluster)
        return cluster


def _opens_a_name(word: str) -> bool:
    return word in lists().first_names or (len(word) > 1 and word[1] == ".")


def _without_nation(text: str) -> str:
    """ "State Department" of "U.S. State Department"; "" where no country stands before, or one that belongs there."""
    for nation in _NATION:
        rest = text.removeprefix(nation)
        if rest != text and (" " in rest or rest in _CHAMBERS):
            return rest
    return ""


def _key(text: str) -> str:
    place = lists().places.get(text)
    if place and place[0] == "country":
        return f"country {place[1]}"
    rest = _without_nation(text)
    if rest:
        return _key(rest)
    return text.lower().replace(".", "")


def _put(clusters: list[Cluster], cluster: Cluster) -> None:
    if cluster not in clusters:
        clusters.append(cluster)


def _only(clusters: Iterable[Cluster]) -> Cluster | None:
    found = list(clusters)
    return found[0] if len(found) == 1 else None


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())


def _compatible(name: Name, other: Name) -> bool:
    """Whether two full names of one family name can be the same person: same first name, or an initial of it."""
    if len(other.words) < 2:
        return False
    shorter, longer = sorted((name.words, other.words), key=len)
    if longer[-len(shorter) :] == shorter:
        return True
    a, b = name.words[0], other.words[0]
    return a == b or ((a[1:2] == "." or b[1:2] == ".") and a[0] == b[0])


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
    """The person a last name means: of the right gender, then the one named in full most often."""
    fitting = [c for c in clusters if not name.gender or c.gender in ("", name.gender)]
    return max(fitting, key=lambda c: c.times_in_full, default=None)


def spans_of(clusters: Iterable[Cluster]) -> Spans:
    """All places of the clusters, in order."""
    return tuple(sorted(span for cluster in clusters for span in cluster.spans))
