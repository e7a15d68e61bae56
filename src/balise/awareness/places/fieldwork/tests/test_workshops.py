"""A workshop is declared once, corrected, void; the figures follow."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.places.fieldwork.actions import workshops
from balise.awareness.places.fieldwork.models import Workshop
from balise.awareness.places.fieldwork.rules.workshops import (
    KitUnknown,
    Method,
    Why,
    WorkshopState,
    WorkshopVoid,
)
from balise.awareness.places.fieldwork.tests.makers import STRUCTURE, make_workshop, told
from balise.awareness.publications.actions import editions
from balise.awareness.publications.models import Kit, Published
from balise.awareness.publications.tests.makers import make_kit
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def amounts(event: str) -> int:
    """Return what the facts of an event come to."""
    return sum(entry.facts["amount"] for entry in Entry.objects.filter(event=event))


def test_the_same_declaration_three_times_is_one() -> None:
    key = uuid4()
    first, *others = (
        workshops.declare(structure=STRUCTURE, key=key, told=told(heads=heads), by=ANYONE)
        for heads in ({"11-13": 26, "parents": 4}, {"11-13": 26}, {"11-13": 99})
    )
    assert [first.is_new, *(each.is_new for each in others)] == [True, False, False]
    assert {each.workshop for each in others} == {first.workshop}
    assert Workshop.objects.get().people == 30
    declared = Entry.objects.get(event="awareness.workshop.declared")
    assert (declared.subject, declared.facts["structure"]) == (first.workshop, str(STRUCTURE))
    assert (amounts("awareness.workshop.counted"), amounts("awareness.people.met")) == (1, 30)
    # another structure may by chance have made the same key
    assert make_workshop(structure=uuid4(), key=key).id != first.workshop


def test_a_planned_workshop_counts_nobody_yet() -> None:
    row = make_workshop(day=clock.today() + timedelta(days=5), is_planned=True)
    assert row.stands is WorkshopState.PLANNED
    assert not Entry.objects.filter(
        event__in=("awareness.people.met", "awareness.workshop.counted")
    )


def test_a_kit_withdrawn_is_kept_with_its_edition_and_an_unknown_one_refused() -> None:
    page = Kit.objects.get(pk=make_kit())
    editions.make_editions(by=SYSTEM)
    kit = page.translation_key
    assert not make_workshop(kit=kit, edition=1).kit_was_withdrawn

    Published.objects.filter(key=kit).delete()
    row = make_workshop(kit=kit, edition=1)
    assert (row.kit, row.edition, row.kit_was_withdrawn) == (kit, 1, True)
    for key, number in ((kit, 7), (uuid4(), 1)):
        with pytest.raises(KitUnknown):
            make_workshop(kit=key, edition=number)


def test_a_correction_moves_the_figures_by_what_changed() -> None:
    row = make_workshop(heads={"11-13": 26, "parents": 4})
    by = make_actor("coordinator")
    right = told(heads={"11-13": 20, "professionals": 2}, method=Method.ESTIMATED)
    workshops.correct(workshop_id=row.id, told=right, by=by)
    row.refresh_from_db()
    assert (row.people, row.heads, row.corrected_at is None) == (
        22,
        {"11-13": 20, "professionals": 2},
        False,
    )
    assert Entry.objects.get(event="awareness.workshop.corrected").subject == row.id
    assert (amounts("awareness.workshop.counted"), amounts("awareness.people.met")) == (1, 22)


def test_a_void_declaration_counts_no_more_and_changes_no_more() -> None:
    row = make_workshop()
    by = make_actor("awareness_lead")
    workshops.void(workshop_id=row.id, why=Why.TWICE, by=by)
    assert Entry.objects.get(event="awareness.workshop.voided").facts["why"] == "twice"
    assert (amounts("awareness.workshop.counted"), amounts("awareness.people.met")) == (0, 0)
    with pytest.raises(WorkshopVoid):
        workshops.void(workshop_id=row.id, why=Why.TWICE, by=by)
    with pytest.raises(WorkshopVoid):
        workshops.correct(workshop_id=row.id, told=told(), by=by)


def test_who_does_not_look_after_the_field_corrects_and_voids_nothing() -> None:
    row = make_workshop()
    with pytest.raises(PermissionDenied):
        workshops.void(workshop_id=row.id, why=Why.WRONG, by=make_actor("editor"))
    with pytest.raises(PermissionDenied):
        workshops.correct(workshop_id=row.id, told=told(), by=ANYONE)
