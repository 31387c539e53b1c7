"""A place is found again by its exact words and their neighbours, where exactly one place fits, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corrections.anchors import AnchoredText
from onrecord.records import Span

SENTENCES = (
    "The mayor said the bridge is safe.",
    "The mayor said the bridge is closed.",
    "“It is safe,”  said Ana\nRuiz.",
    "The council met.",
    "He denied it.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(" ".join)


def folded(text: str) -> str:
    return " ".join(text.split())


@given(texts, st.data())
def test_in_the_same_text_every_span_is_found_where_it_was(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    if not text[span.start : span.end].strip():
        return
    here = AnchoredText(text)
    for same_text in (True, False):  # look-alikes are told apart by as many neighbours as that takes
        found = here.find(here.anchor(span), same_text=same_text)
        assert found is not None
        assert text[found.start : found.end] == text[span.start : span.end].strip()
        assert span.start <= found.start < found.end <= span.end


@given(texts, texts, st.data())
def test_in_another_text_it_is_found_only_where_words_and_neighbours_stand_once(
    one: str, other: str, data: st.DataObject
):
    start = data.draw(st.integers(0, len(one) - 1))
    end = data.draw(st.integers(start + 1, min(len(one), start + 30)))
    if not one[start:end].strip():
        return
    anchor = AnchoredText(one).anchor(Span(start, end))
    found = AnchoredText(other).find(anchor, same_text=False)
    whole = anchor.before + anchor.words + anchor.after
    plain = folded(other)
    places = [i for i in range(len(plain)) if plain.startswith(whole, i)]
    assert (found is not None) == (len(places) == 1)
    if found is not None:
        assert folded(other[found.start : found.end]) == anchor.words
        assert folded(other[: found.end]).endswith(anchor.before + anchor.words)


TWICE = "He said no. Ann Lee asked again, twice. He said no. The room fell silent."


@pytest.mark.parametrize(
    ("edited", "found_at"),
    [
        (TWICE, 40),
        ("Late news. " + TWICE, 51),
        (TWICE.replace(" ", "\r\n"), None),  # longer line ends move it, and it is found
        (TWICE.replace(" He said no. The room", " The room"), -1),  # its look-alike is another sentence
        (TWICE.replace("no. The", "nothing. The"), -1),
        (TWICE + " " + TWICE, -1),
        ("", -1),
    ],
)
def test_the_second_of_two_look_alikes(edited: str, found_at: int | None):
    anchor = AnchoredText(TWICE).anchor(Span(40, 51))
    found = AnchoredText(edited).find(anchor, same_text=False)
    if found_at == -1:
        assert found is None
    else:
        assert found is not None
        assert found.start == (edited.rindex("He") if found_at is None else found_at)


def test_a_span_without_a_word_is_no_place():
    with pytest.raises(ValueError, match="holds no word"):
        AnchoredText("a  b").anchor(Span(1, 3))
