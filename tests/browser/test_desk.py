"""The desk in JupyterLab: filters, charts, text and statements follow each other, by mouse and by keyboard."""

from __future__ import annotations

import time
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from browsing import SCROLL_TO, THEME, column, faults, in_view, part, run_all, wait, widget_in_view
from PIL import Image
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from onrecord.export.read_back import inspect_file
from onrecord.report.run_notebooks import set_parameters

pytestmark = pytest.mark.browser
NOTEBOOK = "05_explore_by_actor"


def open_desk(browser: Chrome, lab, article: str = "", *, name: str = NOTEBOOK) -> WebElement:
    """The desk of the notebook, or of a copy of it on another article of the data folder."""
    if article:
        notebook = nbformat.read(lab.folder / f"{NOTEBOOK}.ipynb", as_version=4)
        set_parameters(notebook, ARTICLE=f"../data/{article}.txt")
        name = f"{NOTEBOOK}_{article}"
        nbformat.write(notebook, lab.folder / f"{name}.ipynb")
    browser.get(lab.url(f"{name}.ipynb"))
    outputs = [output for cell in run_all(browser) for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    box = widget_in_view(browser, "desk")
    wait(browser, lambda b: "<img" in part(box, "chart") and "onr-text" in part(box, "text"), "the desk is empty")
    return box


def every(box: WebElement, selector: str) -> list[WebElement]:
    return box.find_elements(By.CSS_SELECTOR, selector)


def one(box: WebElement, selector: str) -> WebElement:
    return box.find_element(By.CSS_SELECTOR, selector)


def field(box: WebElement, label: str) -> WebElement:
    """The form field with this label."""
    found = one(box, f'.onr-filters [aria-label="{label}"]')
    if not found.is_displayed():
        button(box, "Filters").click()
    return found


def button(box: WebElement, words: str) -> WebElement:
    return next(found for found in every(box, "button") if found.text.rstrip(" ▸▾") == words)


def lit(box: WebElement) -> set[str]:
    marks = every(box, "mark[data-statement]:not(.onr-off)")
    return {str(mark.get_attribute("data-statement")) for mark in marks}


def rows(box: WebElement) -> list[str]:
    """The ids in the table that can be seen."""
    return column(box, "id")


def chart_differs(box: WebElement, before: str, browser: Chrome) -> bool:
    return part(box, "chart") != before


def test_chart_text_and_table_follow_the_filter_and_lead_to_each_other(lab, browser: Chrome, screenshots: Path) -> None:
    box = open_desk(browser, lab)
    whole = part(box, "chart")
    assert lit(box) == set(rows(box))
    browser.save_screenshot(str(screenshots / "desk-1280.png"))

    actors = Select(field(box, "Actors"))
    name = str(actors.options[0].text).rpartition(" (")[0]
    actors.select_by_index(0)
    wait(browser, lambda b: set(column(box, "actor")) == {name}, "the table did not follow")
    wait(browser, lambda b: part(box, "chart") != whole, "the chart did not follow")
    assert set(column(box, "actor")) == {name}
    assert lit(box) == set(rows(box))
    assert f": {name}" in one(box, ".onrecord-filter-status").text

    bar = every(box, ".onr-spot")[0]
    ids = str(bar.get_attribute("data-ids")).split()
    bar.click()
    mark = one(box, f'mark[data-statement="{ids[0]}"]')
    wait(browser, lambda b: in_view(b, mark), "the bar did not lead into the text")
    chosen = {str(e.get_attribute("data-statement")) for e in every(box, "mark.onr-chosen")}
    assert chosen == {str(e.get_attribute("data-statement")) for e in every(box, "tr.onr-chosen")} == set(ids)
    browser.save_screenshot(str(screenshots / "desk-1280-picked.png"))

    other = next(m for m in every(box, "mark:not(.onr-off)") if m.get_attribute("data-statement") not in ids)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", other)
    ActionChains(browser).move_to_element(one(other, ".onr-tag")).click().perform()
    row = one(box, f'tr[data-statement="{other.get_attribute("data-statement")}"]')
    wait(browser, lambda b: "onr-chosen" in str(row.get_attribute("class")), "the statement did not show its row")
    assert in_view(browser, one(row, "th"))
    assert len(every(box, "tr.onr-chosen")) == 1


def test_every_control_narrows_and_reset_widens(lab, browser: Chrome) -> None:
    box = open_desk(browser, lab)
    everything = rows(box)
    Select(field(box, "Acts")).select_by_index(0)
    wait(browser, lambda b: 0 < len(rows(box)) < len(everything), "acts did not narrow")
    fewer = rows(box)
    Select(field(box, "Sources")).select_by_visible_text("unnamed only")
    wait(browser, lambda b: len(rows(box)) < len(fewer), "unnamed did not narrow")
    field(box, "Words").send_keys("no such words")
    wait(browser, lambda b: rows(box) == [], "words did not narrow")
    assert one(box, ".onrecord-filter-status").text.startswith(f"0 of {len(everything)} statements: ")
    assert "<img" in part(box, "chart")
    button(box, "Reset").click()
    wait(browser, lambda b: rows(box) == everything, "reset did not show all again")
    assert lit(box) == set(everything)


def test_a_reset_wins_over_what_is_being_typed_and_chosen(lab, browser: Chrome) -> None:
    """Without waiting: the search pauses, the kernel is busy, and the reset comes in between."""
    box = open_desk(browser, lab)
    everything = rows(box)
    words = field(box, "Words")
    actors = field(box, "Actors")
    for _ in range(4):
        actors.send_keys(Keys.ARROW_DOWN * 3)
        words.send_keys("zebra")
        button(box, "Reset").click()
        assert words.get_attribute("value") == ""
    wait(browser, lambda b: rows(box) == everything, "reset did not show all again")
    time.sleep(2)  # what comes late would come now
    assert rows(box) == everything
    assert one(box, ".onrecord-filter-status").text == f"all {len(everything)} statements"
    assert words.get_attribute("value") == ""
    assert Select(actors).all_selected_options == []


def test_a_filter_leads_to_its_first_hit_and_what_it_hides_is_no_longer_marked(lab, browser: Chrome) -> None:
    browser.set_window_size(1280, 900)
    box = open_desk(browser, lab)
    last = rows(box)[-1]
    one(box, f'tr[data-statement="{last}"] a').click()
    wait(browser, lambda b: every(box, "mark.onr-chosen"), "nothing was marked")
    actor = Select(field(box, "Actors"))
    chosen = str(every(box, f'tr[data-statement="{last}"] .onr-col-actor')[0].text)
    other = next(option.text for option in actor.options if not option.text.startswith(chosen))
    actor.select_by_visible_text(other)
    wait(browser, lambda b: last not in rows(box), "the filter did nothing")
    assert every(box, ".onr-chosen") == []
    first = one(box, f'mark[data-statement="{rows(box)[0]}"]')
    button(box, "Filters").click()
    wait(browser, lambda b: in_view(b, first), "the first hit is not in view")


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_table_of_ours_is_not_styled_by_the_page(lab, browser: Chrome, screenshots: Path, width: int) -> None:
    browser.set_window_size(width, 900)
    open_desk(browser, lab)
    browser.execute_script(SCROLL_TO, "assert statements")
    path = ".jp-RenderedHTMLCommon > .onr > .onr-table"
    table = wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, path), "no static table")
    browser.save_screenshot(str(screenshots / f"table-{width}.png"))
    cells = {name: one(table, f"tbody tr:nth-child(3) .onr-col-{name}") for name in ("paragraph", "content_words")}
    assert cells["content_words"].size["width"] > 3 * cells["paragraph"].size["width"]
    assert {cell.value_of_css_property("text-align") for cell in cells.values()} == {"left"}
    assert table.size["height"] < 4000


