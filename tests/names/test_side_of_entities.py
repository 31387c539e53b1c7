"""On which side whoever is named stands: by the analyst's table, the article, the list of places, in this order."""

from __future__ import annotations

import pytest
from marked import read_marked

from onrecord.names import UNKNOWN, OwnActors, find_mentions, side_of_words
from onrecord.names.proper_names import Name, find_names
from onrecord.names.sides import OWN, TABLE, TOLD, is_abroad, is_international, side_of_name

US, RED, BLUE = "United States", "Republicans", "Democrats"


def names(text: str) -> list[Name]:
    words, _ = read_marked(text)
    return list(find_names(words.text, words.tokens.sentences))


def side(text: str, name: str, rows: dict[str, str] | None = None) -> tuple[str, str, str]:
    """Side, rule and the words that tell it."""
    words, _ = read_marked(text)
    (found,) = [each for each in find_mentions(words, OwnActors(rows or {})).entities if each.name == name]
    return found.side, found.side_rule, " ".join(words.text[s:e] for s, e in found.side_span)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Peru", "Peru"),
        ("Lima", "Peru"),
        ("Peruvian Navy", "Peru"),
        ("Royal New Zealand Navy", "New Zealand"),
        ("Trades Union Congress", UNKNOWN),
        ("Congress", US),
        ("Congress of Peru", US),
        ("Harbor Union", UNKNOWN),
        ("GOP", RED),
    ],
)
def test_a_name_is_looked_up_whole_then_by_its_longest_part(name: str, told: str) -> None:
    assert side_of_name(name) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru and Chile talked. Peru agreed.", True),
        ("Peru talked. Peru agreed.", False),
        ("Republicans in Peru and Chile talked.", True),
        ("Republicans and Democrats talked about Peru and Chile. The GOP agreed.", False),
        ("Texas and Ohio talked. Dallas agreed.", False),
        ("Peru talked. Texas and Dallas agreed.", False),
        ("The Republicans and the GOP talked about Peru and Chile.", False),
        ("Ann Roe talked.", False),
    ],
)
def test_sides_are_countries_where_the_story_is_between_countries(text: str, told: bool) -> None:
    assert is_international(names(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru and Chile talked.", True),
        ("Peru talked to Washington.", False),
        ("Peru talked to Texas.", False),
        ("Ann Roe talked.", False),
    ],
)
def test_an_article_is_abroad_where_it_names_places_and_none_american(text: str, told: bool) -> None:
    assert is_abroad(names(text)) == told


ABROAD = "Peru and Chile talked. Peruvian Senator Ana Ruiz, a Republican from Lima, spoke. Chile agreed."
AT_HOME = "Sen. Ann Roe (R-Texas) spoke in Ohio. The Republicans and the Democrats agreed with Ann Roe."


def test_a_country_counts_between_countries_and_a_party_at_home() -> None:
    assert side(ABROAD, "Ana Ruiz")[:2] == ("Peru", TOLD)
    assert side(AT_HOME, "Ann Roe")[:2] == (RED, TOLD)


def test_the_words_that_tell_a_side_are_shown_and_no_others() -> None:
    told, rule, words = side("Peru met Chile. Peruvian minister Ana Ruiz spoke. The Chilean Ana Ruiz left.", "Ana Ruiz")
    assert (told, rule) in (("Peru", TOLD), ("Chile", TOLD))
    assert words in ("Peruvian", "Chilean")
    assert words.startswith(told[:4])


def test_an_own_table_wins_and_needs_no_words() -> None:
    assert side(ABROAD, "Ana Ruiz", {"Ana Ruiz": "the harbor"}) == ("the harbor", OWN, "")
    assert side(ABROAD, "Peru", {"Peru": "the south"})[:2] == ("the south", OWN)


def test_a_name_that_tells_its_side_itself_needs_no_words() -> None:
    assert side(ABROAD, "Peru") == ("Peru", TABLE, "")
    assert side("Ann Roe spoke.", "Ann Roe") == (UNKNOWN, "", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [("Texas and Ohio spoke. Congress agreed.", US), ("Peru and Chile spoke. Congress agreed.", UNKNOWN)],
)
def test_the_congress_of_an_article_from_abroad_is_not_the_american_one(text: str, told: str) -> None:
    assert side(text, "Congress")[0] == told


@pytest.mark.parametrize(("place", "told"), [("Texas", US), ("Bolivia", UNKNOWN)])
def test_who_is_of_such_a_body_stands_on_its_side_only_where_it_is_american(place: str, told: str) -> None:
    assert side(f"{place}, Peru and Chile spoke. Ann Roe, a senior aide in the Senate, spoke.", "Ann Roe")[0] == told


@pytest.mark.parametrize(
    ("text", "told", "shown"),
    [
        ("two Peruvian officials", "Peru", "Peruvian"),
        ("officials in New Zealand", "New Zealand", "New Zealand"),
        ("Saudi Arabia and Lima", "Saudi Arabia", "Saudi Arabia"),
        ("Zealand officials from Peru", "Peru", "Peru"),
        ("officials of the Harbor Union", UNKNOWN, ""),
        ("the officials", UNKNOWN, ""),
    ],
)
def test_a_description_tells_a_side_by_its_longest_name(text: str, told: str, shown: str) -> None:
    words, _ = read_marked(text)
    found, spans = side_of_words(words, range(len(words.forms)))
    assert (found, " ".join(words.text[s:e] for s, e in spans)) == (told, shown)
