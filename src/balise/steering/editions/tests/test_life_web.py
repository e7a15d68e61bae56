"""The life of an edition behind the staff door: two people, each with their own page."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.steering.editions.models import Edition
from balise.steering.editions.rules.life import EditionState, Tick
from balise.steering.editions.tests.makers import ALONE, edition_of, make_edition, make_frozen
from balise.steering.published.tests.makers import as_if_drawn, make_published

pytestmark = pytest.mark.django_db

REASONS = {"reason_fr": "Un doublon.", "reason_en": "A duplicate."}
S = EditionState


def signed_in(role: str) -> Client:
    client = Client()
    sign_in(client, make_account(role))
    return client


def at(name: str, *of: UUID) -> str:
    return reverse(f"staff:editions:{name}", args=of)


def test_two_people_take_it_from_a_draft_to_its_correction() -> None:
    first, second, office = (
        signed_in(role) for role in ("steering", "steering", "steering_office")
    )
    edition = make_edition()
    life = at("life", edition)
    first.post(life, {"do": "review"})
    digest = edition_of(edition).digest
    incomplete = office.post(life, {"do": "approve", "digest": digest, "ticks": ["numbers"]})
    assert incomplete.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    office.post(life, {"do": "approve", "digest": digest, "ticks": Tick.values})
    assert edition_of(edition).state is S.APPROVED
    first.post(at("freeze", edition), {"alone": ""})
    as_if_drawn(edition)
    ends = clock.now() + timedelta(hours=2)
    first.post(at("publish", edition), {"publish_at": f"{localtime(ends):%Y-%m-%dT%H:%M}"})
    assert edition_of(edition).state is S.EMBARGOED
    early = {
        "seat": "Presse",
        "purpose": "Article",
        "from_at": f"{localtime(clock.now()):%Y-%m-%dT%H:%M}",
    }
    assert "/committee/" in first.post(at("early", edition), early).text
    assert "Presse" in first.get(life).text
    with clock.at(ends):
        first, second = signed_in("steering"), signed_in("steering")
        assert edition_of(edition).state is S.PUBLISHED
        first.post(life, {"do": "correct", "erratum": "3", **REASONS})
        new = Edition.objects.get(corrects=edition)
        page = first.get(at("life", new.id)).text
        assert at("compared", edition, new.id) in page
        assert first.get(at("compared", edition, new.id)).status_code == HTTPStatus.OK
        csv = first.get(at("compared-csv", edition, new.id))
        assert csv["Content-Type"].startswith("text/csv")
        first.post(life, {"do": "withdraw", **REASONS})
        first.post(life, {"do": "confirm"})
        assert edition_of(edition).state is S.PUBLISHED  # who asked does not confirm
        second.post(life, {"do": "confirm"})
        assert edition_of(edition).state is S.WITHDRAWN


def test_each_page_is_for_those_who_may() -> None:
    edition, other = make_published(), make_edition(clock.today() - timedelta(days=30))
    pages = (
        at("life", edition),
        at("compared", edition, other),
        at("compared-csv", edition, other),
    )
    for path in pages:
        assert Client().get(path).status_code in {HTTPStatus.FOUND, HTTPStatus.NOT_FOUND}
        assert signed_in("listener").get(path).status_code == HTTPStatus.FORBIDDEN
        assert signed_in("steering").get(path).status_code == HTTPStatus.OK
    office = signed_in("steering_office")
    assert 'value="withdraw"' not in office.get(at("life", edition)).text
    for name in ("early", "draw", "publish"):
        assert office.post(at(name, edition)).status_code == HTTPStatus.FORBIDDEN
    grave = {"do": "correct", "erratum": "3", **REASONS}
    assert office.post(at("life", edition), grave).status_code == HTTPStatus.FORBIDDEN
    assert not Edition.objects.filter(corrects=edition).exists()


def test_what_does_not_follow_is_not_offered_and_is_refused() -> None:
    director = signed_in("steering")
    edition = make_frozen()
    page = director.get(at("life", edition)).text
    for step in ("review", "approve", "hold", "withdraw", "confirm"):
        assert f'value="{step}"' not in page
    refused = director.post(at("life", edition), {"do": "hold"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    director.post(at("publish", edition))
    assert edition_of(edition).state is S.FROZEN  # its files are not drawn
    assert director.post(at("draw", edition)).status_code == HTTPStatus.FOUND
    director.post(at("publish", edition), {"publish_at": "soon"})
    assert edition_of(edition).state is S.FROZEN


def test_an_embargo_is_given_up() -> None:
    director, edition = signed_in("steering"), make_frozen()
    as_if_drawn(edition)
    page = director.get(at("edition", edition)).text
    assert 'name="publish_at"' in page
    ends = f"{localtime(clock.now() + timedelta(days=1)):%Y-%m-%dT%H:%M}"
    director.post(at("publish", edition), {"publish_at": ends})
    assert "sous embargo" in director.get(at("edition", edition)).text.lower()
    director.post(at("life", edition), {"do": "hold"})
    assert edition_of(edition).state is S.FROZEN


def test_who_is_alone_is_asked_why(client: Client) -> None:
    sign_in(client, make_account("steering"))
    edition = make_edition()
    assert 'name="alone"' in client.get(at("freeze", edition)).text
    client.post(at("freeze", edition), {"alone": ALONE})
    assert ALONE in client.get(at("life", edition)).text