def test_the_keyboard_suffices(lab, browser: Chrome) -> None:
    box = open_desk(browser, lab)
    field(box, "Actors").send_keys(Keys.ARROW_DOWN)
    wait(browser, lambda b: len(set(column(box, "actor"))) == 1, "the arrow key did not choose")
    seen = []
    for _ in range(60):  # from the first field by Tab alone to the first bar
        ActionChains(browser).send_keys(Keys.TAB).perform()
        focused = browser.switch_to.active_element
        seen.append(focused.get_attribute("class"))
        if "onr-spot" in str(seen[-1]):
            break
    else:
        pytest.fail(f"Tab does not reach the chart: {seen}")
    bars = every(box, ".onr-spot")
    for key, bar in ((Keys.END, bars[-1]), (Keys.ARROW_LEFT, bars[-2]), (Keys.HOME, bars[0])):
        browser.switch_to.active_element.send_keys(key)
        assert browser.switch_to.active_element == bar
    ids = str(focused.get_attribute("data-ids")).split()
    focused.send_keys(Keys.ENTER)
    wait(browser, lambda b: "onr-tag" in str(b.switch_to.active_element.get_attribute("class")), "no way to the text")
    tag = browser.switch_to.active_element
    assert tag.text.startswith(ids[0])
    card = browser.find_element(By.ID, str(tag.get_attribute("aria-describedby")))
    assert card.is_displayed()
    assert "Cue:" in card.text
    tag.send_keys(Keys.ENTER)
    wait(browser, lambda b: b.switch_to.active_element.text == ids[0], "no way to the row")
    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element.text == rows(box)[rows(box).index(ids[0]) + 1]
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.switch_to.active_element == tag


