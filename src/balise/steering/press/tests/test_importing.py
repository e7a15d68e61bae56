"""Files of press items: looked at, taken in once, whoever brings them and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry
from balise.steering.imports.models import Brought
from balise.steering.imports.queries import listed
from balise.steering.imports.rules.cells import AlreadyImported, FileUnreadable
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.tests.makers import bring, csv_of, workbook_of
from balise.steering.imports.tests.test_parsing import RSS
from balise.steering.press import actions
from balise.steering.press.models import Heading, Item
from balise.steering.press.queries import Verdict, looked_at

pytestmark = pytest.mark.django_db
HEAD = ("Date", "Média", "Titre", "Type de média", "Thématique", "Audience", "Lien", "Service")
GOOD = ("12/03/2026", "Le Quotidien", "Une ligne ouverte", "Web", "Harcèlement", "22,9 K", "", "x")


def look(brought: UUID) -> Verdict:
    return looked_at(brought, seen_by=make_actor("steering_office"))


def take(brought: UUID) -> None:
    actions.take_in(brought_id=brought, by=make_actor("steering_office"))


def test_a_row_that_is_wrong_says_why_and_the_others_are_taken_in() -> None:
    wrong = (
        ("12/03/2032", *GOOD[1:]),
        ("mardi", *GOOD[1:]),
        (*GOOD[:3], "pigeon", *GOOD[4:]),
        (*GOOD[:5], "beaucoup", *GOOD[6:]),
        (GOOD[0], "", *GOOD[2:]),
        (*GOOD[:6], "journal", "x"),
    )
    brought = bring(csv_of(HEAD, GOOD, *wrong))
    found = look(brought)
    assert (len(found.new), len(found.known), len(found.refused)) == (1, 0, len(wrong))
    assert sorted(line.number for line in found.refused) == [3, 4, 5, 6, 7, 8]
    assert all(line.refused for line in found.refused)
    assert found.left_out == ["Service"]
    assert not Item.objects.exists()
    take(brought)
    row = Item.objects.get()
    assert (row.day, row.audience, row.bound, row.topic) == (
        date(2026, 3, 12),
        22_900,
        "about",
        "harcelement",
    )
    assert Heading.objects.get().name == "Harcèlement"
    kept = Brought.objects.get()
    assert (kept.taken, kept.known, len(kept.refused), kept.rows) == (1, 0, 6, [])
    assert Entry.objects.get(event="steering.file.imported").facts == {
        "kind": "press",
        "taken": 1,
        "known": 0,
        "refused": 6,
    }


def test_numbers_are_read_with_the_spaces_and_units_that_services_print() -> None:
    printed = {
        "22,9 K": 22_900,
        "22,9\u00a0K": 22_900,
        "13,5 Mn €": 13_500_000,
        "13,5\u202fMn\u00a0€": 13_500_000,
        "1\u00a0010": 1_010,
        "247\u202f000\u202f000": 247_000_000,
        "1\u2009010": 1_010,
    }
    rows = [
        (*GOOD[:2], f"Une ligne ouverte {at}", *GOOD[3:5], audience, "", "x")
        for at, audience in enumerate(printed)
    ]
    found = look(bring(csv_of(HEAD, *rows)))
    told = [line.told.audience for line in found.new if line.told]
    assert [one.value for one in told if one] == list(printed.values())
    assert not found.refused


def test_a_row_to_correct_stands_as_the_file_says_it_until_the_file_is_taken_in() -> None:
    brought = bring(csv_of(HEAD, GOOD, ("12/03/2032", *GOOD[1:])))
    found = look(brought)
    [(number, reason, typed)] = found.file.as_typed(
        (line.number, line.refused) for line in found.refused
    )
    assert (number, reason) == (3, found.refused[0].refused)
    assert typed.startswith("12/03/2032 · Le Quotidien · Une ligne ouverte")
    take(brought)
    [row] = listed(ImportKind.PRESS, seen_by=make_actor("steering_office"))
    assert [typed for _number, _reason, typed in row.left] == [""]


def test_a_file_sent_twice_changes_nothing_and_one_looked_at_twice_is_taken_in_once() -> None:
    file = csv_of(HEAD, GOOD, (*GOOD[:2], "Un autre titre", *GOOD[3:]), GOOD)
    one, other = bring(file), bring(file)
    take(one)
    facts = Entry.objects.filter(event__startswith="steering.press").count()
    with pytest.raises(AlreadyImported):
        take(one)
    assert [len(rows) for rows in (look(other).new, look(other).known)] == [0, 3]
    take(other)
    assert Item.objects.count() == 2
    assert Entry.objects.filter(event__startswith="steering.press").count() == facts
    assert Brought.objects.get(id=other).known == 3


def test_the_same_article_five_times_under_five_titles_is_proposed_as_one() -> None:
    summary = "Le centre ouvre sa ligne tous les jours et répond aux familles"
    titles = (
        "La ligne d’écoute ouvre tous les jours",
        "Tous les jours, la ligne répond aux familles",
        "Une ligne ouverte tous les jours",
        "Familles : la ligne est ouverte tous les jours",
        "La ligne répond tous les jours aux familles",
    )
    rows = [("12/03/2026", f"La Gazette {at}", title, summary) for at, title in enumerate(titles)]
    found = look(bring(csv_of(("jour", "support", "titre", "résumé"), *rows)))
    assert [len(group) for group in found.groups] == [5]
    assert len(found.new) == 5


def test_a_workbook_and_a_feed_are_read_alike() -> None:
    row = (date(2026, 3, 12), "Le Quotidien", "Une ligne", "TV")
    sheet = look(bring(workbook_of(("date", "media", "titre", "type"), row)))
    assert [line.told.medium for line in sheet.new if line.told] == ["television"]
    feed = look(bring(RSS.encode(), name="veille.xml"))
    assert [line.told.outlet for line in feed.new if line.told] == ["Le Journal"]
    assert len(feed.refused) == 1


def test_a_file_without_its_columns_is_refused_whole() -> None:
    for head in (("Date", "Titre"), ("Date", "Média", "Titre", "Jour")):
        brought = bring(csv_of(head, ("12/03/2026", "Un titre", "x", "y")))
        with pytest.raises(FileUnreadable):
            look(brought)
        with pytest.raises(FileUnreadable):
            take(brought)
    assert not Brought.objects.filter(done_at__isnull=False).exists()


def test_who_reads_does_not_take_in_and_the_equivalent_is_left_out(settings: Any) -> None:
    brought = bring(csv_of((*HEAD, "AVE"), (*GOOD, "13,5 Mn €")))
    with pytest.raises(PermissionDenied):
        actions.take_in(brought_id=brought, by=make_actor("steering"))
    assert look(brought).new[0].told.equivalent is None  # type: ignore[union-attr]
    settings.PRESS_EQUIVALENT = True
    assert look(brought).new[0].told.equivalent == 13_500_000  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_in_the_same_file_at_once_enter_it_once() -> None:
    file = csv_of(HEAD, *((*GOOD[:2], f"Titre {at}", *GOOD[3:]) for at in range(20)))
    office = make_actor("steering_office")
    files = [bring(file), bring(file)]

    def take_one(brought: UUID) -> None:
        try:
            actions.take_in(brought_id=brought, by=office)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take_one, files))
    assert Item.objects.count() == 20
    counted = Entry.objects.filter(event="steering.press.counted")
    assert sum(one.facts["items"] for one in counted) == 20
    kept = Brought.objects.all()
    assert sorted((one.taken, one.known) for one in kept) == [(0, 20), (20, 0)]
