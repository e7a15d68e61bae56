"""The paper of a charter: accessible in each layout, and nobody's name in it."""

import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from balise.awareness.activities.charter.documents import paper as papers
from balise.awareness.activities.charter.documents.paper import Layout, paper
from balise.awareness.activities.charter.rules import carrying
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.tests.test_carrying import BANK, made

ADDRESS = "https://centre.example/fr/charter/"
LANGUAGES = (["fr"], ["fr", "en"], ["en", "fr"])


def told(charter: Charter, layout: Layout, *languages: str, home: int = 0) -> dict[str, Any]:
    """Return what the layout is told."""
    return papers._Paper(charter, layout, languages, BANK, home).told()


@pytest.mark.parametrize(("layout", "languages"), list(product(Layout, LANGUAGES)))
def test_each_layout_is_an_accessible_pdf(layout: Layout, languages: list[str]) -> None:
    drawn = paper(made(), layout=layout, languages=languages, bank=BANK, address=ADDRESS)
    assert drawn.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/ViewerPreferences"):
        assert mark in drawn
    root = re.search(rb"/Type/Catalog.*?endobj", drawn, re.DOTALL)
    assert root
    assert f"/Lang({languages[0]})".encode() in root[0].replace(b" ", b"")


def test_it_says_the_rules_by_who_commits_and_the_trial_with_its_day() -> None:
    said = told(made(), Layout.PLAIN, "fr")
    assert [group["title"][0]["text"] for group in said["groups"]] == [
        "Tout le monde, à la maison",
        "Les enfants",
    ]
    (trial,) = said["trials"]
    assert trial["until"][0]["text"].startswith("À l’essai jusqu’au vendredi 11 décembre")
    assert trial["says"][0]["tries"] == "On essaie : 30 minutes".replace(" :", "\u202f:")
    assert said["title"] == "La maison du phare"
    assert said["under"][0]["text"] == "Écrite ensemble le 27 novembre 2026"
    assert said["number"] == "3018"


def test_two_languages_stand_side_by_side_and_the_familys_own_words_in_both() -> None:
    said = told(made(), Layout.POSTER, "fr", "en")
    rules = [rule["says"] for group in said["groups"] for rule in group["rules"]]
    assert all([word["lang"] for word in words] == ["fr", "en"] for words in rules)
    assert ["Le samedi, crêpes 🥞 !"] * 2 in [[word["text"] for word in words] for words in rules]


def test_easy_words_wait_for_their_readers_and_are_said_so() -> None:
    said = told(made(), Layout.EASY, "fr")
    assert "en attente de relecture" in said["review"][0]["text"]
    assert said["groups"] == []
    assert all(rule["says"][0]["text"] for rule in said["rules"])


def test_each_home_has_a_paper_without_what_holds_in_the_other_alone() -> None:
    charter = made(homes=2)
    here, there = (told(charter, Layout.EASY, "fr", home=home) for home in (1, 2))
    assert len(there["rules"]) + len(there["trials"]) == len(charter.agreed)
    assert len(here["rules"]) + len(here["trials"]) == len(charter.agreed) - 1
    assert here["home"][0]["text"] == "Première maison"
    assert told(made(), Layout.EASY, "fr", home=2)["home"] == []


def test_a_charter_that_came_without_its_words_has_a_line_to_write_them() -> None:
    bare = made().without_words()
    dotted = replace(bare.picks["own-1"], says="…" * 24)  # as the script sends it
    bare = replace(bare, picks={**bare.picks, "own-1": dotted})
    said = told(bare, Layout.PLAIN, "fr")
    assert said["title"] == "La charte de la maison"
    assert "" in [rule["says"][0]["text"] for group in said["groups"] for rule in group["rules"]]
    assert paper(bare, layout=Layout.PLAIN, languages=["fr"], bank=BANK, address=ADDRESS)


def test_the_square_holds_the_charter_behind_what_a_browser_does_not_send() -> None:
    link = papers._Paper(made(), Layout.PLAIN, ["fr"], BANK, 0).link(ADDRESS)
    page, _hash, text = link.partition("#")
    assert page == ADDRESS
    assert carrying.read(text, bank=BANK).charter.title == "La maison du phare"


def test_words_that_no_face_draws_and_markup_are_no_fault() -> None:
    charter = replace(made(), title="日本 🥞 #set page() <script> “Ł”")
    assert paper(charter, layout=Layout.POSTER, languages=["fr"], bank=BANK, address=ADDRESS)


def test_the_longest_charter_is_drawn() -> None:
    charter = made([each.code for each in BANK.practices][:55])
    assert paper(charter, layout=Layout.EASY, languages=["fr"], bank=BANK, address=ADDRESS)