def test_the_selection_is_saved_and_its_files_open(lab, browser: Chrome) -> None:
    box = open_desk(browser, lab)
    actors = Select(field(box, "Actors"))
    name = str(actors.options[0].text).rpartition(" (")[0]
    actors.select_by_index(0)
    wait(browser, lambda b: set(column(box, "actor")) == {name}, "the table did not follow")
    shown = rows(box)
    button(box, "Save …").click()
    wait(browser, lambda b: "Save selection" in [found.text for found in every(box, "button")], "no form")
    button(box, "Save selection").click()
    wait(browser, lambda b: one(box, ".onrecord-filter-saved").text.startswith("Saved"), "nothing was saved")
    names = one(box, ".onrecord-filter-saved").text.removeprefix("Saved: ").split(", ")
    saved = {path.suffix: path for path in (lab.exports / file for file in names) if "statements" not in path.stem}
    assert set(saved) == {".png", ".svg", ".pdf", ".csv", ".html"}
    assert all(inspect_file(path)["provenance"]["filter"] == name for path in saved.values())
    Image.open(BytesIO(saved[".png"].read_bytes())).verify()
    assert saved[".pdf"].read_bytes().startswith(b"%PDF")
    assert not zipfile.is_zipfile(saved[".csv"])
    table = next(lab.exports / file for file in names if file.startswith("statements") and file.endswith(".csv"))
    assert list(pd.read_csv(table)["id"]) == shown
    browser.get(saved[".html"].as_uri())
    assert lit(browser.find_element(By.TAG_NAME, "main")) == set(shown)


def test_axe_finds_no_serious_fault_in_either_theme(lab, browser: Chrome, screenshots: Path) -> None:
    box = open_desk(browser, lab)
    for words in ("Filters", "Save …"):
        button(box, words).click()
    assert faults(browser, ".onrecord-filter") == []
    browser.execute_async_script(THEME, "JupyterLab Dark")
    assert faults(browser, ".onrecord-filter") == []
    browser.set_window_size(1280, 1400)
    widget_in_view(browser, "desk")
    browser.save_screenshot(str(screenshots / "desk-1280-dark.png"))
    browser.set_window_size(1920, 1400)
    widget_in_view(browser, "desk")
    browser.save_screenshot(str(screenshots / "desk-1920-dark.png"))
    browser.execute_async_script(THEME, "JupyterLab Light")  # the server keeps it for the next test
    widget_in_view(browser, "desk")
    browser.save_screenshot(str(screenshots / "desk-1920.png"))


@pytest.mark.parametrize("article", ["long", "quiet"])
def test_a_long_article_and_one_in_which_nobody_speaks(lab, browser: Chrome, screenshots: Path, article: str) -> None:
    browser.set_window_size(1920, 1400)
    box = open_desk(browser, lab, article)
    browser.save_screenshot(str(screenshots / f"desk-1920-{article}.png"))
    if article == "quiet":
        assert rows(box) == []
        assert one(box, ".onrecord-filter-status").text == "no statements"
        return
    assert len(rows(box)) >= 40
    views = [found for found in every(box, ".widget-toggle-button") if not found.text.endswith("…")]
    for view in views[1:]:
        before = part(box, "chart")
        view.click()
        wait(browser, partial(chart_differs, box, before), f"no other chart: {view.text}")
        assert one(box, ".onrecord-filter-alert").text == ""
    last = rows(box)[-1]
    one(box, f'tr[data-statement="{last}"] a').click()
    wait(browser, lambda b: in_view(b, one(box, f'mark[data-statement="{last}"]')), "the row did not lead to the text")


def test_the_first_notebook_leads_from_a_finding_into_the_text(lab, browser: Chrome, screenshots: Path) -> None:
    browser.get(lab.url("00_start_here.ipynb"))
    outputs = [output for cell in run_all(browser) for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    browser.execute_script("window.jupyterapp.shell.currentWidget.content.scrollToItem(0, 'start')")
    browser.save_screenshot(str(screenshots / "00-start-1280.png"))
    link = wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, ".onrecord-findings a"), "no finding")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()
    mark = wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, "mark:target"), "the finding leads nowhere")
    wait(browser, lambda b: in_view(b, mark), "the finding did not lead into the text")
    assert str(mark.get_attribute("id")).endswith(link.text)
    assert faults(browser, ".onr-reading") == []
    browser.save_screenshot(str(screenshots / "00-start-1280-target.png"))
