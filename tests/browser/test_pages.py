"""Pages that need neither JupyterLab nor a script: each part leads to its place in the text and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import faults, in_view
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from onrecord.export.provenance import provenance_of
from onrecord.reading.view import reading_view
from onrecord.records import Analysis
from onrecord.report import save_report
from onrecord.report.run_notebooks import run_notebook, write_page

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


def report_page(analysis: Analysis, folder: Path) -> Path:
    return save_report(analysis, folder / "report", provenance=provenance_of(analysis))[0]


def article_page(analysis: Analysis, folder: Path) -> Path:
    path = folder / "article.html"
    path.write_text(reading_view(analysis, standalone=True), encoding="utf-8")
    return path


def notebook_page(analysis: Analysis, folder: Path) -> Path:
    article = ROOT / "data" / "haqqani-2011" / "article.txt"
    notebook = run_notebook(ROOT / "notebooks" / "05_explore_by_actor.ipynb", article=article, exports=folder)
    return write_page(notebook, folder / "05_explore_by_actor", provenance_of(analysis))


PAGES = {"report": report_page, "article": article_page, "notebook": notebook_page}


def follow(browser: Chrome, link: WebElement) -> None:
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    ActionChains(browser).move_to_element(link).click().perform()
    away = ActionBuilder(browser)  # a label that the page brings below the pointer would show its card
    away.pointer_action.move_to_location(2, 2)
    away.perform()


def marked(browser: Chrome) -> set[str]:
    """The statements that stand out as those that a link has led to."""
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('mark')].filter(m => getComputedStyle(m).outlineStyle === 'solid')"
        ".map(m => m.dataset.statement)"
    )
    return set(found)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_the_text_and_back(
    gold_analysis: Analysis, browser: Chrome, screenshots: Path, tmp_path: Path, name: str
) -> None:
    make: Callable[[Analysis, Path], Path] = PAGES[name]
    browser.get(make(gold_analysis, tmp_path).as_uri())
    browser.save_screenshot(str(screenshots / f"page-{name}-1280.png"))
    follow(browser, browser.find_element(By.CSS_SELECTOR, "tr[id] a"))
    mark = browser.find_element(By.CSS_SELECTOR, "mark:target")
    assert in_view(browser, mark)
    tag = mark.find_element(By.CSS_SELECTOR, ".onr-tag")
    tag.click()
    row = browser.find_element(By.CSS_SELECTOR, "tr:target")
    assert row.get_attribute("id") == f"row-{mark.get_attribute('data-statement')}"
    assert in_view(browser, row.find_element(By.CSS_SELECTOR, "td, th"))


@pytest.mark.parametrize("name", ["report", "notebook"])
def test_a_bar_marks_all_of_its_statements(
    gold_analysis: Analysis, browser: Chrome, screenshots: Path, tmp_path: Path, name: str
) -> None:
    browser.get(PAGES[name](gold_analysis, tmp_path).as_uri())
    bars = browser.find_elements(By.CSS_SELECTOR, ".onr-spot")
    several = next(bar for bar in bars if " " in str(bar.get_attribute("data-ids")))
    single = next(bar for bar in bars if " " not in str(bar.get_attribute("data-ids")))
    for bar in (several, single):
        follow(browser, bar)
        ids = str(bar.get_attribute("data-ids")).split()
        assert marked(browser) == set(ids)
        assert in_view(browser, browser.find_element(By.ID, f"stmt-{ids[0]}"))
        browser.save_screenshot(str(screenshots / f"page-{name}-1280-marked-{len(ids) > 1}.png"))
    assert faults(browser, "main") == []


@pytest.mark.parametrize("name", ["report", "article"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    gold_analysis: Analysis, browser: Chrome, screenshots: Path, tmp_path: Path, name: str, scheme: str
) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get(PAGES[name](gold_analysis, tmp_path).as_uri())
    assert faults(browser, "main") == []
    browser.set_window_size(1920, 1200)
    browser.save_screenshot(str(screenshots / f"page-{name}-1920-{scheme}.png"))


def test_a_card_shows_on_hover_and_on_focus(gold_analysis: Analysis, browser: Chrome, tmp_path: Path) -> None:
    browser.get(article_page(gold_analysis, tmp_path).as_uri())
    tag = browser.find_element(By.CSS_SELECTOR, "#stmt-S20 > .onr-tag")
    card = browser.find_element(By.ID, "card-S20")
    assert not card.is_displayed()
    browser.execute_script("arguments[0].focus()", tag)
    assert card.is_displayed()
    browser.execute_script("arguments[0].blur()", tag)
    assert not card.is_displayed()
    ActionChains(browser).move_to_element(tag).perform()
    assert card.is_displayed()
    for word in ("Source:", "Cue:", "Actor:", "Denial", "Found with score:"):
        assert word in card.text
