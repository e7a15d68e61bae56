"""An edit of the words of danger: proposed by one, decided by another, in force everywhere."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.helpline.queue.actions import words
from balise.helpline.queue.models import WordsEdit
from balise.helpline.queue.queries import words as queries
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import risk_of
from balise.helpline.queue.rules.danger_words.editing import SOURCE, WordsRefused
from balise.helpline.queue.rules.danger_words.trying import GraveLost
from balise.helpline.queue.rules.dangers import SecondNeeded

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

NEW = "me zigouillerai"
SAYS = f"je {NEW} ce soir"


def propose(by: Actor, *, concept: str = "SELFKILL", added: tuple[str, ...] = (NEW,)) -> UUID:
    why = "Entendu deux fois cette semaine."
    return words.propose(language="fr", concept=concept, added=added, removed=(), why=why, by=by)


def told() -> Risk:
    return risk_of(SAYS, country=settings.COUNTRY)


@pytest.fixture
def _in_force() -> None:
    """Read as a process does that has just started."""
    SOURCE.ask = queries.in_force
    queries.forget()


@pytest.mark.usefixtures("_in_force")
def test_it_is_in_force_once_a_second_person_approved_it() -> None:
    one, two = make_actor("helpline_lead"), make_actor("helpline_lead")
    edit = propose(one, added=(f"  {NEW} ", NEW, ""))
    assert WordsEdit.objects.get().added == [NEW]
    began = clock.now()
    with clock.at(began):
        assert told() is Risk.F
        words.approve(edit_id=edit, by=two)
    with clock.at(began + timedelta(seconds=9)):
        assert told() is Risk.F, "this process looked a moment ago"
    with clock.at(began + timedelta(seconds=11)):
        assert told() is Risk.A
    entries = Entry.objects.filter(subject=edit).order_by("at")
    assert [(each.event, each.actor_key) for each in entries] == [
        ("helpline.words-edit.proposed", one.key),
        ("helpline.words-edit.approved", two.key),
    ]
    assert NEW not in str([each.facts for each in entries])


def test_the_process_in_which_it_is_approved_looks_at_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    SOURCE.ask = queries.in_force
    queries.forget()
    edit = propose(make_actor("helpline_lead"))
    assert told() is Risk.F
    with django_capture_on_commit_callbacks(execute=True):
        words.approve(edit_id=edit, by=make_actor("helpline_lead"))
    assert told() is Risk.A


@pytest.mark.usefixtures("_in_force")
def test_it_is_looked_up_once_in_ten_seconds(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert [told() for _again in range(5)] == [Risk.F] * 5


def test_a_process_asks_for_the_edits_from_its_start() -> None:
    apps.get_app_config("helpline_queue").ready()
    assert SOURCE.ask is queries.in_force


def test_who_proposed_it_decides_nothing() -> None:
    one = make_actor("helpline_lead")
    edit = propose(one)
    for decide in (words.approve, words.refuse):
        with pytest.raises(SecondNeeded):
            decide(edit_id=edit, by=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        WordsEdit.objects.update(decided_by=one.key, decided_at=clock.now(), is_approved=True)
    assert WordsEdit.objects.get().is_approved is None


def test_what_is_refused_is_never_in_force_and_decided_once() -> None:
    edit = propose(make_actor("helpline_lead"))
    two = make_actor("helpline_lead")
    words.refuse(edit_id=edit, by=two)
    assert queries.approved() == ()
    entry = Entry.objects.filter(subject=edit).latest("at")
    assert (entry.event, entry.actor_key) == ("helpline.words-edit.refused", two.key)
    for decide in (words.approve, words.refuse):
        with pytest.raises(words.EditDecided):
            decide(edit_id=edit, by=make_actor("helpline_lead"))
    with pytest.raises(NotHere):
        words.refuse(edit_id=UUID(int=1), by=two)


def test_one_that_loses_a_grave_message_of_the_own_list_is_proposed_and_never_approved() -> None:
    edit = propose(make_actor("helpline_lead"), concept="HARMLESS", added=("ce soir", "mourir"))
    assert WordsEdit.objects.get().trial["lost"]
    with pytest.raises(GraveLost):
        words.approve(edit_id=edit, by=make_actor("helpline_lead"))
    assert queries.approved() == ()


def test_it_is_tried_anew_on_what_is_in_force_when_it_is_approved() -> None:
    one, two = make_actor("helpline_lead"), make_actor("helpline_lead")
    first, second = propose(one), propose(one)
    words.approve(edit_id=first, by=two)
    with pytest.raises(WordsRefused, match=NEW):
        words.approve(edit_id=second, by=two)
    words.refuse(edit_id=second, by=two)
    assert len(queries.approved()) == 1


def test_nothing_is_proposed_without_a_reason() -> None:
    with pytest.raises(WordsRefused):
        words.propose(
            language="fr",
            concept="SELFKILL",
            added=(NEW,),
            removed=(),
            why="",
            by=make_actor("helpline_lead"),
        )
    assert not WordsEdit.objects.exists()


def test_a_listener_neither_proposes_nor_decides_nor_reads() -> None:
    listener = make_actor("listener")
    edit = propose(make_actor("helpline_lead"))
    with pytest.raises(PermissionDenied):
        propose(listener)
    for decide in (words.approve, words.refuse):
        with pytest.raises(PermissionDenied):
            decide(edit_id=edit, by=listener)
    for read in (queries.edits, queries.words_now):
        with pytest.raises(PermissionDenied):
            read(seen_by=listener)
