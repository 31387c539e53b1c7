"""What the browser tests share: a notebook in JupyterLab run and looked at, axe, pictures."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

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
THEME = """
const [theme, done] = arguments;
window.jupyterapp.commands.execute('apputils:change-theme', {theme}).then(() => {
  // the start screen covers the page while the theme changes
  const shown = () => document.body.dataset.jpThemeName === theme && !document.getElementById('jupyterlab-splash');
  const look = () => shown() ? done() : setTimeout(look, 100);
  look();
});
"""


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
    cells = [row.find_elements(By.CSS_SELECTOR, "td, th") for row in rows if row.is_displayed()]
    return [row[heads.index(name)].text for row in cells]


@functools.cache
def _axe() -> str:
    """axe-core by Deque (MPL 2.0), as the package selenium-axe-python brings it."""
    return files("selenium_axe_python").joinpath("axe-core", "axe.min.js").read_text(encoding="utf-8")


def faults(browser: Chrome, part: str) -> list[str]:
    """The serious and critical faults that axe finds in the part of the page, one a line."""
    browser.execute_script(_axe())
    found = browser.execute_async_script(
        "const done = arguments[1]; axe.run(arguments[0]).then(done, error => done({error: String(error)}));", part
    )
    assert "error" not in found, found["error"]
    assert found["passes"], "axe has looked at nothing"
    return [
        f"{fault['id']} ({fault['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"][:3]
    ]


def in_view(browser: Chrome, element: WebElement) -> bool:
    """Whether a reader sees the beginning of the element: it lies on top at its own place."""
    return bool(
        browser.execute_script(
            "const box = arguments[0].getClientRects()[0]; const x = box.left + 2, y = box.top + box.height / 2;"
            "const top = document.elementFromPoint(x, y); return !!top && arguments[0].contains(top);",
            element,
        )
    )


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
