"""Whoever is asked whether someone is undressed, and says so, reads where it is stopped today."""

from pathlib import Path
from typing import Final

SRC: Final = Path(__file__).parents[2] / "src/balise"
# The page that asks a young person → the one that a yes, or a doubt, leads to.
ANSWERED: Final = {
    "helpline/pictures/templates/helpline/pictures/ask.html": (
        "helpline/pictures/templates/helpline/pictures/not_sent.html"
    ),
    "helpline/vault/templates/helpline/vault/parts/adding.html": (
        "helpline/vault/templates/helpline/vault/parts/adding.html"
    ),
}
STOPS: Final = '{% include "web/parts/stop_today.html" %}'


def test_each_page_that_asks_leads_to_where_it_is_stopped_today() -> None:
    asking = {
        page.relative_to(SRC).as_posix()
        for page in SRC.rglob("templates/**/*.html")
        if "someone undressed in" in (said := page.read_text("utf-8"))
        and 'context "youth"' in said
        and page.name != "stop_today.html"
    }
    assert asking == ANSWERED.keys()
    for answer in ANSWERED.values():
        assert STOPS in (SRC / answer).read_text("utf-8"), answer
