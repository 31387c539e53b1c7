"""The corrections of the project's article, made anew by docs/scripts/write_corrections.py."""

from __future__ import annotations

from dataclasses import replace

from onrecord.corrections import Entry
from write_corrections import CODER, kept

MERGE = Entry("merge", CODER, "article", "0" * 64, before="Lund", after="Kari Lund", when="2026-11-30", id="one")


def test_a_decision_that_stands_already_keeps_its_id_and_its_time():
    again = replace(MERGE, when="2026-12-24", id="two")
    other = replace(again, after="Per Lund", id="three")
    assert kept([again, other], [MERGE]) == [MERGE, other]
