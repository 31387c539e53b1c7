"""The fast engine: codes and attributes, decoding against brute force, what it reads, what it refuses."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from casefiles import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Article, Block, OnrecordError, Sentence, Span, Tokens
from onrecord.statements.attributions import find_attributions
from onrecord.statements.crf import CrfTagger, Parameters, Scorer, decode, load, load_crf, save
from onrecord.statements.crf_features import Lexicon, Vocabulary, attributes_of, code_of, codes_of, normal
from onrecord.statements.decoding import TAGS, chunks_of
from onrecord.text.input_files import parse_article
from onrecord.text.tokens import tokenize
from onrecord.text.words import Words

FREE = np.zeros((7, 7), dtype=np.float32)
VALID = np.array(
    [[-50.0 if b[0] == "I" and a[2:] != b[2:] else 0.0 for b in TAGS] for a in TAGS],
    dtype=np.float32,
)
PARTS = st.sampled_from(
    ["“", "”", '"', "'", "’", " ", "\n", "\n\n", ".", ", ", ": ", "said ", "He ", "that ", "x", "9,"]
)
TEXTS = st.one_of(st.text(), st.lists(PARTS).map("".join))


def read(text: str) -> Words:
    return Words.of(parse_article(text))


def is_valid(path: tuple[int, ...]) -> bool:
    before = (0, *path[:-1])
    return all(tag % 2 or not tag or last in (tag, tag - 1) for last, tag in zip(before, path, strict=True))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_decoding_finds_what_trying_all_paths_finds(seed: int, lengths: list[int]) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 2, (sum(lengths), 7)).astype(np.float32)
    moves = rng.normal(0, 1, (7, 7)).astype(np.float32) + VALID
    starts = np.cumsum([0, *lengths[:-1]])
    decoded = decode(scores, starts, moves)
    for start, length in zip(starts.tolist(), lengths, strict=True):
        own = scores[start : start + length]
        paths = [path for path in itertools.product(range(7), repeat=length) if is_valid(path)]
        totals = np.array([
            sum(own[i, tag] for i, tag in enumerate(path)) + sum(moves[a, b] for a, b in itertools.pairwise(path))
            for path in paths
        ])  # fmt: skip
        assert tuple(decoded.tags[start : start + length]) == paths[int(totals.argmax())]
        weights = np.exp(totals - totals.max())
        for i in range(length):
            expected = np.bincount([path[i] for path in paths], weights, 7) / weights.sum()
            np.testing.assert_allclose(decoded.marginals[start + i], expected, atol=1e-4)


def test_a_paragraph_of_any_length_does_not_overflow() -> None:
    scores = np.random.default_rng(1).normal(0, 30, (5_000, 7)).astype(np.float32)
    decoded = decode(scores, np.array([0]), VALID)
    np.testing.assert_allclose(decoded.marginals.sum(1), 1, atol=1e-4)


def test_chunks_of_tags() -> None:
    scores = np.full((6, 7), -9, dtype=np.float32)
    for word, tag in enumerate(("B-source", "I-source", "B-cue", "B-content", "I-content", "B-content")):
        scores[word, TAGS.index(tag)] = 9
    decoded = decode(scores, np.array([0]), VALID)
    chunks = chunks_of(decoded.tags, decoded.marginals)
    assert [(c.role, c.first, c.last) for c in chunks] == [
        ("source", 0, 2), ("cue", 2, 3), ("content", 3, 5), ("content", 5, 6),
    ]  # fmt: skip
    assert all(chunk.score == pytest.approx(1, abs=1e-3) for chunk in chunks)


@pytest.mark.parametrize(("doubt", "starts", "ends"), [(0.3, [0], [6]), (3.0, [0], [2, 6]), (0.3, [0, 3], [2, 6])])
def test_a_content_goes_on_beyond_a_cue_where_that_is_nearly_as_probable(
    doubt: float, starts: list[int], ends: list[int]
) -> None:
    tags = [TAGS.index(tag) for tag in ("B-content", "I-content", "O", "B-cue", "B-content", "I-content")]
    scores = np.full((6, 7), -9, dtype=np.float32)
    scores[range(6), tags] = 0
    scores[[2, 3], TAGS.index("I-content")] = -doubt
    probabilities = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    assert [chunk.last for chunk in chunks_of(tags, probabilities, starts) if chunk.role == "content"] == ends


def test_codes_lead_to_attributes_and_back() -> None:
    vocabulary = Vocabulary(Lexicon({"said": 6, "told": 5}, {"said": 3}, {"said": 2}))
    codes, _ = codes_of(read("“We go | 9 now,” Ann said.\n\nShe told the BBC: “No.”"), vocabulary)
    names = list(vocabulary.words)
    for template, values in codes.items():
        for code in values.tolist():
            for attribute in attributes_of(template, code, vocabulary, names):
                assert attribute.startswith(template)
                assert code_of(attribute, vocabulary) == (None if template[0] == "n" else (template, code))


def test_neighbours_end_with_the_paragraph() -> None:
    vocabulary = Vocabulary(Lexicon({}, {}, {}))
    codes, _ = codes_of(read("Some words stand here.\n\nOthers stand there, too."), vocabulary)
    assert codes["n-1"][5] == 0 and codes["n1"][4] == 0 and codes["n1"][3] != 0


def test_weights_are_added_up(tmp_path: Path) -> None:
    """One weight on a word, one on the word before: the scores are theirs, and survive being written to a file."""
    attributes = ["n0w=said", "n-1w=said", "ww=ann|said"]
    weights = np.zeros((3, 7), dtype=np.float32)
    weights[0, 3], weights[1, 5], weights[2, 3] = 2, 1, 4
    save(Parameters(attributes, weights, FREE, Lexicon({}, {}, {})), tmp_path / "m.npz")
    words = read("Then Ann said nothing. He said so.")
    scores, starts = Scorer(load(tmp_path / "m.npz")).scores(words)
    assert starts.tolist() == [0]
    assert scores[:, 3].tolist() == [6 if i == 2 else 2 if word == "said" else 0 for i, word in enumerate(words.forms)]
    assert [words.forms[i] for i in np.flatnonzero(scores[:, 5])] == ["nothing", "so"]


@pytest.mark.parametrize("case", cases("crf_words"))
def test_plain_form_of_a_word(case: dict[str, str]) -> None:
    assert normal(case["word"]) == case["plain"]


@pytest.mark.parametrize("case", cases("crf_statements"))
def test_plain_statements_are_found(case: dict[str, str]) -> None:
    words = read(case["text"])
    found = find_attributions(words, load_crf())
    words_of = words.article.words_of
    said = [(words_of(a.source), words_of(a.cue), words_of(a.content)) for a in found]
    assert (case["source"], case["cue"], case["content"]) in said


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_chunks_are_in_order_apart_and_within_paragraphs(text: str) -> None:
    words = read(text)
    chunks = load_crf().read(words).chunks
    last = 0
    for chunk in chunks:
        assert last <= chunk.first < chunk.last <= len(words.spans)
        assert words.block_of[chunk.first] == words.block_of[chunk.last - 1]
        assert 0 <= chunk.score <= 1.0001
        last = chunk.last


def test_what_was_read_before_changes_nothing() -> None:
    first, second = read("“It works,” said Ann Lee of the council."), read("The mayor denied that it fell.")
    tagger = CrfTagger(Scorer(load(Path(str(MODEL)))))
    alone = tagger.read(second).chunks
    other = CrfTagger(Scorer(load(Path(str(MODEL)))))
    other.read(first)
    assert other.read(second).chunks == alone


MODEL = Path(__file__).parents[2] / "lib" / "onrecord" / "models" / "crf-1.npz"


def test_stretches_in_another_order_are_read_each_by_itself() -> None:
    """Contents that are read again come in the order of their statements, which need not be that of the text."""
    text = "“I think it works,” Ann said. Bob said he “knew that” it does."
    blocks = [Block(Span(0, 29), "paragraph"), Block(Span(30, len(text)), "paragraph")]
    one, two = (tokenize(text, [block]) for block in blocks)
    swapped = (
        [Sentence(s.span, s.words, 0) for s in two.sentences],
        [Sentence(s.span, s.words, 1) for s in one.sentences],
    )
    mixed = Tokens((*swapped[0], *swapped[1]), (*one.quotations, *two.quotations))
    article, tagger = Article(text), load_crf()
    shift = len(two.words)
    later = [(c.role, c.first + shift, c.last + shift) for c in tagger.read(Words(article, one)).chunks]
    expected = [*((c.role, c.first, c.last) for c in tagger.read(Words(article, two)).chunks), *later]
    assert [(c.role, c.first, c.last) for c in tagger.read(Words(article, mixed)).chunks] == expected


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "text", "other arrays"])
def test_a_missing_or_damaged_model_is_one_clear_error(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "crf.npz"
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "cut":
        path.write_bytes(MODEL.read_bytes()[:5_000])
    elif damage == "text":
        path.write_text("version https://git-lfs")
    elif damage == "other arrays":
        np.savez(path, weights=np.zeros(3))
    with pytest.raises(OnrecordError, match=r"fast engine cannot be read.*crf\.npz.*nstall onrecord again"):
        load(path)


def test_the_model_is_small() -> None:
    assert MODEL.stat().st_size < 5_000_000
