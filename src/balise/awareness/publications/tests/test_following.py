"""Hearing of a kit's next version: sealed, confirmed from the mailbox, left in one press."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.awareness.publications import module
from balise.awareness.publications.actions import editions, following
from balise.awareness.publications.models import Follower, Kit
from balise.awareness.publications.tests.makers import make_kit
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import known
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due

pytestmark = pytest.mark.django_db

ADDRESS = "Camille@mailbox.example"
FOLLOW = "/fr/resources/mon-kit/next-version/"


def letters() -> list[mail.EmailMessage]:
    """Return what left since the last time, once the clerk and the worker have done their part."""
    before = len(mail.outbox)
    while clerk.tick():
        pass
    run_due()
    return list(mail.outbox[before:])


def link_of(letter: mail.EmailMessage) -> str:
    found = re.search(r"/fr/kit-news/\S+", str(letter.body))
    assert found
    return found[0]


def publish_version(page: int, number: int) -> None:
    kit = Kit.objects.get(pk=page)
    kit.version, kit.changes = number, f"Les chiffres de la version {number}"
    kit.save_revision().publish(skip_permission_checks=True)
    editions.make_editions(by=SYSTEM)


def test_someone_asks_confirms_hears_of_the_next_version_once_and_leaves(client: Client) -> None:
    page = make_kit(slug="mon-kit")
    editions.make_editions(by=SYSTEM)
    letters()

    assert client.post(FOLLOW, {"address": "nobody"}).status_code == 422
    sent = client.post(FOLLOW, {"address": ADDRESS}, follow=True)
    assert "supprimée après une semaine" in sent.text
    one = Follower.objects.get()
    assert ADDRESS.encode() not in bytes(one.sealed)
    assert Entry.objects.filter(event="awareness.follower.asked", subject=one.id).exists()

    (asked,) = letters()
    assert asked.to == [ADDRESS]
    publish_version(page, 2)
    assert letters() == []  # the address is nobody's yet

    confirm = client.get(link_of(asked))
    assert "Oui, me prévenir" in confirm.text
    client.post(link_of(asked), {"say": "confirm"})
    assert [len(letters()), Follower.confirmed().count()] == [0, 1]
    publish_version(page, 3)
    (told,) = letters()
    assert "version 3" in str(told.body)
    assert letters() == []

    client.post(link_of(told), {"say": "leave"})
    letters()
    assert not Follower.objects.exists()
    assert known([one.id]) == set()
    client.post(link_of(told), {"say": "confirm"})  # too late: nothing comes back
    publish_version(page, 4)
    assert letters() == []


def test_an_address_is_asked_once_a_day_and_kept_once() -> None:
    kit = Kit.objects.get(pk=make_kit()).translation_key
    first, second = (
        following.ask(kit=kit, language="fr", address=each, by=ANYONE)
        for each in (ADDRESS, f" {ADDRESS.lower()}")
    )
    assert len(letters()) == 1

    following.confirm(follower=second, by=ANYONE)
    letters()
    assert [one.id for one in Follower.objects.all()] == [second]
    assert known([first]) == set()


def test_a_link_that_we_did_not_sign_does_nothing(client: Client) -> None:
    answer = client.post(f"/fr/kit-news/{uuid4().hex}:abc/", {"say": "leave"})
    assert answer.status_code >= 400
    assert not Entry.objects.filter(event="awareness.follower.left").exists()


def test_who_does_not_confirm_goes_after_a_week_and_who_does_after_two_years() -> None:
    quiet, heard = (
        following.ask(kit=uuid4(), language="fr", address=ADDRESS, by=ANYONE) for _ in range(2)
    )
    following.settle(follower=heard, left=False, by=SYSTEM)

    assert list(module.followers_due(now() + timedelta(days=6))) == []
    assert list(module.followers_due(now() + timedelta(days=8))) == [quiet]
    assert set(module.followers_due(now() + timedelta(days=731))) == {quiet, heard}
    assert module.erase_followers([quiet, heard]) == 2
    assert not KeyWrap.objects.filter(record__in=[quiet, heard]).exists()


def test_only_the_house_settles_and_erases() -> None:
    for refused in (
        lambda by: following.settle(follower=uuid4(), left=True, by=by),
        lambda by: following.note_told(follower=uuid4(), number=1, by=by),
        lambda by: following.erase(followers=[], by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused(make_actor("editor"))
