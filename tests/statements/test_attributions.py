"""What is found in invented sentences by the default engine: parts, nesting, quote types, several sources."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import pipeline
from onrecord.pipeline import analyze
from onrecord.records import Attribution
from onrecord.statements.attributions import find_attributions
from onrecord.statements.engines import load_tagger
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words

CASES = [
    ("The minister said the bridge was closed in May.", "The minister", "said", "the bridge was closed in May"),
    ("“The bridge is safe,” said Ada Brandt.", "Ada Brandt", "said", "“The bridge is safe,”"),
    ("According to the police, two people were hurt.", "the police", "According to", "two people were hurt"),
]


def found_in(text: str) -> tuple[Attribution, ...]:
    article = parse_article(text)
    return find_attributions(Words.of(article), load_tagger("default"))


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_parts(text: str, source: str, cue: str, content: str) -> None:
    (only,) = found_in(text)
    words = [" ".join(text[s:e] for s, e in spans) for spans in (only.source, only.cue, only.content)]
    assert words == [source, cue, content]


def test_a_statement_within_a_statement_is_found_with_its_own_source() -> None:
    text = "The paper said the mayor had denied that the contractor skipped inspections of the bridge last year."
    found = found_in(text)
    inner = [(each, found[each.nested_in]) for each in found if each.nested_in is not None]
    assert [text[slice(*each.source[0])] for each, _ in inner] == ["the mayor"]
    assert all(outer.content[0].start <= each.content[0].start for each, outer in inner)


def test_the_speakers_own_pronoun_makes_no_second_voice() -> None:
    text = "Ada Brandt said she believes that the bridge is safe and that the inspections were done in time."
    assert [each.nested_in for each in found_in(text)] == [None]


@pytest.mark.parametrize("engine", ["default", "fast"])
def test_text_without_statements_gives_none(engine: str) -> None:
    article = parse_article("Rain fell over the valley.\n\nThe river rose by two metres.\n")
    assert analyze(article, engine=engine).statements == ()


def test_a_text_longer_than_any_article_is_read_in_part_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MAX_CHARACTERS", 2_000)
    line = "The minister said the bridge was closed in May, and nobody knew why. "
    long = analyze(parse_article(line * 100), engine="fast")
    assert any("Only the first" in note for note in long.article.notes)
    assert long.statements
    assert max(end for each in long.statements for _, end in each.content) <= 2_000


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB .,“”\"'’\n—:said ") | st.characters(), max_size=200))
def test_every_span_gives_words_back_on_any_text(text: str) -> None:
    for each in found_in(text):
        for start, end in (*each.source, *each.cue, *each.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()


@pytest.mark.parametrize("engine", ["default", "fast"])
@pytest.mark.parametrize("marks", ["“ ”", "“…”", "“ . ”"])
def test_marks_alone_are_no_content(engine: str, marks: str) -> None:
    article = parse_article(f"Talks Fail\n\nKari Lund said: {marks}\n\nHe said: {marks}\n")
    assert find_attributions(Words.of(article), load_tagger(engine)) == ()


_NOT_READ = pytest.mark.xfail(
    reason="“We’ve said” within a quotation is no statement since news was learned from", strict=True
)


@pytest.mark.parametrize(
    ("engine", "source", "cue"),
    [
        ("default", "The mayor", "said"),
        ("fast", "The mayor", "said"),
        pytest.param("default", "We", "’ve said", marks=_NOT_READ),
        pytest.param("fast", "We", "’ve said", marks=_NOT_READ),
    ],
)
def test_a_quotation_within_a_quotation_ends_with_its_mark(engine: str, source: str, cue: str) -> None:
    text = (
        f"“We have checked the pier,” said Ada Brandt. “{source}{'' if cue[0] == '’' else ' '}{cue}, "
        "‘The bridge will be closed this winter,’ and we are committed at this point to doing that with the town.”"
    )
    article = parse_article(text)
    found = find_attributions(Words.of(article), load_tagger(engine))
    (inner,) = (each for each in found if each.nested_in is not None)
    assert text[slice(*inner.source[0])] == source
    assert text[slice(*inner.content[-1])] == "‘The bridge will be closed this winter,’"
