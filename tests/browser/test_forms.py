"""Actors put right at the desk in JupyterLab, and all views of a selection saved from it, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import nbformat
import openpyxl
import pytest
from browsing import column, faults, run_all, wait, widget_in_view
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from onrecord.names import read_actors
from onrecord.report.run_notebooks import set_parameters

pytestmark = pytest.mark.browser


@pytest.fixture
def box(lab, browser: Chrome) -> WebElement:
    """The desk of notebook 05 with the fast engine, at the size of a small screen."""
    browser.set_window_size(1280, 900)
    notebook = nbformat.read(lab.folder / "05_explore_by_actor.ipynb", as_version=4)
    set_parameters(notebook, ENGINE="fast", EXPORTS="../put-right/exports")
    nbformat.write(notebook, lab.folder / "05_fast.ipynb")
    browser.get(lab.url("05_fast.ipynb"))
    run_all(browser)
    return widget_in_view(browser, "desk")


def press(box: WebElement, words: str) -> None:
    """Presses a button as the keyboard does."""
    next(b for b in box.find_elements(By.TAG_NAME, "button") if b.text.startswith(words)).send_keys(Keys.ENTER)


def field(box: WebElement, label: str) -> WebElement:
    """The field of a form with this label before it."""
    path = f".//label[normalize-space()='{label}']/following-sibling::*"
    found: WebElement = wait(box.parent, lambda _: box.find_element(By.XPATH, path), f"no field {label}")
    return found


def told(box: WebElement, part: str) -> str:
    found = box.find_elements(By.CSS_SELECTOR, f".onrecord-filter-{part}")
    return str(found[0].text) if found else ""


def test_two_actors_become_one_and_two_again(lab, browser: Chrome, box: WebElement, screenshots: Path) -> None:
    before = column(box, "actor")
    press(box, "Actors")
    Select(field(box, "Actor")).select_by_visible_text("Michael Mullen")
    ActionChains(browser).send_keys(Keys.TAB, "Mark", Keys.TAB, Keys.TAB).perform()
    assert browser.switch_to.active_element.text == "Put right"
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    wait(browser, lambda b: "Written into" in told(box, "told"), "nothing was written")
    wait(browser, lambda b: "Michael Mullen" not in column(box, "actor"), "they are still two")
    assert told(box, "alert") == ""
    assert column(box, "actor").count("Mark Toner") == sum(before.count(n) for n in ("Mark Toner", "Michael Mullen"))
    table = lab.folder.parent / "put-right" / "actors.csv"
    assert read_actors(table).same_as == {"Michael Mullen": "Mark Toner"}
    assert faults(browser, ".onrecord-filter") == []
    browser.save_screenshot(str(screenshots / "desk-1280-actors.png"))
    press(box, "Undo")
    wait(browser, lambda b: "Taken back" in told(box, "told"), "nothing was taken back")
    wait(browser, lambda b: column(box, "actor") == before, "they are still one")
    assert not table.exists()


def test_all_views_are_saved_as_workbooks_too(lab, browser: Chrome, box: WebElement, screenshots: Path) -> None:
    press(box, "Save …")
    Select(field(box, "Save")).select_by_visible_text("all views")
    Select(field(box, "Tables as")).select_by_visible_text("CSV and Excel")
    Select(field(box, "Palette")).select_by_visible_text("grey, for print")
    assert faults(browser, ".onrecord-filter") == []
    press(box, "Save selection")
    wait(browser, lambda b: told(box, "saved").startswith("Saved: "), "nothing was saved")
    browser.save_screenshot(str(screenshots / "desk-1280-saved.png"))
    folder = lab.folder.parent / "put-right" / "exports"
    book = openpyxl.load_workbook(folder / "statements.xlsx")
    assert book.worksheets[0].max_row == len(column(box, "id")) + 1
    assert {"stance_matrix.png", "acts_by_actor.xlsx", "network.svg", "article.html"} <= {
        p.name for p in folder.iterdir()
    }
