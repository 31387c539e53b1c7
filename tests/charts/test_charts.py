"""Every chart in every size: nothing overlaps, nothing is cut off, and what it says is true of its table."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from invented import invented_analysis
from matplotlib.patches import PathPatch
from pictures import assert_texts_hold

from onrecord import charts, style, tables
from onrecord.captions.counting import leaders
from onrecord.charts.columns import QUOTE_COLORS
from onrecord.charts.lettering import balanced, fits, text_width, wrapped
from onrecord.charts.rows import NAMES, set_heads, set_names
from onrecord.reading.linked_charts import chart_html, spot_ids
from onrecord.records import ACTS, Analysis, OnrecordError, Stance

CHARTS = {
    "stance_by_actor": tables.stance_by_actor,
    "stance_matrix": tables.stance_matrix,
    "acts_by_actor": tables.acts_by_actor,
    "quotes_by_actor": tables.quotes_by_actor,
    "words_by_side": tables.words_by_side,
    "timeline": tables.timeline,
    "network": tables.network,
    "dispute_board": tables.disputes,
}
SOURCE = (
    "The Paper, 2020-01-02, “Invented headline”. All statements. Tagged automatically (onrecord 0.1.0, some engine)."
)


def drawn(name: str, analysis: Analysis, size: str = "medium", rows: pd.DataFrame | None = None) -> charts.Chart:
    chart: charts.Chart = getattr(charts, name)(CHARTS[name](analysis, rows), source=SOURCE, size=size)
    return chart


@pytest.mark.parametrize(("size", "actors"), [("small", 1), ("medium", 12), ("small", 40), ("large", 40)])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_overlaps_or_leaves_the_figure(name: str, size: str, actors: int) -> None:
    assert_texts_hold(drawn(name, invented_analysis(actors), size))


@pytest.mark.parametrize("name", CHARTS)
def test_an_empty_table_gives_an_honest_picture(name: str, gold_analysis: Analysis) -> None:
    nothing = tables.statements(gold_analysis)[:0]
    chart = drawn(name, gold_analysis, "small", nothing)
    assert chart.get_suptitle().startswith(("No", "Nobody"))
    assert chart.alt.startswith("An empty")
    assert chart.source == SOURCE


@pytest.mark.parametrize("name", CHARTS)
def test_the_large_size_fits_a_slide_and_the_medium_a_page(name: str) -> None:
    for size, limit in (("large", 7.5), ("medium", 10.0)):
        assert drawn(name, invented_analysis(40), size).get_figheight() <= limit


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("stance_by_actor", "13 stances against, 9 for; 8 of the 13 against by Mark Toner and Michael Mullen"),
        ("stance_matrix", "The Haqqani network draws the most stances: 7 against, none for"),
        ("acts_by_actor", "4 accusations, 2 of them by Michael Mullen; 2 denials by Pakistan and Rehman Malik"),
        ("quotes_by_actor", "5 of 21 statements are quoted in full or in part, 3 of them from Mark Toner"),
        ("words_by_side", "Most reported words come from United States (301), then Pakistan (21)"),
        ("timeline", "Mark Toner speaks in 5 of 13 paragraphs, more than anybody else"),
    ],
)
def test_titles_tell_the_finding(name: str, title: str, gold_analysis: Analysis) -> None:
    assert drawn(name, gold_analysis).caption.title == title


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"dispute_board"}))
def test_titles_follow_the_filter(name: str, gold_analysis: Analysis) -> None:
    rows = tables.filter_statements(tables.statements(gold_analysis), actors=["Rehman Malik", "Pakistan"])
    assert drawn(name, gold_analysis, rows=rows).caption.title != drawn(name, gold_analysis).caption.title
    assert "Toner" not in drawn(name, gold_analysis, rows=rows).alt


@pytest.mark.parametrize("name", ["stance_by_actor", "dispute_board"])
def test_the_same_table_gives_the_same_bytes(name: str, gold_analysis: Analysis) -> None:
    for format, metadata in (("png", {}), ("svg", {"Date": None}), ("pdf", {"CreationDate": None})):
        first, second = io.BytesIO(), io.BytesIO()
        drawn(name, gold_analysis, "small").savefig(first, format=format, metadata=metadata)
        drawn(name, gold_analysis, "small").savefig(second, format=format, metadata=metadata)
        assert first.getvalue() == second.getvalue()


def test_svg_keeps_text_as_text_and_dollars_as_dollars() -> None:
    buffer = io.BytesIO()
    drawn("stance_matrix", invented_analysis(12)).savefig(buffer, format="svg")
    svg = buffer.getvalue().decode()
    assert "$5 billion</text>" in svg
    assert "O’Neill &amp; &lt;Sons&gt;</text>" in svg


def test_what_has_no_room_is_counted_in_a_last_row() -> None:
    table = tables.stance_by_actor(invented_analysis(40))
    chart = charts.stance_by_actor(table, source=SOURCE, size="large")
    rest = [text.get_text() for text in chart.texts if text.get_text().startswith("and ")]
    names = [text.get_text() for text in chart.texts]
    assert len(rest) == 1
    hidden = int(rest[0].split()[1])
    assert 0 < hidden < len(table)
    shown = table["actor"].iloc[: len(table) - hidden]
    assert shown.iloc[0].split()[0] in " ".join(names)


@pytest.mark.parametrize(("size", "limit"), [("large", 7.5), ("medium", 10.0), ("small", 10.0)])
def test_a_dispute_of_many_statements_fits_too_and_shows_first_what_is_answered(size: str, limit: float) -> None:
    every = tables.disputes(invented_analysis(40)).assign(dispute="D1", state="contested")
    chart = charts.dispute_board(every, source=SOURCE, size=size)
    assert chart.get_figheight() <= limit
    assert_texts_hold(chart)
    texts = [text.get_text() for text in chart.texts]
    shown = {id for text in texts for id in re.findall(r" · (S\d+),", text)}
    (rest,) = [text for text in texts if text.endswith("in the table")]
    all_of_it = {*every["claim"], *every["answer"]} - {"", None}
    assert rest == f"and {len(all_of_it) - len(shown)} more statements, in the table"
    assert shown <= {id for ids in every.loc[every["answer"] != "", ["claim", "answer"]].to_numpy() for id in ids}


def test_uncertain_labels_are_hatched_and_the_note_says_so(gold_analysis: Analysis) -> None:
    sure = drawn("acts_by_actor", gold_analysis)
    doubtful = drawn("acts_by_actor", invented_analysis(12))
    assert not any(isinstance(artist, PathPatch) for artist in sure.get_children())
    assert any(isinstance(artist, PathPatch) for artist in doubtful.get_children())
    assert any(text.get_text().startswith("Hatched:") for text in doubtful.texts)


def test_a_bar_to_the_left_is_hatched_too(gold_analysis: Analysis) -> None:
    first, *others = gold_analysis.statements
    doubted = replace(first, stances=(Stance("Pakistan", "actor", "against", 0.4),))
    chart = drawn("stance_by_actor", replace(gold_analysis, statements=(doubted, *others)))
    (bar,) = [artist for artist in chart.get_children() if isinstance(artist, PathPatch)]
    points = np.asarray(bar.get_path().vertices)
    outline, lines = points[:5], points[5:]
    assert len(lines) > 4
    assert (lines >= outline.min(axis=0) - 1e-9).all()
    assert (lines <= outline.max(axis=0) + 1e-9).all()


def test_unanswered_claims_keep_an_open_place() -> None:
    texts = {text.get_text() for text in drawn("dispute_board", invented_analysis(12)).texts}
    assert {"No answer found", "No answer found in this article"} <= texts


def test_a_chart_in_a_notebook_brings_its_alt_text(gold_analysis: Analysis) -> None:
    bundle = drawn("words_by_side", gold_analysis, "small")._repr_mimebundle_()
    assert 'alt="Bars. United States: 301 words' in bundle["text/html"]
    assert bundle["text/plain"].startswith("Bars.")


def test_alt_texts_escape_in_html() -> None:
    html = drawn("stance_by_actor", invented_analysis(12), "small")._repr_mimebundle_()["text/html"]
    assert "<Sons>" not in html


def test_an_unknown_size_is_told(gold_analysis: Analysis) -> None:
    with pytest.raises(OnrecordError, match="small, medium, large"):
        drawn("timeline", gold_analysis, "huge")


def test_drawing_leaves_matplotlib_as_it_was(gold_analysis: Analysis) -> None:
    before = dict(matplotlib.rcParams)
    drawn("stance_by_actor", gold_analysis).savefig(io.BytesIO(), format="png")
    assert dict(matplotlib.rcParams) == before


def test_lines_hold_their_width_and_lose_no_word() -> None:
    text = "the outgoing chairman of the U.S. Joint Chiefs of Staff, Admiral Michael Mullen"
    lines = wrapped(text, 1.5, 8, lines=9)
    assert " ".join(lines) == text
    assert all(text_width(line, 8) <= 1.5 * 1.02 for line in lines)
    assert wrapped(text, 1.5, 8, lines=2)[-1].endswith("…")
    assert not fits(text, 1.5, 8)
    assert wrapped("", 1.0, 8) == []


@pytest.mark.parametrize("size", style.SIZES)
def test_a_long_filter_does_not_push_out_of_the_source_line_how_the_labels_came_about(size: str) -> None:
    people = ", ".join(f"Bartholomew Achterberg-Nakamura {n}" for n in range(40))
    how = "Tagged automatically (onrecord 0.1.0, some engine)."
    table = tables.words_by_side(invented_analysis(12))
    chart = charts.words_by_side(table, source=f"Source: The Paper. 1 of 12 statements: {people}. {how}", size=size)
    words = " ".join(text.get_text() for text in chart.texts)
    assert "1 of 12 statements: Bartholomew" in words
    assert f"… {how}" in words
    assert_texts_hold(chart)


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK])
def test_text_colours_have_contrast(theme: dict[str, str]) -> None:
    grounds = ["paper", "card", "favor-tint", "against-tint", "both-tint", "none-tint"]
    letters = ("denial", "accusation", "act", "favor", "against", "soft")
    for ink, on in (("ink", grounds), ("soft", ["paper"]), *((name, ["card"]) for name in letters)):
        for ground in on:
            assert style.contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize(
    "ground", sorted({*style.POLARITY.values(), *QUOTE_COLORS.values(), *map(style.act_color, ACTS)})
)
def test_numbers_on_tiles_have_contrast(ground: str) -> None:
    assert style.contrast(style.letters_on(ground), ground) >= 4.5


def test_colours_are_named_in_one_place_only() -> None:
    package = Path(style.__file__).parents[1]
    named = re.compile(r"[\"'\s](#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{3})\b")
    ours = [path for path in package.rglob("*.py") if path != Path(style.__file__)]
    assert [path.name for path in ours if named.search(path.read_text(encoding="utf-8"))] == []


def test_leaders_are_named_only_where_few_share_the_lead() -> None:
    table = pd.DataFrame({"actor": ["A", "B", "C"], "n": [2, 2, 2]})
    assert leaders(table, "actor", "n") == []
    assert leaders(table.assign(n=[2, 2, 1]), "actor", "n") == ["A and B"]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", style.SIZES)
def test_the_places_of_a_chart_lead_to_statements_and_lie_within_it(name: str, size: str) -> None:
    analysis = invented_analysis(12)
    statements = tables.statements(analysis)
    chart = drawn(name, analysis, size)
    assert chart.spots
    assert all(spot_ids(chart, statements))
    for spot in chart.spots:
        left, top, width, height = spot.box
        assert left >= 0 and top >= 0 and left + width <= 1.01 and top + height <= 1.01


def test_a_bar_leads_to_those_statements_alone_that_it_counts(gold_analysis: Analysis) -> None:
    statements = tables.statements(gold_analysis)
    chart = drawn("acts_by_actor", gold_analysis)
    found = zip(chart.spots, spot_ids(chart, statements), strict=True)
    assert sorted(id for spot, ids in found if spot.choice == {"acts": ("denial",)} for id in ids) == ["S18", "S20"]
    table = tables.stance_by_actor(gold_analysis)
    against = [s for s in drawn("stance_by_actor", gold_analysis).spots if s.choice == {"polarity": ("against",)}]
    assert len(against) == (table["against"] > 0).sum()


def test_a_linked_chart_is_a_picture_with_plain_links(gold_analysis: Analysis) -> None:
    chart = drawn("stance_by_actor", gold_analysis)
    statements = tables.statements(gold_analysis)
    html = chart_html(chart, statements)
    assert html.count('class="onr-spot"') == len(chart.spots)
    assert 'href="#stmt-S' in html
    assert "<script" not in html
    assert 'class="onr-spot"' not in chart_html(chart, statements, linked=False)


def test_long_names_that_share_a_beginning_stay_apart() -> None:
    long = "the spokesperson for the Permanent Secretariat of the Commission on"
    names = set_names([f"{long} Fisheries", f"{long} Forests", "Al Li"], style.SIZES["small"])
    assert len(set(names.lines)) == 3
    assert names.lines[0][1].endswith("Fisheries")
    assert names.width <= style.SIZES["small"].width * NAMES


@pytest.mark.parametrize("step", [0.35, 1.2])
def test_long_headings_that_share_a_beginning_stay_apart(step: float) -> None:
    long = "the spokesperson for the Permanent Secretariat of the Intergovernmental Commission on"
    heads = set_heads([f"{long} Fisheries", f"{long} Forests", "Al Li"], step, style.SIZES["medium"])
    assert heads.upright == (step < 1)
    assert len(set(heads.lines)) == 3


def test_the_timeline_marks_accusations_by_more_than_colour_however_narrow() -> None:
    chart = drawn("timeline", invented_analysis(40), "small")
    assert sum(text.get_text() in ("▲", "▼") for text in chart.texts) > 5


def test_an_uncertain_stance_is_a_hollow_line_and_an_uncertain_claim_has_a_question_mark() -> None:
    network, board = drawn("network", invented_analysis(12)), drawn("dispute_board", invented_analysis(12))
    assert any(text.get_text().startswith("Hollow:") for text in network.texts)
    assert any(re.match(r"\w[\w ]*\? · S\d", text.get_text()) for text in board.texts)


def test_a_statement_that_may_be_none_is_hatched_among_the_quotations(gold_analysis: Analysis) -> None:
    first, *others = gold_analysis.statements
    doubted = replace(gold_analysis, statements=(replace(first, score=0.4), *others))
    notes = [text.get_text() for text in drawn("quotes_by_actor", doubted).texts]
    assert "Hatched: 1 of them uncertain (score below 0.5)." in notes
    assert not any(text.get_text().startswith("Hatched") for text in drawn("quotes_by_actor", gold_analysis).texts)


def test_a_word_of_a_title_does_not_stand_alone_on_its_second_line() -> None:
    title = "11 of 21 acts right; most often wrong: evaluation read as claim (2)"
    width = text_width(title.removesuffix(" (2)"), 12.0, "bold") + 0.05
    assert wrapped(title, width, 12.0, weight="bold")[1] == "(2)"
    first, second = balanced(title, width, 12.0, weight="bold")
    assert f"{first} {second}" == title
    assert text_width(second, 12.0, "bold") >= width / 4
