"""What costs takes its turn: where a lane is full nothing is read or drawn, and it is said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.web import written
from balise.awareness.publications.documents import slides
from balise.awareness.publications.web.forms import drawn_anew
from balise.foundation import apart, typesetting
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.limited import lanes
from balise.foundation.limited.lanes import Lane, LaneFull
from balise.helpline.pictures.documents import drawing
from balise.helpline.pictures.rules.showing import NoPicture
from balise.steering.imports import actions as imports
from balise.steering.imports.rules.kinds import ImportKind

COSTLY: Final[dict[str, tuple[Lane, Callable[[], object]]]] = {
    "a file": (lanes.FILES, lambda: apart.toml(b"a = 1")),
    "a file of steering": (
        lanes.FILES,
        lambda: imports.bring(
            kind=next(iter(ImportKind)),
            name="a",
            octets=b"a;b\n1;2",
            by=make_actor("steering_office"),
        ),
    ),
    "a picture": (lanes.PICTURES, lambda: drawn_anew(SimpleUploadedFile("a.png", b"a"))),
    "a paper": (
        lanes.PAPERS,
        lambda: typesetting.typeset(
            files("balise.awareness.learning.events.documents").joinpath("certificate.typ"), {}
        ),
    ),
    "slides": (lanes.PAPERS, lambda: slides.presented("a", "fr", "a", [])),
    "a story": (
        lanes.STORIES,
        lambda: writing.begin(slug="a", files={"main.ink": "a"}, by=make_actor("editor")),
    ),
    "a story of Twine": (lanes.STORIES, lambda: written._of_twine(":: Start\na")),
}


@contextmanager
def full(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let somebody work in a lane meanwhile, and nobody wait for long."""
    monkeypatch.setattr(lane, "_patience", 0.05)
    with lane.turn():
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("what", COSTLY)
def test_nothing_is_read_or_drawn_where_the_lane_is_full(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane, work = COSTLY[what]
    with full(lane, monkeypatch), pytest.raises(LaneFull):
        work()


def test_a_child_reads_in_words_that_many_pictures_come(monkeypatch: pytest.MonkeyPatch) -> None:
    with full(drawing._LANE, monkeypatch), pytest.raises(NoPicture, match="dans une minute"):
        drawing.drawn_again(b"a")


@pytest.mark.django_db
def test_an_export_is_asked_for_again_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, make_account("coordinator"))
    page = "/staff/awareness/orders/deliveries/export/"
    with full(lanes.EXPORTS, monkeypatch):
        answer = client.get(page)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Recharger cette page dans dix secondes." in answer.text
    assert "envoyer à nouveau" not in answer.text
    assert client.get(page).status_code == 200
