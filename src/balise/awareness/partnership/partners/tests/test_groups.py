"""Working groups: seats by role with encrypted names, a youth panel without any, meetings."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.partnership.partners import module
from balise.awareness.partnership.partners.actions import groups
from balise.awareness.partnership.partners.models import Interest, Member, Seats
from balise.awareness.partnership.partners.queries import groups as queries
from balise.awareness.partnership.partners.rules.groups import (
    Band,
    DayToCome,
    GroupKind,
    GroupOver,
    MemberLeft,
    NotAttested,
    NotAYouthPanel,
    SeatsOnly,
)
from balise.awareness.partnership.partners.rules.mandates import DatesWrong
from balise.awareness.partnership.partners.tests.makers import make_group, make_meeting, make_member
from balise.awareness.places.structures.tests.makers import make_structure
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.encryption.sealing import KeyForgotten, known
from balise.foundation.journal.models import Entry
from balise.foundation.retention.rules import Rule

pytestmark = pytest.mark.django_db

NAME = "Sacha Exemple"


def erase_due(rule: Rule) -> int:
    return rule.erase(list(rule.due(clock.now()).values_list("pk", flat=True)))


def test_a_name_is_encrypted_and_public_only_while_they_agree() -> None:
    by = make_actor("coordinator")
    group = make_group()
    member = make_member(group, name=NAME)
    row = Member.objects.get()
    assert NAME.encode() not in bytes(row.sealed)
    assert row.public_name == ""

    groups.consent(member_id=member, by=by)
    assert queries.member(member, seen_by=by)[0].public_name == NAME
    groups.withdraw_consent(member_id=member, by=by)
    assert queries.member(member, seen_by=by)[0].public_name == ""
    entries = Entry.objects.filter(event__startswith="awareness.member.").order_by("id")
    assert [entry.event.rpartition(".")[2] for entry in entries] == ["joined", "named", "unnamed"]
    assert NAME not in "".join(str(entry.facts) for entry in entries)


def test_who_reads_a_name_and_interests_is_written_down_and_an_editor_may_not() -> None:
    by = make_actor("coordinator")
    member = make_member(make_group(), name=NAME)
    groups.note_interest(member_id=member, text="Conseille un éditeur de jeux.", by=by)
    opened = groups.open_member(member_id=member, by=by)
    assert opened.name == NAME
    assert opened.interests == [(today(), "Conseille un éditeur de jeux.")]
    assert Entry.objects.get(event="awareness.member.opened").subject == member
    with pytest.raises(PermissionDenied):
        groups.open_member(member_id=member, by=make_actor("editor"))


def test_what_is_encrypted_of_someone_goes_two_years_after_they_left() -> None:
    by = make_actor("coordinator")
    member = make_member(make_group(), name=NAME, is_public=True)
    interest = groups.note_interest(member_id=member, text="Rien.", by=by)
    groups.leave(member_id=member, by=by)
    assert Member.objects.get().public_name == ""
    with pytest.raises(MemberLeft):
        groups.consent(member_id=member, by=by)
    assert [erase_due(rule) for rule in module.RULES] == [0, 0]
    with clock.at(clock.now() + timedelta(days=731)):
        assert [erase_due(rule) for rule in module.RULES] == [1, 1]
        assert [erase_due(rule) for rule in module.RULES] == [0, 0]
    assert known([member, interest]) == set()
    assert (Member.objects.count(), Interest.objects.count()) == (1, 0)
    with pytest.raises(KeyForgotten):
        groups.open_member(member_id=member, by=by)


def test_a_youth_panel_has_numbers_by_structure_and_no_name() -> None:
    by = make_actor("coordinator")
    panel = make_group(GroupKind.YOUTH)
    structure = make_structure(attested_on=today())
    with pytest.raises(SeatsOnly):
        make_member(panel)
    for heads in (9, 12):
        groups.note_seats(
            group_id=panel, structure_id=structure, band=Band.FROM_11, heads=heads, by=by
        )
    assert queries.group(panel, seen_by=by).heads == 12
    groups.note_seats(group_id=panel, structure_id=structure, band=Band.FROM_11, heads=0, by=by)
    assert not Seats.objects.exists()
    with pytest.raises(NotAttested):
        groups.note_seats(
            group_id=panel, structure_id=make_structure(), band=Band.FROM_15, heads=1, by=by
        )
    with pytest.raises(NotAYouthPanel):
        groups.note_seats(
            group_id=make_group(), structure_id=structure, band=Band.FROM_11, heads=1, by=by
        )


def test_a_meeting_took_place_while_the_group_was_there() -> None:
    by = make_actor("coordinator")
    group = make_group()
    for days_ago in (-1, 400):
        with pytest.raises(DayToCome):
            make_meeting(group, days_ago=days_ago)
    make_meeting(group)
    facts = Entry.objects.get(event="awareness.meeting.held").facts
    assert (facts["kind"], facts["present"]) == ("experts", 12)

    member = make_member(group)
    with pytest.raises(DatesWrong):
        groups.end(group_id=group, until=today() - timedelta(days=366), by=by)
    groups.end(group_id=group, until=today(), by=by)
    assert queries.member(member, seen_by=by)[0].has_left
    with pytest.raises(GroupOver):
        make_member(group)
