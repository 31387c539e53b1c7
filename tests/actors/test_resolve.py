"""Sources lead to actors: cases as data, the project's article, and properties that hold in any text."""

from __future__ import annotations

import pytest
from casefiles import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import read_marked

from onrecord.actors.resolve import find_mentions, resolve_actors
from onrecord.records import Article, Attribution, Span, Statement
from onrecord.text.input_files import parse_article
from onrecord.text.words import Words

WORDS = st.sampled_from(
    "Mr. Adler Ruth Tom Beck he she they it who said , . “ ” 's and of the State Department U.S. officials poll "
    "(D-Ohio) I we Norway The CEOs who: &  ’s A \n\n".split(" ")
)


@pytest.mark.parametrize("case", cases("actors"))
def test_actor(case: dict[str, str]) -> None:
    words, attributions = read_marked(case["text"].replace(" | ", "\n"))
    actor = resolve_actors(words, attributions)[-1]
    assert (actor.name, actor.kind, str(actor.named), actor.side) == (
        case["actor"],
        case["kind"],
        case["named"],
        case["side"],
    )


@pytest.mark.parametrize(
    ("line", "described"),
    [
        ("Norway’s Fisheries Minister Kari Lund <c>said</c> <t>it stands</t>.", ["Norway’s Fisheries Minister"]),
        ("State Department spokesman Kari Lund <c>said</c> <t>it stands</t>.", ["State Department spokesman"]),
        ("The head of the board, Kari Lund, <c>said</c> <t>it stands</t>.", ["head of the board"]),
        ("Kari Lund, a former senator from Ohio, <c>said</c> <t>it stands</t>.", ["a former senator from Ohio"]),
        ("<t>It stands</t>, <c>said</c> the union’s leader, Kari Lund.", ["union’s leader"]),
        ("Ms. Kari Lund <c>said</c> <t>it stands</t>.", []),
        ("Kari Lund, told of it by the mayor, <c>said</c> <t>it stands</t>.", []),
    ],
)
def test_the_words_beside_a_name_say_who_it_is(line: str, described: list[str]) -> None:
    words, attributions = read_marked(line.replace("Kari Lund", "<s>Kari Lund</s>"))
    (actor,) = resolve_actors(words, attributions)
    assert [words.text[slice(*span)] for span in actor.described] == described


def test_a_headline_describes_nobody() -> None:
    """Its capitals do not tell where a description begins: not "Ruth Adler Slams Mayor"."""
    words, attributions = read_marked(
        "Ruth Adler Slams Mayor Kari Lund Again\n<s>Kari Lund</s> <c>said</c> <t>it stands</t>."
    )
    (actor,) = resolve_actors(words, attributions)
    assert (actor.name, actor.described) == ("Kari Lund", ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Vardin network struck again. It is said that Vardin operatives fled.", ["Vardin network"]),
        ("Ruth Vardin left the Vardin network. It is said that Vardin fled.", ["Ruth Vardin", "Vardin network"]),
    ],
)
def test_the_first_word_of_a_band_alone_means_it_where_it_is_nobodys_name(text: str, names: list[str]) -> None:
    article = parse_article(f"It rained.\n\n{text}\n")
    mentions = find_mentions(Words.of(article))
    assert [entity.name for entity in mentions.entities] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tom Beck said it rained. Anneliese Beck denied it.", ["Tom Beck", "Anneliese Beck"]),
        ("Tom Beck said it rained. Following Beck, nobody came.", ["Tom Beck"]),
        ("Tom de Beck said it rained. De Beck said so again.", ["Tom de Beck"]),
    ],
)
def test_who_speaks_by_another_first_name_is_somebody_else(text: str, names: list[str]) -> None:
    article = parse_article(f"It rained.\n\n{text}\n")
    mentions = find_mentions(Words.of(article))
    assert [entity.name for entity in mentions.entities] == names


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_union_in_a_headline_keeps_whose_it_is(apostrophe: str) -> None:
    article = parse_article(f"Nurses{apostrophe} Union Says No\n\nIt rained. The nurses{apostrophe} union left.\n")
    assert [entity.name for entity in find_mentions(Words.of(article)).entities] == [f"Nurses{apostrophe} Union"]


