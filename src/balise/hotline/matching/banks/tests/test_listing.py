"""The list of past look-ups: who asked, what came of it, page by page, by an index alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_token, sign_in
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions.looking import look_up, look_up_quickly
from balise.hotline.matching.banks.memory.logged import book
from balise.hotline.matching.banks.models import LookUp
from balise.hotline.matching.banks.queries import listing
from balise.hotline.matching.banks.queries.listing import PAGE, Filters, Place
from balise.hotline.matching.banks.rules.asking import Asker, Outcome, kinds_of, outcome_of
from balise.hotline.matching.banks.rules.deciding import Opinion, Rule
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    LISTENER,
    make_clip,
    make_entry,
    make_signal,
    make_value,
)
from balise.hotline.matching.signals.rules.kinds import HashKind

pytestmark = pytest.mark.sqlite

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
EVERY = Filters()
ADDRESS = "staff:banks:look-ups"


@pytest.mark.parametrize("rule", [None, *Rule])
def test_a_rule_comes_to_one_outcome(rule: Rule | None) -> None:
    expected = {
        None: Outcome.NOTHING,
        Rule.PARTIAL: Outcome.PARTIAL,
        Rule.EXACT: Outcome.KNOWN,
        Rule.NEAR: Outcome.KNOWN,
        Rule.CLIP: Outcome.KNOWN,
    }
    assert outcome_of(rule) is expected.get(rule, Outcome.UNDECIDED)


def test_kinds_are_said_once_and_fit_their_column() -> None:
    every = [make_signal(1, kind=kind) for kind in HashKind]
    assert kinds_of([make_clip([1]), *every, *every]) == "pdq sha256 sha1 md5 clip"
    assert len(kinds_of([make_clip([1]), *every])) <= 40


def listed(place: Place | None = None, filters: Filters = EVERY) -> listing.Page:
    return listing.look_ups(filters=filters, place=place, seen_by=ANALYST)


def make_rows(
    many: int,
    *,
    asker: str = "analyst",
    rule: Rule | None = None,
    every: timedelta = timedelta(0),
) -> None:
    """Write look-ups as a program's are written; what they hold is of no hash."""
    said = {"asker": asker, "rule": rule or "", "outcome": outcome_of(rule), "sealed": b""}
    found = [LookUp(at=NOON + at * every, actor_kind="system", **said) for at in range(many)]
    LookUp.objects.bulk_create(found)


@pytest.mark.django_db
class TestRows:
    def test_a_row_says_who_asked_for_which_content_and_what_decided(self) -> None:
        person = make_account("analyst", name="Alix")
        make_entry(make_signal(1))
        handle = UUID("abcdef01-0000-4000-8000-000000000000")
        by = Actor(ActorKind.STAFF, str(person.pk), ANALYST.abilities)
        asked = look_up(signals=[make_signal(1), make_clip([5])], handle=handle, by=by)

        (row,) = listed().rows
        assert (row.id, row.handle, row.asker) == (asked.id, "ABCDEF01", Asker.ANALYST)
        assert (row.name, row.kinds, row.hits) == ("Alix", ("pdq", "clip"), 1)
        assert (row.outcome, row.rule) == (Outcome.KNOWN, Rule.NEAR)

    def test_a_partner_is_named_whose_program_asked(self) -> None:
        token, _secret = make_token(access.LOOK_UP)
        partner = Actor(ActorKind.PARTNER, str(token.partner_id), frozenset({access.LOOK_UP}))
        make_entry(make_signal(1), opinion=Opinion.SEED)
        look_up_quickly(signals=[make_signal(1, kind=HashKind.PDQ)], by=partner)
        book().write()

        (row,) = listed(filters=Filters(None, Asker.PARTNER, Outcome.UNDECIDED)).rows
        assert (row.name, row.kinds, row.rule) == (token.partner.name, ("pdq",), Rule.SEED)
        assert not listed(filters=Filters(None, Asker.PARTNER, Outcome.NOTHING)).rows

    def test_nobody_without_the_ability_reads_it(self) -> None:
        with pytest.raises(PermissionDenied):
            listing.look_ups(filters=Filters(), place=None, seen_by=LISTENER)


