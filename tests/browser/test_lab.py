"""Each notebook in JupyterLab as the analyst uses it: run all cells, filter by actor, look, reset."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import OUTSIDE, column, keep_whole, part, run_all, wait, widget_in_view
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

ROOT = Path(__file__).parents[2]
#: Those with a filter box: 00 only shows the article, 07 has the editor, 09 compares with gold.
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem[:2] not in ("00", "07", "09"))

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_in_jupyterlab(lab, browser: Chrome, screenshots: Path, name: str):
    browser.get(lab.url(f"{name}.ipynb"))
    cells = run_all(browser)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"] == []
    assert any('<img src="data:image/png' in "".join(o.get("data", {}).get("text/html", "")) for o in outputs)

    source = next(cell["source"] for cell in cells if cell["source"].startswith(("filter_by_actor", "desk")))
    box = widget_in_view(browser, source)
    wait(browser, lambda b: "<img" in part(box, "chart"), "no chart")
    actors_field = box.find_element(By.TAG_NAME, "select")
    if not actors_field.is_displayed():  # the desk has more filters than one: they unfold
        next(button for button in box.find_elements(By.TAG_NAME, "button") if "Filters" in button.text).click()
    select = Select(actors_field)
    actors = [option.text for option in select.options]
    assert len(actors) > 2
    before = {piece: part(box, piece) for piece in ("status", "chart", "table")}
    height = box.size["height"]
    browser.save_screenshot(str(screenshots / f"{name}-widget.png"))

    chosen, other = actors[0].rpartition(" (")[0], actors[1].rpartition(" (")[0]
    select.select_by_index(0)
    wait(browser, lambda b: part(box, "status") != before["status"], "the words of the filter did not follow")
    wait(browser, lambda b: part(box, "chart") != before["chart"], "the chart did not follow")
    wait(browser, lambda b: "disputes" in source or other not in column(box, "actor"), "the table did not follow")
    assert chosen in box.find_element(By.CSS_SELECTOR, ".onrecord-filter-status").text
    if "disputes" not in source:  # a dispute is shown whole, with whoever else takes part in it
        assert chosen in column(box, "actor")
    assert box.find_element(By.CSS_SELECTOR, ".onrecord-filter-alert").text == ""
    assert box.size["height"] == height
    browser.save_screenshot(str(screenshots / f"{name}-filtered.png"))

    next(button for button in box.find_elements(By.TAG_NAME, "button") if button.text == "Reset").click()
    wait(browser, lambda b: part(box, "status") == before["status"], "reset did not show all again")
    wait(browser, lambda b: other in part(box, "table"), "reset did not bring the table back")
    keep_whole(browser, screenshots / f"{name}.png")
    assert [entry for entry in browser.get_log("browser") if any(word in entry["message"] for word in OUTSIDE)] == []
