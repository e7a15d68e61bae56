"""The diary: what is refused, what is written down, and what stands beside it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser
from icalendar import Calendar

from balise.awareness.partnership.campaigns.rules import CampaignUnknown
from balise.awareness.partnership.partners.tests import makers as partners
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry as Fact
from balise.steering.diary import actions, queries
from balise.steering.diary.models import Entry
from balise.steering.diary.rules import DaysFaulty, EditionFaulty, EntryWithdrawn, check, title_in
from balise.steering.diary.tests.makers import make_entry, told
from balise.steering.indicators.models import Break

DAY = timedelta(days=1)
LIST = "/staff/steering/diary/"


def test_an_edition_is_of_a_series_and_later_ones_have_higher_numbers() -> None:
    match = {"series": "Match", "edition": 2}
    day = date(2026, 9, 27)
    before, after = {1: day - 365 * DAY}, {3: day + 365 * DAY}
    check(told(day, **match), others=before | after)
    check(told(day, series="Match", since_year=2025), others={})
    for faulty, others in (
        ({"edition": 2}, {}),
        ({"since_year": 2020}, {}),
        ({"series": "Match", "since_year": 2027}, {}),
        ({"series": "Match", "since_year": 1066}, {}),
        (match, {2: day - DAY}),
        (match, {1: day + DAY}),
        (match, {3: day - DAY}),
    ):
        with pytest.raises(EditionFaulty):
            check(told(day, **faulty), others=others)


def test_days_are_in_order_and_not_a_lifetime() -> None:
    day = date(2026, 9, 27)
    check(told(day, last=day + 3 * DAY), others={})
    for last in (day - DAY, day + 800 * DAY):
        with pytest.raises(DaysFaulty):
            check(told(day, last=last), others={})
    assert title_in({"fr": "Oui", "en": ""}, "en") == "Oui"


@pytest.mark.django_db
def test_an_entry_is_written_down_without_its_words() -> None:
    made = make_entry(place="La mairie")
    fact = Fact.objects.get(event="steering.diary.noted")
    assert (fact.subject, fact.facts["kind"]) == (made, "meeting")
    assert "mairie" not in fact.facts_text
    office = make_actor("steering_office")
    actions.change(entry_id=made, told=told(place="Le port"), by=office)
    assert Entry.objects.get().place == "Le port"
    actions.withdraw(entry_id=made, why="Annulée", by=office)
    with pytest.raises(EntryWithdrawn):
        actions.withdraw(entry_id=made, why="X", by=office)
    with pytest.raises(EntryWithdrawn):
        actions.change(entry_id=made, told=told(), by=office)
    assert Fact.objects.filter(event="steering.diary.withdrawn").count() == 1
    assert queries.entries(today(), today(), language="fr", seen_by=office) == []


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing() -> None:
    with pytest.raises(PermissionDenied):
        actions.note(told=told(), by=make_actor("steering"))
    with pytest.raises(CampaignUnknown):
        make_entry(campaign="NONE-1")
    make_entry(series="Match", edition=2)
    with pytest.raises(EditionFaulty):
        make_entry(series="Match", edition=2)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_wider_hours_are_a_break_of_the_helplines_figures_once() -> None:
    day = date(2026, 2, 8)
    made = make_entry(day, breaks=("helpline",))
    noted = Break.objects.get()
    assert (noted.on, noted.name_fr, noted.lines) == (day, "Une rencontre", ["helpline"])
    assert Entry.objects.get().marked == noted.id
    actions.change(
        entry_id=made, told=told(day), breaks=("helpline",), by=make_actor("steering_office")
    )
    assert Break.objects.count() == 1
    assert Fact.objects.get(event="steering.diary.marked").facts["lines"] == ["helpline"]


@pytest.mark.django_db
def test_what_began_with_partners_stands_beside_and_is_not_copied() -> None:
    network = partners.make_organisation("Réseau des phares")
    partners.make_mandate(network, since="2020-07")
    partners.make_agreement(network, signed=date(2020, 5, 29))
    reader = make_actor("steering")
    ties = queries.ties(date(2020, 1, 1), date(2020, 12, 31), seen_by=reader)
    assert [(tie.first, tie.whom) for tie in ties] == [
        (date(2020, 5, 29), "Réseau des phares"),
        (date(2020, 7, 1), "Réseau des phares"),
    ]
    assert queries.ties(date(2021, 1, 1), date(2021, 12, 31), seen_by=reader) == []
    assert not Entry.objects.exists()
    with pytest.raises(PermissionDenied):
        queries.ties(today(), today(), seen_by=make_actor("editor"))


@pytest.mark.django_db
def test_the_committee_reads_and_the_office_writes(client: Browser) -> None:
    made = make_entry()
    reads, writes = ("", "calendar.ics", f"{made}/"), ("add/", f"{made}/change/")
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {302}
    sign_in(client, make_account("editor"))
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {403}
    sign_in(client, make_account("steering"))
    assert {client.get(f"{LIST}{page}").status_code for page in reads} == {200}
    assert {client.get(f"{LIST}{page}").status_code for page in writes} == {403}
    assert client.post(f"{LIST}{made}/", {"why": "X"}).status_code == 403
    sign_in(client, make_account("steering_office"))
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {200}


@pytest.mark.django_db
def test_an_entry_is_added_changed_and_withdrawn(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    day = today()
    typed = {
        "kind": "match",
        "first": day.isoformat(),
        "title_fr": "Match de football",
        "title_en": "Football match",
        "series": "Match",
        "edition": "2",
        "since_year": "2025",
    }
    early = (day - DAY).isoformat()
    refused = client.post(f"{LIST}add/", {**typed, "last": early})
    assert refused.status_code == 422
    assert 'value="Match de football"' in refused.text
    answer = client.post(f"{LIST}add/", {**typed, "breaks": ["helpline"]})
    row = Entry.objects.get()
    page = f"{LIST}{row.id}/"
    assert answer["Location"] == page
    assert (row.last, row.edition, row.marked is not None) == (day, 2, True)
    assert 'name="breaks"' not in client.get(f"{page}change/").text
    assert client.post(f"{page}change/", {**typed, "place": "Le stade"}).status_code == 302
    assert "Le stade" in client.get(f"{LIST}?kind=match").text
    assert "Le stade" not in client.get(f"{LIST}?kind=visit").text
    (event,) = Calendar.from_ical(client.get(f"{LIST}calendar.ics").content).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (day, day + DAY)
    assert client.post(page, {"why": "Reporté"}).status_code == 302
    assert "Reporté" in client.get(page).text
    assert client.post(f"{page}change/", typed).status_code == 409
