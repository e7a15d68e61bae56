"""Six challenges by e-mail: sealed, confirmed from the mailbox, deleted after the sixth."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django.fixtures import Settings

from balise.awareness.activities.charter import actions, retention, tasks
from balise.awareness.activities.charter.models import Challenged
from balise.awareness.activities.charter.rules.challenges import MANY, challenges as six
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import known
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.tests.makers import Postmaster, a_mail_server
from balise.foundation.tasks.running import run_due

pytestmark = pytest.mark.django_db

ADDRESS = "Camille@mailbox.example"
PAGE = "/fr/charter/challenges/"


@pytest.fixture
def post(settings: Settings) -> Iterator[Postmaster]:
    """A mail server of ours on the loopback."""
    postmaster = Postmaster()
    with a_mail_server(postmaster) as url:
        settings.MAILERS = mailers_from(url)
        yield postmaster


def letters(post: Postmaster) -> list[EmailMessage]:
    """Return what arrived since the last time, once the clerk and the worker did their part."""
    before = len(post.kept)
    while clerk.tick():
        pass
    tasks.send_due.func()
    run_due()
    return post.mails[before:]


def link_of(letter: EmailMessage) -> str:
    found = re.search(r"/fr/charter/challenges/\S+", letter.get_content())
    assert found
    return found[0]


def test_a_parent_asks_confirms_has_six_challenges_and_is_forgotten(
    client: Client, post: Postmaster
) -> None:
    assert client.post(PAGE, {"address": "nobody"}).status_code == 422
    sent = client.post(PAGE, {"address": ADDRESS}, follow=True)
    assert "supprimée après une semaine" in sent.text
    one = Challenged.objects.get()
    assert ADDRESS.encode() not in bytes(one.sealed)
    (asked,) = letters(post)
    assert asked["To"] == ADDRESS
    assert letters(post) == []  # nothing before they say that it is theirs

    assert "Oui, m’envoyer les défis" in client.get(link_of(asked)).text
    client.post(link_of(asked), {"say": "confirm"})
    begun = clock.now()
    titles = []
    for week in range(MANY + 2):
        with clock.at(begun + timedelta(days=7 * week, minutes=1)):
            titles += [str(each["Subject"]) for each in letters(post)]
            titles += [str(each["Subject"]) for each in letters(post)]  # each once
    assert [each.partition(" : ")[2] for each in titles] == [
        each.title.in_language("fr") for each in six("fr")
    ]
    assert not Challenged.objects.exists()
    assert known([one.id]) == set()
    told = Entry.objects.filter(event="awareness.challenges.sent").order_by("id")
    assert [each.facts["number"] for each in told] == [1, 2, 3, 4, 5, 6]


def test_a_link_of_any_mail_stops_them_at_once_and_nothing_comes_back(
    client: Client, post: Postmaster
) -> None:
    actions.ask(address=ADDRESS, language="fr", by=ANYONE)
    (asked,) = letters(post)
    client.post(link_of(asked), {"say": "confirm"})
    (first,) = letters(post)
    left = client.post(link_of(first), {"say": "leave"}, follow=True)
    assert "supprimée" in left.text
    assert letters(post) == []
    assert not Challenged.objects.exists()
    client.post(link_of(first), {"say": "confirm"})
    assert letters(post) == []


def test_an_address_that_takes_no_mail_is_destroyed(client: Client, post: Postmaster) -> None:
    asked = actions.ask(address=ADDRESS, language="fr", by=ANYONE)
    post.recipient_answer = "550 No such mailbox"
    letters(post)
    assert not Challenged.objects.exists()
    assert known([asked]) == set()


def test_a_link_that_we_did_not_sign_does_nothing(client: Client) -> None:
    answer = client.post(f"{PAGE}{uuid4().hex}:abc/", {"say": "leave"})
    assert answer.status_code >= 400
    assert not Entry.objects.filter(event="awareness.challenges.left").exists()


def test_who_does_not_confirm_goes_after_a_week_and_everybody_after_sixty_days() -> None:
    quiet, begun = (
        actions.ask(address=each, language="fr", by=ANYONE)
        for each in (ADDRESS, "b@mailbox.example")
    )
    actions.settle(challenged=begun, left=False, by=SYSTEM)

    def due(days: int) -> set[object]:
        found = retention.addresses_due(clock.now() + timedelta(days=days))
        return set(found.values_list("id", flat=True))

    assert [due(6), due(8), due(61)] == [set(), {quiet}, {quiet, begun}]
    assert retention.erase_addresses([quiet, begun]) == 2
    assert not KeyWrap.objects.filter(record__in=[quiet, begun]).exists()


def test_nobody_of_another_line_settles_and_notes() -> None:
    one = actions.ask(address=ADDRESS, language="fr", by=ANYONE)
    listener = make_actor("listener")
    with pytest.raises(PermissionDenied):
        actions.settle(challenged=one, left=True, by=listener)
    with pytest.raises(PermissionDenied):
        actions.note_sent(challenged=one, number=1, by=listener)
    with pytest.raises(PermissionDenied):
        actions.erase(addresses=[one], by=listener)
    assert Challenged.objects.filter(id=one).exists()
