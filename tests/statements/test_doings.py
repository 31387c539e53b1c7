"""Idioms that use a verb of speech and tell of none."""

from __future__ import annotations

import pytest
from marked import read_marked

from onrecord.statements.doings import is_doing


@pytest.mark.parametrize(
    ("marked", "doing"),
    [
        ("<s>Berg</s> <c>claimed</c> <t>his second goal after the break</t>.", True),
        ("<s>Kranz</s> <c>claimed</c> <t>bronze</t>.", True),
        ("<s>The flood</s> <c>has claimed</c> <t>nine lives</t>.", True),
        ("<s>Lunek</s> <c>denied</c> <t>Osei with his left foot</t>.", True),
        ("<s>the post</s> <c>denied</c> <t>Berg</t>.", True),
        ("<s>Berg</s> <c>claimed</c> <t>victory in the vote</t>.", False),
        ("<s>Berg</s> <c>claimed</c> <t>that the gold was hidden</t>.", False),
        ("<s>Lunek</s> <c>denied</c> <t>the charge</t>.", False),
    ],
)
def test_what_is_done_and_not_said(marked: str, doing: bool):
    words, (attribution,) = read_marked(marked)
    assert is_doing(words.text, attribution) is doing
