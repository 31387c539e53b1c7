"""The editor in JupyterLab: from the machine's reading to every gold label by keys alone, kept on disk, and seen."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browsing import THEME, faults, run_all, wait
from invented import long_article
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from onrecord import charts, tables
from onrecord.corrections import Coder, Coding, corrections_file
from onrecord.editor.sitting import Sitting
from onrecord.pipeline import analyze
from onrecord.records import ACTS, Statement
from onrecord.report.run_notebooks import set_parameters
from towards_gold import Command, commands, plain

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
NOTEBOOK = "07_put_it_right"
SHOW = """
const notebook = window.jupyterapp.shell.currentWidget.content;
const index = notebook.widgets.findIndex(cell => cell.model.sharedModel.getSource() === 'box');
notebook.activeCellIndex = index;
return notebook.scrollToItem(index, 'start').then(() => index);
"""
#: Milliseconds from a key to the answer on the screen.
SOON, SOON_WITH_300 = 100, 200


class Screen:
    """The editor on a copy of an article, driven by keys."""

    def __init__(self, browser: Chrome, lab: Any, name: str, text: str) -> None:
        self.browser = browser
        self.article = lab.folder.parent / "data" / f"{name}.txt"
        self.article.write_text(text, encoding="utf-8", newline="")
        corrections_file(self.article).unlink(missing_ok=True)
        notebook = nbformat.read(lab.folder / f"{NOTEBOOK}.ipynb", as_version=4)
        set_parameters(notebook, ARTICLE=f"../data/{name}.txt", CODER="Ann Lee", ORDER="text")
        nbformat.write(notebook, lab.folder / f"{NOTEBOOK}_{name}.ipynb")
        browser.get(lab.url(f"{NOTEBOOK}_{name}.ipynb"))
        outputs = [output for cell in run_all(browser) for output in cell["outputs"]]
        assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []
        self.show()
        self.reactions: list[int] = []

    def show(self) -> None:
        self.browser.execute_script(SHOW)
        wait(self.browser, lambda b: b.find_element(By.CSS_SELECTOR, ".onr-editor"), "no editor")
        self.browser.execute_script("document.querySelector('.onr-editor').focus({preventScroll: true})")

    def ask(self, script: str) -> Any:
        return self.browser.execute_script(f"const root = document.querySelector('.onr-editor'); return {script};")

    @property
    def at(self) -> str:
        return str(self.ask("root.querySelector('.onr-e-tag-now').textContent.split(' ')[0]"))

    def keys(self, *keys: str, shift: bool = False) -> None:
        chain = ActionChains(self.browser, duration=0)
        for key in keys:
            chain = chain.key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT) if shift else chain.send_keys(key)
        chain.perform()

    def press(self, *keys: str, shift: bool = False) -> None:
        """Keys of which the last one is answered by Python: returns when the answer is on the screen."""
        turn = self.ask("Number(root.dataset.turn ?? 0)")
        self.keys(*keys, shift=shift)
        wait(self.browser, lambda b: self.ask("Number(root.dataset.turn ?? 0)") > turn, f"no answer to {keys}")
        self.reactions.append(int(self.ask("root.dataset.reaction")))
        assert self.ask("root.querySelector('[role=alert]').textContent") == ""

    def answers_within(self, limit: int) -> None:
        """Half of the keys, for one may fall on the drawing of the chart; a machine with other work tells nothing."""
        if os.getloadavg()[0] < (os.cpu_count() or 1):
            assert statistics.median(self.reactions) < limit

    def choose(self, listbox: str, wanted: Callable[[str], bool]) -> None:
        """Moves by arrows to the option in the list of this name."""
        options = self.ask(
            f"[...root.querySelector('[data-key={listbox}]').children].map(o => o.firstChild.textContent)"
        )
        place = next(number for number, words in enumerate(options) if wanted(words))
        now = self.ask(
            f"[...root.querySelector('[data-key={listbox}]').children].findIndex(o => o.ariaSelected === 'true')"
        )
        self.keys(*[Keys.ARROW_DOWN if place > now else Keys.ARROW_UP] * abs(place - now))


def do(screen: Screen, sitting: Sitting, command: Command) -> None:
    """The keys for a command, pressed in the browser."""
    what = command["do"]
    if what == "goto":
        while screen.at != command["id"]:
            screen.press(Keys.ARROW_RIGHT)
    elif what in ("accept", "reject"):
        screen.press({"accept": Keys.ENTER, "reject": "x"}[what])
    elif what == "add":
        here = sitting.analysis.statement(sitting.at)
        screen.keys("+")
        move(screen, sitting, [[max(here.content[0].start - 2, 0)] * 2], command["content"])
    elif what == "stance":
        take_stance(screen, command)
    elif what == "link":
        if command.get("to"):
            screen.keys("l")
            screen.choose("chooser", lambda words: words == command["to"])
            screen.press(Keys.ENTER)
        else:
            screen.press("r", command["about"], Keys.ENTER)
    else:
        decide(screen, sitting, command)


def decide(screen: Screen, sitting: Sitting, command: Command) -> None:
    label, value = command["label"], command["value"]
    if label in ("source", "cue", "content"):
        here: Statement = sitting.analysis.statement(sitting.at)
        screen.keys({"source": "s", "cue": "c", "content": "q"}[label])
        had = [list(span) for span in getattr(here, label)]
        move(screen, sitting, had or [[max(here.content[0].start - 2, 0)] * 2], value)
    elif label == "act":
        screen.press("1234567890"[ACTS.index(value)])
    elif label in ("hedged", "named"):
        screen.press({"hedged": "h", "named": "d"}[label])
    else:
        screen.press({"actor": "w", "side": "p"}[label], value or Keys.DELETE, Keys.ENTER)


def move(screen: Screen, sitting: Sitting, had: list[list[int]], wanted: list[list[int]]) -> None:
    """Moves the part that is being changed to where it is wanted, by words."""
    if not wanted:
        screen.press(Keys.BACKSPACE, Keys.ENTER)
        return
    words = sitting.analysis.tokens.words

    def index(offset: int) -> int:
        return max(number for number, word in enumerate(words) if word.start <= offset or number == 0)

    kept = [span for span in had if span[1] > wanted[0][0]] if len(wanted) > 1 else []
    kept = kept or had[-1:]
    screen.keys(*[Keys.DELETE] * (len(had) - len(kept)))
    had = kept
    first, last = index(had[0][0]), index(max(had[-1][1] - 1, had[0][0]))
    to_first, to_last = index(wanted[0][0]), index(wanted[-1][1] - 1)
    if len(wanted) == 1 and (to_first > last or to_last < first):
        by = to_first - first
        pages, steps = divmod(abs(by), 10)
        keys = (Keys.PAGE_DOWN, Keys.ARROW_DOWN) if by > 0 else (Keys.PAGE_UP, Keys.ARROW_UP)
        screen.keys(*[keys[0]] * pages, *[keys[1]] * steps)
        first, last = to_first, last + by
    screen.keys(*[Keys.ARROW_RIGHT if to_last > last else Keys.ARROW_LEFT] * abs(to_last - last))
    screen.keys(*[Keys.ARROW_RIGHT if to_first > first else Keys.ARROW_LEFT] * abs(to_first - first), shift=True)
    screen.press(Keys.ENTER)


def take_stance(screen: Screen, command: Command) -> None:
    target = command["target"]
    names = screen.ask("[...root.querySelector('[data-key=targets]').children].map(o => o.firstChild.textContent)")
    if target not in names:
        screen.keys("t", target, Keys.ENTER)
    else:
        screen.choose("targets", lambda words: words == target)
    kind = screen.ask("root.querySelector('[data-key=targets] [aria-selected=true] small').textContent.trim()")
    if command["polarity"] != "none" and kind != command["target_type"]:
        turn = screen.ask("root.dataset.turn ?? 0")
        screen.keys("i")
        time.sleep(0.3)
        if screen.ask("root.dataset.turn ?? 0") != turn:
            screen.choose("targets", lambda words: words == target)
    screen.press({"favor": "f", "against": "a", "none": "n"}[command["polarity"]])


def picture(screen: Screen) -> str:
    return str(screen.ask("root.querySelector('.onr-e-picture img')?.alt ?? ''"))


def test_from_the_machines_reading_to_every_gold_label_by_keys_alone(
    lab: Any, browser: Chrome, screenshots: Path, gold_statements: tuple[Statement, ...]
) -> None:
    text = (ROOT / "data" / "haqqani-2011" / "article.txt").read_bytes().decode("utf-8")
    screen = Screen(browser, lab, "own", text)
    browser.save_screenshot(str(screenshots / "editor-1280.png"))
    file, machine = corrections_file(screen.article), analyze(screen.article, corrections=False)
    sitting = Sitting(Coding(machine, file, Coder("Ann Lee")), order="text", seed=7, other=None)
    for command in commands(sitting, gold_statements):
        do(screen, sitting, command)
        sitting.coding.reload()  # what is on the screen is on disk
        sitting.at = screen.at
    reading = analyze(screen.article)
    assert sorted(map(str, map(plain, reading.statements))) == sorted(map(str, map(plain, gold_statements)))
    assert screen.ask("root.querySelector('.onr-e-head strong').textContent").split(" ")[0] == str(
        len(gold_statements) + sum(s.id not in {x.id for x in reading.statements} for s in machine.statements)
    )
    drawn = charts.stance_by_actor(tables.stance_by_actor(reading), source="")
    wait(browser, lambda b: picture(screen) == drawn.alt, "the chart did not follow")
    browser.save_screenshot(str(screenshots / "editor-1280-done.png"))
    screen.answers_within(SOON)


def test_undo_redo_blind_and_each_chart_follows(lab: Any, browser: Chrome, screenshots: Path) -> None:
    text = (ROOT / "data" / "haqqani-2011" / "article.txt").read_bytes().decode("utf-8")
    screen = Screen(browser, lab, "undone", text)
    for name in ("Stances", "Targets", "Acts", "Disputes"):
        browser.execute_script(
            "const s = document.querySelector('.onr-e-foot select'); s.value = arguments[0];"
            "s.dispatchEvent(new Event('change', {bubbles: true}));",
            name,
        )
        time.sleep(1)
        before = picture(screen)
        screen.press("1" if name in ("Acts", "Disputes") else "a")
        if name == "Disputes":
            screen.keys("l")
            screen.choose("chooser", lambda words: words == "S10")
            screen.press(Keys.ENTER)
        wait(browser, lambda b, old=before: picture(screen) not in ("", old), f"{name} did not follow")  # type: ignore[misc]
        screen.press("u")
        if name == "Disputes":
            screen.press("u")
        wait(browser, lambda b, old=before: picture(screen) == old, f"{name} did not follow the undo")  # type: ignore[misc]
        screen.press("U")
        screen.press("u")
    screen.press("b")
    assert screen.ask("root.querySelectorAll('.onr-e-acts [aria-pressed=true]').length") == 0
    screen.press(Keys.ENTER)  # shows what the machine says
    assert screen.ask("root.querySelectorAll('.onr-e-acts [aria-pressed=true]').length") == 1
    screen.keys("?")
    browser.save_screenshot(str(screenshots / "editor-1280-keys.png"))
    assert "accept" in screen.ask("root.querySelector('.onr-e-keys').textContent")


def test_axe_finds_no_serious_fault_in_either_theme(lab: Any, browser: Chrome, screenshots: Path) -> None:
    screen = Screen(browser, lab, "axe", long_article()[:4000])
    screen.press("6")
    screen.press(Keys.ENTER)
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        browser.execute_async_script(THEME, theme)
        for width in (1280, 1920):
            browser.set_window_size(width, 1300)
            screen.show()
            assert faults(browser, ".onr-editor") == []
            browser.save_screenshot(str(screenshots / f"editor-{width}-{theme.split()[1].lower()}.png"))


def test_with_three_hundred_statements_a_key_is_still_answered_soon(lab: Any, browser: Chrome) -> None:
    lines = long_article().strip().split("\n\n")
    text = "\n\n".join([lines[0], *(line.replace("bridge", f"bridge {n}") for n in range(6) for line in lines[1:])])
    screen = Screen(browser, lab, "long300", text)
    count = int(str(screen.ask("root.querySelector('.onr-e-head strong').textContent")).split(" of ")[1].split()[0])
    assert count >= 300
    for _ in range(8):
        screen.press("9")
        screen.press(Keys.ENTER)
    screen.answers_within(SOON_WITH_300)


def test_a_second_notebook_sees_what_the_first_has_written(lab: Any, browser: Chrome) -> None:
    text = (ROOT / "data" / "haqqani-2011" / "article.txt").read_bytes().decode("utf-8")
    screen = Screen(browser, lab, "shared", text)
    screen.press("1")
    other = lab.folder.parent / "data" / "copy"
    other.mkdir(exist_ok=True)
    shutil.copy(screen.article, other / "shared.txt")
    shutil.copy(corrections_file(screen.article), other / "shared.corrections.jsonl")
    assert "denial" in {s.act for s in analyze(other / "shared.txt", engine="default").statements if s.corrected}
