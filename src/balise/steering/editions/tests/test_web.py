"""Editions in a browser without scripts: a director's way, a member's, and what is refused."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.steering.editions.actions import freezing
from balise.steering.editions.models import Comment, Edition
from balise.steering.editions.tests.makers import (
    ALONE,
    edition_of,
    make_comment,
    make_edition,
    make_frozen,
    make_link,
)

pytestmark = pytest.mark.django_db
HOME = "staff:editions:editions"


@pytest.fixture
def director(client: Client) -> Client:
    sign_in(client, make_account("steering"))
    return client


def at(name: str, edition: UUID, *more: str) -> str:
    return reverse(f"staff:editions:{name}", args=[edition, *more])


def test_a_director_opens_writes_freezes_and_publishes(director: Client) -> None:
    day = today()
    sent = {
        "template": "committee",
        "day": day.isoformat(),
        "first": day.replace(month=1, day=1).isoformat(),
        "last": day.isoformat(),
        "known_by": day.isoformat(),
        "compared": "year",
    }
    director.post(reverse(HOME), sent)
    edition = Edition.objects.get().id
    words = {"do": "words", "titles_fr": "Une saison calme", "titles_en": "A quiet season"}
    director.post(at("page", edition, "reports"), words)
    assert "Une saison calme" in director.get(at("edition", edition)).content.decode()
    director.post(at("place", edition, "three"), {"do": "out"})
    director.post(at("page", edition, "reports"), {"do": "question", "words": "Pourquoi ?"})
    refused = director.post(at("freeze", edition))
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = reverse("staff:editions:answer", args=[Comment.objects.get().id])
    director.post(answer, {"words": "Voilà."})
    unread = director.post(at("freeze", edition))
    assert unread.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    director.post(at("freeze", edition), {"alone": ALONE})
    assert edition_of(edition).frozen_at
    director.post(at("publish", edition))
    assert not edition_of(edition).published_at  # its files are not drawn
    freezing.draw(edition_id=edition, by=SYSTEM)
    director.post(at("publish", edition))
    assert edition_of(edition).published_at
    assert director.get(reverse(HOME)).status_code == HTTPStatus.OK


def test_the_second_of_two_who_freeze_is_told_since_when(director: Client) -> None:
    edition = make_frozen()
    answer = director.post(at("freeze", edition))
    assert answer.status_code == HTTPStatus.CONFLICT


def test_a_number_that_is_in_no_table_stays_typed_with_the_reason(director: Client) -> None:
    edition = make_edition()
    words = {"do": "words", "titles_fr": "Presque 4 321 signalements", "titles_en": ""}
    answer = director.post(at("page", edition, "reports"), words)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "Presque 4 321 signalements" in page


def test_a_file_is_handed_over(director: Client) -> None:
    edition = make_frozen()
    page = director.get(at("edition", edition)).content.decode()
    assert at("file", edition, "pdf", "fr") not in page
    freezing.draw(edition_id=edition, by=SYSTEM)
    assert at("file", edition, "pdf", "fr") in director.get(at("edition", edition)).content.decode()
    answer = director.get(at("file", edition, "pdf", "fr"))
    assert answer.content.startswith(b"%PDF")
    assert director.get(at("file", edition, "pdf", "xx")).status_code == HTTPStatus.NOT_FOUND
    assert director.get(at("preview", edition)).status_code == HTTPStatus.OK


def test_a_link_is_shown_once(director: Client) -> None:
    edition = make_edition()
    answer = director.post(at("link", edition), {"seat": "Association Lyre"})
    page = answer.content.decode()
    assert "/committee/" in page
    again = director.get(at("edition", edition)).content.decode()
    assert "Association Lyre" in again
    assert "/committee/" not in again.split("<main", 1)[1].replace("/staff/steering/committee/", "")
    empty = director.post(at("link", edition), {"seat": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_member_reads_asks_and_is_answered(client: Client) -> None:
    edition = make_edition()
    address = reverse("editions:draft", args=[make_link(edition)])
    assert "Association Lyre" in client.get(address).content.decode()
    client.post(address, {"code": "reports", "words": "Pourquoi si peu ?"})
    assert "Pourquoi si peu ?" in client.get(address).content.decode()
    empty = client.post(address, {"code": "reports", "words": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_link_that_is_over_says_so(client: Client) -> None:
    edition = make_edition()
    address = reverse("editions:draft", args=[make_link(edition)])
    freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)
    assert client.get(address).status_code == HTTPStatus.GONE
    nothing = reverse("editions:draft", args=["no-such-token"])
    assert client.get(nothing).status_code == HTTPStatus.NOT_FOUND


def test_what_is_not_there_is_not_found(director: Client) -> None:
    nothing = uuid4()
    for name in ("edition", "freeze", "preview"):
        assert director.get(at(name, nothing)).status_code == HTTPStatus.NOT_FOUND
    page = at("page", make_edition(), "no-such-page")
    assert director.get(page).status_code == HTTPStatus.NOT_FOUND


def test_an_answer_is_asked_for(director: Client) -> None:
    comment = make_comment()
    address = reverse("staff:editions:answer", args=[comment])
    answer = director.post(address, {"words": " "})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert director.get(address).status_code == HTTPStatus.OK
