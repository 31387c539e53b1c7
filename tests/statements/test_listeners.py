"""Who hears or is told something is not who says it."""

from __future__ import annotations

import pytest
from marked import read_marked

from onrecord.statements.listeners import without_listener


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("<s>The tribunal</s> <c>heard</c> <t>that she had asked twice</t>.", ""),
        ("<t>The foreman set the fire</t>, <s>a court in Leeds</s> <c>heard</c> on Monday.", ""),
        ("<s>The owners</s> <c>were told</c> <t>there had been complaints</t>.", ""),
        ("He left when <c>asked</c> <t>whether it was true</t> <s>by a reporter</s>.", "by a reporter"),
        ("<s>The pilot</s>, when <c>asked</c> <t>whether it was true</t>, left.", ""),
        ("<s>The gang</s>, <c>blamed</c> <t>for two bombings</t>, fled.", ""),
        ("<s>The paper</s> <c>has learned</c> <t>that the mill will close</t>.", "The paper"),
        ("<s>The mayor</s> <c>told</c> <t>the court that it was late</t>.", "The mayor"),
        ("<s>The agents</s> <c>heard</c> <t>that it was late</t>.", "The agents"),
    ],
)
def test_the_source_of_what_is_heard(marked: str, source: str):
    words, (attribution,) = read_marked(marked)
    assert words.article.words_of(without_listener(words.text, attribution)) == source
