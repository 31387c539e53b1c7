"""What a file says of where it comes from: each field, the line under a chart, and the keys that older files hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

import pytest

from onrecord import tables
from onrecord.export import provenance as written
from onrecord.export.provenance import GOLD, Provenance, provenance_of, sha256_of, today
from onrecord.records import Analysis, Checking, OnrecordError

ORIGIN = Provenance("Ties", "VOA", "2011-09-27", "ab", "denials", 2, 21, 0, "gold", "1", "0.1", "2024-05-02")
DAY = 86_400


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {},
            "Source: VOA, 2011-09-27, “Ties”. 2 of 21 statements: denials. "
            "Tagged automatically (onrecord 0.1, gold 1).",
        ),
        (
            {"outlet": "", "article_date": "", "filter": "all statements", "statements": 21},
            "Source: “Ties”. All 21 statements. Tagged automatically (onrecord 0.1, gold 1).",
        ),
        (
            {"filter": "all statements", "statements": 1, "of": 1, "model": ""},
            "Source: VOA, 2011-09-27, “Ties”. 1 statement. Tagged automatically (onrecord 0.1, gold).",
        ),
        (
            {"filter": GOLD, "of": 23},
            "Source: VOA, 2011-09-27, “Ties”. All 23 statements of the gold. "
            "Tagged automatically (onrecord 0.1, gold 1).",
        ),
        (
            {"actors": "mine.csv", "checked": 3},
            "Source: VOA, 2011-09-27, “Ties”. 2 of 21 statements: denials. Checked by hand: 3 of 21 "
            "(onrecord 0.1, gold 1, sides from mine.csv).",
        ),
        (
            {"checked": 21, "checked_by": "a machine"},
            "Source: VOA, 2011-09-27, “Ties”. 2 of 21 statements: denials. "
            "Checked by a machine: 21 of 21 (onrecord 0.1, gold 1).",
        ),
    ],
)
def test_the_source_line(changes: dict[str, object], line: str) -> None:
    assert replace(ORIGIN, **changes).source_line() == line  # type: ignore[arg-type]


def test_the_provenance_of_an_analysis(gold_analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(3 * DAY + 5000))
    first, *others = gold_analysis.statements
    article = replace(gold_analysis.article, title="Ties", outlet="VOA", date="2011-09-27")
    analysis = replace(
        gold_analysis,
        article=article,
        statements=(replace(first, decided=("act",)), *others),
        engine="default",
        model="m",
        actors_file="mine.csv",
        actors_sha256="cd",
        checking=Checking(gold_analysis, "corrections.jsonl", "ef", ("Ann", "Bo")),
    )
    found = provenance_of(analysis)
    assert found == Provenance(
        article="Ties",
        outlet="VOA",
        article_date="2011-09-27",
        article_sha256=article.sha256,
        filter="all statements",
        statements=23,
        of=23,
        checked=1,
        engine="default",
        model="m",
        onrecord=version("onrecord"),
        made="1970-01-04",
        actors="mine.csv",
        actors_sha256="cd",
        corrections="corrections.jsonl",
        corrections_sha256="ef",
        coders="Ann, Bo",
    )
    machine = replace(analysis, checking=replace(analysis.checking, by_hand=False))  # type: ignore[type-var]
    assert provenance_of(machine).checked_by == "Ann and Bo"
    some = provenance_of(analysis, filter="denials", statements=0)
    assert (some.filter, some.statements, some.of) == ("denials", 0, 23)


def test_nothing_is_said_of_what_is_not_there(gold_analysis: Analysis) -> None:
    article = replace(gold_analysis.article, title="", outlet="", date=None, id="article-7")
    found = provenance_of(replace(gold_analysis, article=article, checking=None, actors_file="", actors_sha256=""))
    assert (found.article, found.outlet, found.article_date) == ("article-7", "", "")
    assert (found.actors, found.actors_sha256, found.coders, found.checked_by) == ("", "", "", "hand")
    assert (found.corrections, found.corrections_sha256) == ("", "")


def test_certain_labels_alone_are_named_beside_the_filter(gold_analysis: Analysis) -> None:
    unsure = [replace(s, score=0.3 if n < 3 else 0.9, act_score=0.9) for n, s in enumerate(gold_analysis.statements)]
    hidden = tables.certain(replace(gold_analysis, statements=tuple(unsure)))
    found = provenance_of(hidden)
    assert (found.filter, found.statements, found.of) == ("certain labels alone", 20, 23)
    assert provenance_of(hidden, filter="denials").filter == "denials, certain labels alone"


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("0", "1970-01-01"), ("86399", "1970-01-01"), ("86400", "1970-01-02"), ("4354819199", "2107-12-31")],
)
def test_the_day_is_that_of_source_date_epoch(epoch: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.mark.parametrize("epoch", ["-1", "x", "4354819200", "٣", "1e3", "9" * 11, "9" * 5000, " "])
def test_a_day_that_no_file_can_hold_is_refused(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(OnrecordError, match="no day from 1970 to 2107"):
        today()


def test_without_source_date_epoch_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before, found, after = datetime.now(UTC), today(), datetime.now(UTC)
    assert found.date() in (before.date(), after.date())
    assert (found.hour, found.minute, found.second, found.microsecond) == (0, 0, 0, 0)


def test_the_keys_in_files_stay_or_older_files_cannot_be_read() -> None:
    """Whoever changes one of them has to read both."""
    assert (written.SHEET, written.PNG_KEY, written.SVG_ID) == ("provenance", "onrecord", "onrecord")
    assert (written.DOCX_PART, written.DOCX_PREFIX) == ("docProps/custom.xml", "onrecord ")


def test_all_text_is_printable_and_the_json_is_plain() -> None:
    made = replace(ORIGIN, article="a\x00b\ud800“ü”")
    assert "\x00" not in made.article
    assert "\ud800" not in made.article
    assert made.as_json().isascii()
    assert "\n" not in made.as_json()


def test_a_sum_is_the_one_of_sha256sum() -> None:
    assert sha256_of(b"abc").startswith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
