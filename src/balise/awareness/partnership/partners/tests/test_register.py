"""The register: organisations, who holds what on a day, agreements."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.partnership.partners.actions import register
from balise.awareness.partnership.partners.queries import register as queries
from balise.awareness.partnership.partners.rules.days import Held, read
from balise.awareness.partnership.partners.rules.mandates import (
    AgreementKind,
    CountryUnknown,
    DatesWrong,
    MandateHeld,
    OrganisationKnown,
    OrganisationUnknown,
    PartnerKind,
    Role,
)
from balise.awareness.partnership.partners.tests.makers import (
    make_agreement,
    make_mandate,
    make_organisation,
)
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def told(event: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(event=event).order_by("id")]


def test_an_organisation_has_one_name_and_a_country_that_there_is() -> None:
    make_organisation("Réseau d’essai", kind=PartnerKind.NETWORK)
    with pytest.raises(OrganisationKnown):
        make_organisation("Réseau d’essai")
    with pytest.raises(CountryUnknown, match="ZZ"):
        make_organisation(country="ZZ")
    (facts,) = told("awareness.partner.added")
    assert (facts["kind"], facts["sector"]) == ("network", "association")


def test_who_held_which_mandate_on_a_day() -> None:
    network = make_organisation("Réseau", kind=PartnerKind.NETWORK)
    other = make_organisation("Centre voisin", country="BE")
    make_mandate(network, "2018-07-01", "2020-06-30", holder_id=other)
    make_mandate(network, "2020-07")
    make_mandate(network, "2005", role=Role.MEMBER)
    reader = make_actor("editor")

    def presidency(day: date) -> list[tuple[str, Held]]:
        found = queries.held_on(day, seen_by=reader, role=Role.PRESIDENCY)
        return [(one.holder if not one.is_ours else "us", one.held) for one in found]

    assert presidency(date(2018, 6, 30)) == []
    assert presidency(date(2020, 6, 30)) == [("Centre voisin", Held.YES)]
    assert presidency(date(2020, 7, 1)) == [("us", Held.PERHAPS)]
    assert presidency(today()) == [("us", Held.YES)]
    assert len(queries.held_on(today(), seen_by=reader)) == 2
    assert [facts["role"] for facts in told("awareness.mandate.noted")] == [
        *("presidency", "presidency", "member")
    ]


def test_one_holds_a_presidency_at_a_time_and_the_next_follows_the_last_day() -> None:
    network = make_organisation(kind=PartnerKind.NETWORK)
    first = make_mandate(network, "2020-07-01")
    with pytest.raises(MandateHeld):
        make_mandate(network, "2024-07-01", holder_id=make_organisation())
    make_mandate(network, "2024-07-01", role=Role.BOARD)  # a board has several seats
    by = make_actor("awareness_lead")
    with pytest.raises(DatesWrong):
        register.end_mandate(mandate_id=first, until=read("2019"), by=by)
    register.end_mandate(mandate_id=first, until=read("2024-06-30"), by=by)
    make_mandate(network, "2024-07-01", holder_id=make_organisation())
    assert len(told("awareness.mandate.ended")) == 1
    with pytest.raises(OrganisationUnknown):
        make_mandate(network, "2001", role=Role.MEMBER, holder_id=network)


def test_the_countries_of_a_network_are_noted_once() -> None:
    network = make_organisation(kind=PartnerKind.NETWORK)
    by = make_actor("coordinator")
    added = register.note_members(
        organisation_id=network, countries=("DE", "AT", "DE"), since=read("2005"), by=by
    )
    again = register.note_members(
        organisation_id=network, countries=("AT", "IS"), since=read("2006"), by=by
    )
    assert (len(added), len(again)) == (2, 1)
    with pytest.raises(CountryUnknown):
        register.note_members(
            organisation_id=network, countries=("IS", "Q"), since=read("2006"), by=by
        )
    register.end_mandate(mandate_id=added[0], until=read("2019"), by=by)
    found = queries.organisation(network, on=today(), seen_by=by)
    assert [one.country for one in found.countries] == ["AT", "IS"]


def test_the_public_page_shows_who_is_in_force_and_agreed_to_be_shown() -> None:
    day = today()
    signed = make_organisation("Signataire")
    make_agreement(signed, signed=day, until=day)
    make_agreement(make_organisation("Discrète", is_shown=False))
    make_agreement(make_organisation("Passée"), signed=date(2020, 1, 1), until=date(2020, 12, 31))
    make_mandate(make_organisation("Réseau", kind=PartnerKind.NETWORK), "2005", role=Role.MEMBER)
    make_organisation("Sans lien")

    assert [(kind, [one.name for one in rows]) for kind, rows in queries.shown(on=day)] == [
        (PartnerKind.PARTNER, ["Signataire"]),
        (PartnerKind.NETWORK, ["Réseau"]),
    ]
    assert [kind for kind, _ in queries.shown(on=day + timedelta(days=1))] == [PartnerKind.NETWORK]


def test_an_agreement_has_its_days_in_order_and_ends_earlier_or_later() -> None:
    organisation = make_organisation()
    with pytest.raises(DatesWrong):
        make_agreement(organisation, signed=date(2026, 2, 1), until=date(2026, 1, 1))
    found = make_agreement(
        organisation, signed=date(2026, 1, 1), renew_by=date(2026, 10, 1), until=date(2026, 12, 31)
    )
    by = make_actor("coordinator")
    register.end_agreement(agreement_id=found, until=date(2026, 6, 30), by=by)
    (read_,) = queries.organisation(organisation, on=today(), seen_by=by).agreements
    assert (read_.until, read_.renew_by) == (date(2026, 6, 30), None)
    assert told("awareness.agreement.ended")[0]["kind"] == AgreementKind.CONVENTION.value


def test_who_only_reads_changes_nothing_and_who_has_no_part_reads_nothing() -> None:
    organisation = make_organisation()
    editor, listener = make_actor("editor"), make_actor("listener")
    for refused in (
        lambda: make_organisation(by=editor),
        lambda: make_mandate(organisation, "2020", by=editor),
        lambda: make_agreement(organisation, by=editor),
        lambda: queries.register(on=today(), seen_by=listener),
        lambda: queries.held_on(today(), seen_by=listener),
    ):
        with pytest.raises(PermissionDenied):
            refused()
