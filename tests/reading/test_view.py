"""The reading view: the article's text whole and escaped, every statement marked once, tags that nest."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import invented_analysis

from onrecord import tables
from onrecord.reading.cards import card_lines, group_of
from onrecord.reading.view import reading_view, statement_table
from onrecord.records import Analysis, Article, Block, Reason, Span, Stance, Statement
from onrecord.text.tokens import tokenize

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page, checks that tags nest, and keeps ids, links, classes and the text outside of additions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.marks: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.blocks: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        look = (given.get("class") or "").split(" ")
        self.tags.add(tag)
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given["href"])] if "href" in given else []
        self.described += [str(given["aria-describedby"])] if "aria-describedby" in given else []
        if tag == "mark":
            self.marks.append(given)
        if "onr-block" in look:
            self.blocks.append("")
        if tag not in VOID:
            self.open.append((tag, look[0]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        looks = {look for _, look in self.open}
        if "onr-block" in looks and not looks & {"onr-tag", "onr-card", "onr-number"}:
            self.blocks[-1] += data


def said(*spans: tuple[int, int], id: str = "S1", **labels: object) -> Statement:
    return Statement(id, (), (), tuple(Span(*span) for span in spans), "indirect", **labels)  # type: ignore[arg-type]


def analysis_of(text: str, *statements: Statement) -> Analysis:
    blocks = (Block(Span(0, len(text)), "paragraph", 1),)
    return Analysis(Article(text, blocks=blocks), tokenize(text, blocks), statements)


def test_the_article_stands_there_whole(gold_analysis: Analysis) -> None:
    page = Page(reading_view(gold_analysis))
    text = gold_analysis.article.text
    assert page.blocks == [text[s:e] for s, e in (block.span for block in gold_analysis.article.blocks)]


def test_every_statement_has_one_mark_to_link_to(gold_analysis: Analysis) -> None:
    page = Page(reading_view(gold_analysis))
    ids = [statement.id for statement in gold_analysis.statements]
    assert [id for id in page.ids if id.startswith("stmt-")] != []
    assert sorted(id for id in page.ids if id.startswith("stmt-")) == sorted(f"stmt-{id}" for id in ids)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) == {f"#stmt-{id}" for id in ids}
    assert set(page.described) == {f"card-{id}" for id in ids} <= set(page.ids)


def test_statement_rows_link_to_their_marks(gold_analysis: Analysis) -> None:
    page = Page(statement_table(tables.statements(gold_analysis)))
    assert page.links == [f"#stmt-{statement.id}" for statement in gold_analysis.statements]
    assert Page(statement_table(tables.statements(gold_analysis)[:0])).links == []


def test_only_the_chosen_statements_are_lit(gold_analysis: Analysis) -> None:
    rows = tables.filter_statements(tables.statements(gold_analysis), acts=["denial"])
    for chosen in (rows, ["S20", "S22"]):
        marks = Page(reading_view(gold_analysis, chosen)).marks
        lit = {str(mark["data-statement"]) for mark in marks if "onr-off" not in str(mark["class"])}
        assert lit == {"S20", "S22"}
        assert len({mark["data-statement"] for mark in marks}) == 23


def test_act_stance_and_doubt_are_told_in_words_and_signs() -> None:
    stances = (Stance("the plan", "issue", "against", 0.4),)
    view = reading_view(analysis_of("No way.", said((0, 6), act="denial", act_score=0.4, stances=stances)))
    assert "S1 denial?" in view
    assert "−</span>" in view
    assert "against the plan (score 0.40, uncertain)" in view


def test_a_rule_with_a_long_list_of_words_leaves_room_for_the_rest(gold_analysis: Analysis) -> None:
    words = "|".join(f"word{number}" for number in range(99))
    because = (Reason("act", (), f"denial: cue: {words}; model 0.97"),)
    statement = replace(gold_analysis.statements[0], because=because)
    lines = card_lines(gold_analysis, statement)
    assert "denial: cue: word0|word1|" in lines
    assert "…; model 0.97" in lines
    assert "word98" not in lines


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "\"' onmouseover=x", "&lt; & <i>", "]]><style>"])
def test_everything_from_the_article_is_escaped(nasty: str) -> None:
    text = f"{nasty} said so."
    statement = Statement(
        "S1",
        (Span(0, len(nasty)),),
        (Span(len(nasty) + 1, len(nasty) + 5),),
        (Span(len(nasty) + 6, len(text)),),
        "indirect",
        actor=nasty,
        side=nasty,
        stances=(Stance(nasty, "actor", "against", 1.0, (Span(0, len(nasty)),)),),
        because=(Reason("act", (Span(0, len(nasty)),), nasty),),
    )
    analysis = analysis_of(text, statement)
    analysis = replace(analysis, article=replace(analysis.article, title=nasty, notes=(nasty,)))
    page = Page(reading_view(analysis, standalone=True))
    assert page.blocks == [text]
    assert page.tags.isdisjoint({"script", "i"})
    assert Page(statement_table(tables.statements(analysis))).tags.isdisjoint({"script", "i"})
    assert nasty not in reading_view(analysis) + statement_table(tables.statements(analysis))


def test_a_broken_id_cannot_break_out() -> None:
    page = Page(reading_view(analysis_of("So it is.", said((0, 5), id='S1"><script>'))))
    assert "script" not in page.tags


def test_spans_that_cross_are_cut_into_pieces_that_nest() -> None:
    view = reading_view(analysis_of("abcdefghij", said((0, 6)), said((3, 10), id="S2")))
    page = Page(view)
    assert page.blocks == ["abcdefghij"]
    assert sorted(str(mark["data-statement"]) for mark in page.marks) in (["S1", "S1", "S2"], ["S1", "S2", "S2"])
    assert page.ids.count("stmt-S1") == page.ids.count("stmt-S2") == 1


span = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(lambda pair: Span(*pair))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(span, max_size=3), st.lists(span, max_size=1)), max_size=5))
def test_any_spans_give_tags_that_nest(drawn: list[tuple[list[Span], list[Span]]]) -> None:
    text = "He said <it> & “they” did it. x"[:30]
    found = [
        Statement(f"S{n}", tuple(source), (), tuple(content), "indirect") for n, (content, source) in enumerate(drawn)
    ]
    assert Page(reading_view(analysis_of(text, *found))).blocks == [text]


def test_no_statement_and_no_text_still_give_a_page() -> None:
    assert Page(reading_view(analysis_of("Nothing is said."))).marks == []
    assert Page(reading_view(Analysis(Article(""), tokenize("", ()), ()), standalone=True)).marks == []


def test_a_page_needs_nothing_from_elsewhere() -> None:
    view = reading_view(invented_analysis(12), standalone=True)
    assert view.startswith("<!DOCTYPE html>")
    for resource in ("http:", "https:", "src=", "@import", "url(", "<script"):
        assert resource not in view


def test_the_same_analysis_gives_the_same_page(gold_analysis: Analysis) -> None:
    assert reading_view(gold_analysis) == reading_view(gold_analysis)


def test_half_characters_can_be_written() -> None:
    reading_view(analysis_of("So \ud800 it\x00 is.", said((0, 9)))).encode("utf-8")


def test_a_group_has_its_place_at_its_first_statement_and_a_rule_that_marks_all(gold_analysis: Analysis) -> None:
    html = reading_view(gold_analysis, groups=[("S1", "S4"), ("S4", "S5")], key="k-")
    first, second = group_of(("S1", "S4")), group_of(("S4", "S5"))
    page = Page(html)
    assert {f"k-stmts-{first}", f"k-stmts-{second}"} <= set(page.ids)
    assert html.index('data-statement="S1"') < html.index(f'id="k-stmts-{first}"') < html.index('data-statement="S2"')
    members = {found[1]: found[2] for found in re.finditer(r'data-statement="(\w+)" data-groups="([\w ]+)"', html)}
    assert members == {"S1": first, "S4": f"{first} {second}", "S5": second}
    for name in (first, second):
        assert f':has(#k-stmts-{name}:target) [data-groups~="{name}"]' in html
