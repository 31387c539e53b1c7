"""Each notebook in JupyterLab as the analyst uses it: run all cells, filter by actor, look, reset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

ROOT = Path(__file__).parents[2]
#: Those with a widget: the first one only shows the article, the last one compares with gold.
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem[:2] not in ("00", "09"))
PATIENCE = 240
#: What went wrong elsewhere than on this machine: a page that needs the network.
OUTSIDE = ("ERR_NAME_NOT_RESOLVED", "ERR_INTERNET_DISCONNECTED")

CELLS = """
const notebook = window.jupyterapp?.shell?.currentWidget?.content;
const code = notebook?.widgets?.filter(cell => cell.model.type === 'code') ?? [];
return code.map(cell => ({
  source: cell.model.sharedModel.getSource(),
  count: cell.model.executionCount,
  outputs: cell.model.outputs.toJSON(),
}));
"""
SCROLL_TO = """
const notebook = window.jupyterapp.shell.currentWidget.content;
const index = notebook.widgets.findIndex(cell => cell.model.sharedModel.getSource().startsWith(arguments[0]));
notebook.activeCellIndex = index;
return notebook.scrollToItem(index, 'start').then(() => index);
"""

pytestmark = pytest.mark.browser


def wait(browser: Chrome, what: Callable[[Chrome], Any], message: str) -> Any:
    return WebDriverWait(browser, PATIENCE, 0.2).until(what, message)


def run_all(browser: Chrome) -> list[dict[str, Any]]:
    """Runs every cell; the code cells with their outputs once the last one has run."""
    wait(browser, lambda b: b.execute_script(CELLS), "the notebook did not open")
    browser.execute_async_script(
        "const done = arguments[0]; const app = window.jupyterapp;"
        "app.shell.currentWidget.sessionContext.ready.then("
        "() => app.commands.execute('notebook:run-all-cells')).then(() => done(), () => done());"
    )
    wait(browser, lambda b: all(cell["count"] for cell in b.execute_script(CELLS)), "not every cell ran")
    cells: list[dict[str, Any]] = browser.execute_script(CELLS)
    return cells


def widget_in_view(browser: Chrome, source: str) -> WebElement:
    browser.execute_script(SCROLL_TO, source)
    box: WebElement = wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, ".onrecord-filter"), "no filter box")
    return box


def part(box: WebElement, name: str) -> str:
    """The HTML of a part of the box: its words, its error, its chart or its table."""
    html = box.find_element(By.CSS_SELECTOR, f".onrecord-filter-{name}").get_attribute("innerHTML")
    return str(html)


def column(box: WebElement, name: str) -> list[str]:
    """The cells of the column of that name in the box's table."""
    table = box.find_element(By.CSS_SELECTOR, ".onrecord-filter-table table")
    heads = [head.text for head in table.find_elements(By.CSS_SELECTOR, "thead th")]
    rows = table.find_elements(By.CSS_SELECTOR, "tbody tr")
    return [row.find_elements(By.TAG_NAME, "td")[heads.index(name)].text for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_in_jupyterlab(lab, browser: Chrome, screenshots: Path, name: str):
    browser.get(lab.url(f"{name}.ipynb"))
    cells = run_all(browser)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    assert any('<img src="data:image/png' in "".join(o.get("data", {}).get("text/html", "")) for o in outputs)

    source = next(cell["source"] for cell in cells if cell["source"].startswith(("filter_by_actor", "desk")))
    box = widget_in_view(browser, source)
    select = Select(box.find_element(By.TAG_NAME, "select"))
    actors = [option.text for option in select.options]
    assert len(actors) > 2
    before = {piece: part(box, piece) for piece in ("status", "chart", "table")}
    assert "<img" in before["chart"]
    height = box.size["height"]
    browser.save_screenshot(str(screenshots / f"{name}-widget.png"))

    chosen, other = actors[0].rpartition(" (")[0], actors[1].rpartition(" (")[0]
    select.select_by_index(0)
    wait(browser, lambda b: part(box, "status") != before["status"], "the words of the filter did not follow")
    wait(browser, lambda b: part(box, "chart") != before["chart"], "the chart did not follow")
    wait(browser, lambda b: part(box, "table") != before["table"], "the table did not follow")
    assert chosen in box.find_element(By.CSS_SELECTOR, ".onrecord-filter-status").text
    if "disputes" not in source:  # a dispute is shown whole, with whoever else takes part in it
        assert chosen in column(box, "actor")
        assert other not in column(box, "actor")
    assert box.find_element(By.CSS_SELECTOR, ".onrecord-filter-alert").text == ""
    assert box.size["height"] == height
    browser.save_screenshot(str(screenshots / f"{name}-filtered.png"))

    next(button for button in box.find_elements(By.TAG_NAME, "button") if button.text == "Reset").click()
    wait(browser, lambda b: part(box, "status") == before["status"], "reset did not show all again")
    wait(browser, lambda b: part(box, "table") == before["table"], "reset did not bring the table back")
    keep_whole(browser, screenshots / f"{name}.png")
    assert [entry for entry in browser.get_log("browser") if any(word in entry["message"] for word in OUTSIDE)] == []


def keep_whole(browser: Chrome, path: Path) -> None:
    """A picture of the whole notebook: the screen is made as high as its content."""
    browser.execute_script("window.jupyterapp.shell.currentWidget.content.scrollToItem(0, 'start')")
    height = max(
        browser.execute_script("return [...document.querySelectorAll('.jp-Notebook *')].map(e => e.scrollHeight)")
    )
    screen = {"width": 1280, "height": min(int(height) + 200, 12_000), "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    wait(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output img")) > 0, "no figures")
    browser.save_screenshot(str(path))