def test_who_somebody_is_is_told_once_and_holds_for_every_statement() -> None:
    lines = ["Kari Lund <c>said</c> <t>it stands</t>.", "The chairwoman of the board, Kari Lund, left."]
    lines += ["<s>She</s> <c>said</c> <t>no more</t>."]
    words, attributions = read_marked("\n".join(lines).replace("Kari Lund <c>", "<s>Kari Lund</s> <c>"))
    found = [[words.text[slice(*span)] for span in actor.described] for actor in
             resolve_actors(words, attributions)]  # fmt: skip
    assert found == [["chairwoman of the board"]] * 2


def test_we_within_a_quotation_is_the_one_quoted() -> None:
    text = "“We believe it will last,” Ruth Adler said."
    article = parse_article(text)
    inner = Attribution((Span(1, 3),), (Span(4, 11),), (Span(12, 24),), "direct", 1)
    outer = Attribution((Span(27, 37),), (Span(38, 42),), (Span(0, 26),), "direct")
    actors = resolve_actors(Words.of(article), [inner, outer])
    assert [actor.name for actor in actors] == ["Ruth Adler", "Ruth Adler"]


def test_saying_goes_on_with_the_source_of_its_sentence() -> None:
    text = "Ruth Adler called it safe, saying it was new. Reportedly it was late."
    article = parse_article(text)
    said = [
        Attribution((Span(0, 10),), (Span(11, 17),), (Span(18, 25),)),
        Attribution((), (Span(27, 33),), (Span(34, 44),)),
        Attribution((), (Span(46, 56),), (Span(57, 68),)),
    ]
    actors = resolve_actors(Words.of(article), said)
    assert [actor.name for actor in actors] == ["Ruth Adler", "Ruth Adler", ""]


def test_the_article_names_its_actors(article: Article, gold_statements: tuple[Statement, ...]) -> None:
    place = {statement.id: number for number, statement in enumerate(gold_statements)}
    given_spans = [
        Attribution(s.source, s.cue, s.content, s.quote, place.get(s.nested_in or "")) for s in gold_statements
    ]
    actors = resolve_actors(Words.of(article), given_spans)
    wrong = [
        (statement.id, statement.actor, actor.name)
        for statement, actor in zip(gold_statements, actors, strict=True)
        if (statement.actor.removeprefix("the "), statement.named, statement.side)
        != (actor.name, actor.named, actor.side)
    ]
    # S2: the headline's “State Department” is called so in full at the end alone.
    assert [id for id, _, _ in wrong] == ["S2"]


def test_every_reason_shows_its_words(article: Article, gold_statements: tuple[Statement, ...]) -> None:
    given_spans = [Attribution(s.source, s.cue, s.content, s.quote) for s in gold_statements if s.source]
    for actor in resolve_actors(Words.of(article), given_spans):
        assert any(reason.label == "actor" and reason.spans and reason.rule for reason in actor.because)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.data())
def test_any_text_gives_actors_with_spans_inside_it(text: str, data: st.DataObject) -> None:
    article = parse_article(text)
    words = Words.of(article)
    place = st.integers(0, len(text))
    spans = st.tuples(place, place).map(lambda pair: (Span(min(pair), max(pair)),))
    attributions = data.draw(st.lists(st.builds(Attribution, spans, spans, spans), max_size=6))
    actors = resolve_actors(words, attributions)
    assert len(actors) == len(attributions)
    for actor in actors:
        assert all(0 <= s <= e <= len(text) for reason in actor.because for s, e in reason.spans)


@given(st.text(max_size=200))
def test_names_lie_inside_the_text_and_apart(text: str) -> None:
    article = parse_article(text)
    mentions = find_mentions(Words.of(article))
    ends = [0, *(mention.span.end for mention in mentions.names)]
    assert all(
        end <= mention.span.start < mention.span.end <= len(text)
        for end, mention in zip(ends, mentions.names, strict=False)
    )


def test_a_long_text_takes_linear_time() -> None:
    text = "Ruth Adler met Tom Beck. He said she was late. Officials of the State Department agreed. " * 500
    article = parse_article(text)
    words = Words.of(article)
    places = [number for number in range(len(text)) if text.startswith("He said", number)]
    attributions = [Attribution((Span(p, p + 2),), (Span(p + 3, p + 7),), (Span(p + 8, p + 20),)) for p in places]
    assert {actor.name for actor in resolve_actors(words, attributions)} == {"Tom Beck"}
