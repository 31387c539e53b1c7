"""A figure with a title of the analyst's own and in another palette is still the same, whole figure."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from invented import invented_analysis
from numpy.typing import NDArray
from pictures import assert_texts_hold
from PIL import Image

from onrecord import charts, style, tables
from onrecord.charts import Chart
from onrecord.export import provenance_of, save_figure
from onrecord.records import OnrecordError

TITLES = {
    "shorter": "Two sides",
    "longer": "Who is for the plan, who is against it, and who of them says nothing on it at all",
}
VIEWS = {
    "stance_by_actor": tables.stance_by_actor,
    "stance_matrix": tables.stance_matrix,
    "acts_by_actor": tables.acts_by_actor,
    "dispute_board": tables.disputes,
    "timeline": tables.timeline,
    "network": tables.network,
    "words_by_side": tables.words_by_side,
}


def drawn(name: str, size: str = "medium") -> Chart:
    table = VIEWS[name](invented_analysis(12))
    chart: Chart = getattr(charts, name)(table, source="The Paper. All statements.", size=size)
    return chart


def pixels(chart: Chart) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(chart.screen_png())).convert("RGB"))


@pytest.mark.parametrize(
    ("name", "size"), [*((name, "small") for name in VIEWS), ("stance_by_actor", "medium"), ("dispute_board", "large")]
)
@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_ones_own_takes_its_lines_and_moves_nothing(name: str, title: str, size: str) -> None:
    plain, chart = drawn(name, size), charts.finish(drawn(name, size), title=TITLES[title])
    assert chart.get_suptitle().replace("\n", " ") == chart.caption.title == TITLES[title]
    assert_texts_hold(chart)
    below = [text for text in plain.texts if text.get_text() != plain.get_suptitle()]
    kept = [text for text in chart.texts if text.get_text() != chart.get_suptitle()]
    assert [text.get_text() for text in kept] == [text.get_text() for text in below]
    assert np.allclose([t.get_window_extent().bounds for t in kept], [t.get_window_extent().bounds for t in below])


@pytest.mark.parametrize("title", TITLES)
def test_places_that_lead_to_statements_move_with_the_picture(title: str) -> None:
    plain, chart = drawn("stance_by_actor"), charts.finish(drawn("stance_by_actor"), title=TITLES[title])

    def from_bottom(of: Chart) -> list[tuple[float, float]]:
        high = of.get_figheight()
        return [(high * (1 - top), high * height) for _, top, _, height in (spot.box for spot in of.spots)]

    assert np.allclose(from_bottom(chart), from_bottom(plain))


def test_what_stands_in_the_file_is_the_title_that_is_seen(tmp_path: Path) -> None:
    chart = charts.finish(drawn("stance_by_actor"), title="  Two \n sides ")
    saved = save_figure(chart, tmp_path / "a", provenance=provenance_of(invented_analysis(12)), formats=["png", "svg"])
    with Image.open(saved[0]) as image:
        assert image.info["Title"] == "Two sides"
        assert image.info["Description"] == drawn("stance_by_actor").alt
    assert "<title>Two sides</title>" in saved[1].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", VIEWS)
def test_grey_is_grey_and_dark_is_dark(name: str) -> None:
    grey = pixels(charts.finish(drawn(name), palette="grey")).astype(int)
    assert (grey.max(axis=2) - grey.min(axis=2)).max() <= 2
    dark = pixels(charts.finish(drawn(name), palette="dark"))
    assert np.median(dark) < 40
    assert (pixels(charts.finish(drawn(name))) == pixels(drawn(name))).all()


def test_the_saved_figure_has_the_ground_of_its_palette(tmp_path: Path) -> None:
    chart = charts.finish(drawn("stance_by_actor"), palette="dark")
    origin = provenance_of(invented_analysis(12))
    png, svg = save_figure(chart, tmp_path / "a", provenance=origin, formats=["png", "svg"])
    with Image.open(png) as image:
        assert image.convert("RGB").getpixel((2, 2)) == (0x12, 0x12, 0x12)
    assert "#ffffff" not in svg.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("name", VIEWS)
def test_no_words_call_a_colour_that_a_palette_turns_over(name: str) -> None:
    words = " ".join(text.get_text() for text in drawn(name).texts).replace(drawn(name).get_suptitle(), "")
    assert not re.search(r"\b(dark|light|black|white|grey)", words)


@pytest.mark.parametrize("palette", style.PALETTES)
def test_letters_stand_out_in_every_palette(palette: str) -> None:
    """4.5 to 1, as WCAG 2.2 asks of text."""
    grounds = [style.FAVOR, style.AGAINST, style.NONE, style.DENIAL, style.ACCUSATION, style.OTHER_ACT]
    pairs = [(style.letters_on(ground), ground) for ground in (*grounds, style.QUOTED, style.REPORTED)]
    pairs += [(letters, ground) for ground, letters in map(style.shade, (0, 0.1, 0.3, 0.6, 0.9))]
    inks = [style.INK, style.SOFT_INK, style.FAVOR, style.AGAINST, style.DENIAL, style.ACCUSATION]
    pairs += [(ink, style.PAPER) for ink in inks]
    seen = {
        (letters, ground): style.contrast(style.in_palette(letters, palette), style.in_palette(ground, palette))
        for letters, ground in pairs
    }
    assert {pair for pair, contrast in seen.items() if contrast < 4.5} == set()


def test_stances_stay_apart_without_colour() -> None:
    shades = [style.in_palette(color, "grey") for color in (style.FAVOR, style.AGAINST, style.NONE)]
    assert min(style.contrast(one, other) for one, other in pairwise(shades)) > 2


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"palette": "sepia"}, "there is no palette 'sepia'. Choose from: colour, grey, dark."),
        ({"title": "a long title " * 20}, "more than two lines of this size: “a long title"),
    ],
)
def test_what_cannot_be_done_is_told(choice: dict[str, str], message: str) -> None:
    with pytest.raises(OnrecordError) as error:
        charts.finish(drawn("stance_by_actor"), **choice)
    assert message in str(error.value)