@pytest.mark.django_db
class TestFilters:
    def test_a_day_is_that_of_the_centre(self, settings: Settings) -> None:
        settings.TIME_ZONE = "Europe/Paris"
        # Twenty-three hours where summer time begins; UTC would give other rows.
        for moment in ("2026-03-28T22:59", "2026-03-28T23:00", "2026-03-29T21:59"):
            with clock.at(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
                look_up(signals=[make_signal(1)], by=ANALYST)
        with clock.at(datetime(2026, 3, 29, 22, tzinfo=UTC)):
            look_up(signals=[make_signal(1)], by=ANALYST)
        assert [row.at.hour for row in listed(filters=Filters(date(2026, 3, 29))).rows] == [21, 23]

    def test_each_asker_and_outcome_alone_and_together(self) -> None:
        pairs = [
            (Asker.ANALYST, None),
            (Asker.LABORATORY, Rule.EXACT),
            (Asker.EXCHANGE, Rule.PARTIAL),
            (Asker.EXCHANGE, Rule.NEAR),
            ("", Rule.NEGATIVE),
        ]
        for asker, rule in pairs:
            make_rows(2, asker=asker, rule=rule)

        def many(asker: Asker | None = None, outcome: Outcome | None = None) -> int:
            return len(listed(filters=Filters(None, asker, outcome)).rows)

        assert many() == 10
        assert many(Asker.EXCHANGE) == 4
        assert many(None, Outcome.KNOWN) == 4
        assert many(None, Outcome.UNDECIDED) == 2
        assert many(None, Outcome.PARTIAL) == 2
        assert many(Asker.EXCHANGE, Outcome.KNOWN) == 2
        assert many(Asker.COMMAND) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("every", [timedelta(0), timedelta(seconds=1)], ids=["one-moment", "many"])
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(outcome=Outcome.NOTHING)], ids=["all", "some"]
)
def test_pages_go_there_and_back_and_lose_nothing(every: timedelta, filters: Filters) -> None:
    make_rows(2 * PAGE + 3, every=every)
    first = listed(None, filters)
    second = listed(first.older, filters)
    third = listed(second.older, filters)

    shown = [row.id for page in (first, second, third) for row in page.rows]
    assert [len(page.rows) for page in (first, second, third)] == [PAGE, PAGE, 3]
    assert len(set(shown)) == 2 * PAGE + 3
    assert (first.newer, third.older) == (None, None)
    assert listed(third.newer, filters).rows == second.rows
    back = listed(second.newer, filters)
    assert (back.rows, back.newer) == (first.rows, None)
    assert listed(back.older, filters).rows == second.rows


@pytest.mark.django_db
@pytest.mark.parametrize("place", [None, (False,), (True,)], ids=["first", "older", "newer"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(day=NOON.date()),
        Filters(asker=Asker.PARTNER),
        Filters(outcome=Outcome.PARTIAL),
        Filters(NOON.date(), Asker.PARTNER, Outcome.PARTIAL),
    ],
    ids=["all", "day", "asker", "outcome", "each"],
)
def test_a_page_is_read_by_an_index(filters: Filters, place: tuple[bool] | None) -> None:
    for rule in (None, Rule.NEAR, Rule.NEGATIVE):
        make_rows(2_000, asker="partner", rule=rule, every=timedelta(minutes=7))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE hotline_banks_lookup")
        if connection.vendor == "postgresql":
            # So few rows are read faster as they come; of millions they never are.
            cursor.execute("SET LOCAL enable_seqscan = off")
    begins = Place(NOON + timedelta(days=2), uuid4(), *place) if place else None
    plan = listing.begun(filters, begins).explain()

    assert "look_ups_by_" in plan
    assert "Seq Scan on hotline_banks_lookup" not in plan
    assert "SCAN hotline_banks_lookup\n" not in f"{plan}\n"


@pytest.mark.django_db
class TestPage:
    def test_it_is_found_from_the_banks_and_leads_to_the_reasons(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        make_entry(make_signal(1))
        asked = look_up(signals=[make_signal(1)], by=ANALYST)
        assert reverse(ADDRESS) in client.get(reverse("staff:banks:banks")).content.decode()

        shown = client.get(reverse(ADDRESS)).content.decode()
        assert reverse("staff:banks:why", args=[asked.id]) in shown
        assert "Contenu connu" in shown
        assert make_value(1).hex() not in shown.lower()

    def test_nothing_yet_and_nothing_found_are_said_apart(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        empty = client.get(reverse(ADDRESS)).content.decode()
        narrowed = client.get(reverse(ADDRESS), {"asker": "command"}).content.decode()
        assert "Aucune recherche pour le moment" in empty
        assert "Aucune recherche ne correspond" in narrowed

    def test_filters_stay_from_page_to_page(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        make_rows(PAGE + 1)
        make_rows(1, asker="command")
        found = client.get(reverse(ADDRESS), {"asker": "analyst", "day": "2026-03-29"})
        assert "?day=2026-03-29&amp;asker=analyst&amp;from=older~" in found.content.decode()
        older = client.get(reverse(ADDRESS) + found.context["older"])
        assert len(older.context["page"].rows) == 1

    @pytest.mark.parametrize(
        "given",
        [
            {"day": "9999-12-31"},
            {"day": "0001-01-01"},
            {"day": "hier"},
            {"asker": "x", "outcome": "y"},
            {"from": "older~2026-03-29T12:00:00~x"},
            {"from": f"older~9999-12-31T23:59:59-12:00~{uuid4()}"},
            {"from": f"later~2026-03-29T12:00:00+00:00~{uuid4()}"},
        ],
        ids="-".join,
    )
    def test_what_cannot_be_read_is_left_out(self, client: Client, given: dict[str, str]) -> None:
        sign_in(client, make_account("analyst"))
        look_up(signals=[make_signal(1)], by=SYSTEM)
        found = client.get(reverse(ADDRESS), given)
        assert found.status_code == 200
        assert len(found.context["page"].rows) == 1

    def test_a_listener_sees_nothing(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        assert client.get(reverse(ADDRESS)).status_code == 403
