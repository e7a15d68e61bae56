"""Countries of networks and platforms with an agreement, on a day, as it was known."""

from datetime import UTC, date, datetime

import pytest

from balise.awareness.partnership.partners.actions import register
from balise.awareness.partnership.partners.queries.held import countries, with_removals
from balise.awareness.partnership.partners.rules.days import read
from balise.awareness.partnership.partners.rules.mandates import AgreementKind, PartnerKind
from balise.awareness.partnership.partners.tests.makers import make_organisation
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.statistics.indicators import Records, Said

pytestmark = pytest.mark.django_db


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def on(ask: Records, month: int, day: int, *, until: datetime) -> int | None:
    found = ask(date(2026, 1, 1), date(2026, month, day), until=until)
    assert isinstance(found, Said)
    return found.number


def test_a_country_of_two_networks_counts_once_and_one_that_left_no_more() -> None:
    by = make_actor("coordinator")
    first, second = (make_organisation(name, kind=PartnerKind.NETWORK) for name in ("Un", "Deux"))
    with clock.at(at(2, 1)):
        _fr, de = register.note_members(
            organisation_id=first, countries=["FR", "DE"], since=read("2005"), by=by
        )
        register.note_members(
            organisation_id=second, countries=["FR", "IT"], since=read("2026-01"), by=by
        )
    with clock.at(at(5, 1)):
        register.end_mandate(mandate_id=de, until=read("2026-03-31"), by=by)

    assert on(countries, 6, 1, until=at(6, 1)) == 2
    assert on(countries, 3, 31, until=at(6, 1)) == 3  # its last day
    assert on(countries, 6, 1, until=at(4, 1)) == 3  # nobody had entered that it left
    assert on(countries, 6, 1, until=at(1, 1)) == 0


def test_an_organisation_counts_while_an_agreement_on_removals_is_in_force() -> None:
    by = make_actor("coordinator")
    one, two, other = (make_organisation(name) for name in ("Un", "Deux", "Trois"))
    with clock.at(at(2, 1)):
        for organisation, kind in (
            (one, AgreementKind.REMOVALS),
            (one, AgreementKind.REMOVALS),
            (two, AgreementKind.REMOVALS),
            (other, AgreementKind.GRANT),
        ):
            register.sign(
                organisation_id=organisation,
                kind=kind,
                signed=date(2026, 1, 10),
                until=date(2026, 8, 31) if organisation == two else None,
                by=by,
            )
    assert on(with_removals, 1, 9, until=at(12, 1)) == 0
    assert on(with_removals, 8, 31, until=at(12, 1)) == 2
    assert on(with_removals, 9, 1, until=at(12, 1)) == 1
