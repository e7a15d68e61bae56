"""What a live trace found waits for a person in the directory."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry
from balise.takedown.directory.actions import add_organisation
from balise.takedown.directory.actions.keeping import propose_found
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.rules.contacts import LegalBasis, OrganisationKind
from balise.takedown.directory.tests.makers import ANALYST, OUTSIDER, make_host
from balise.takedown.directory.web import search
from balise.takedown.tracing.rules.live import LiveTrace, Role, Rung
from balise.takedown.tracing.rules.registers import Contact as Found

pytestmark = pytest.mark.django_db

RDAP = "RDAP rdap.example"


def rung(role: Role, name: str, *addresses: str, handle: str = "", source: str = RDAP) -> Rung:
    contacts = tuple(
        Found("form" if one.startswith("https") else "mail", one, source) for one in addresses
    )
    return Rung(role=role, name=name, handle=handle, country="NL", contacts=contacts, source=source)


def trace(*rungs: Rung) -> LiveTrace:
    return LiveTrace(
        host="site.example",
        domain="site.example",
        at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        ladder=rungs,
    )


HOST = rung(Role.HOST, "New Host", "abuse@new.example", handle="AS64505")


def test_asks_for_the_right() -> None:
    with pytest.raises(PermissionDenied):
        propose_found(trace=trace(HOST), by=OUTSIDER)


def test_adds_who_is_new_with_its_network_and_waits_for_a_person() -> None:
    assert propose_found(trace=trace(HOST), by=SYSTEM) == 1
    added = Organisation.objects.get(name="New Host")
    assert (added.kind, added.country, added.source) == (OrganisationKind.HOST, "NL", RDAP)
    assert [one.asn for one in added.holdings.all()] == [64505]
    contact = added.contacts.get()
    assert (contact.address, contact.source) == ("abuse@new.example", f"{RDAP}, AS64505")
    assert contact.basis == LegalBasis.ABUSE
    assert not contact.is_open
    assert Entry.objects.filter(event="takedown.contact.proposed").count() == 1


def test_again_proposes_nothing() -> None:
    propose_found(trace=trace(HOST), by=SYSTEM)
    assert propose_found(trace=trace(HOST), by=SYSTEM) == 0


def test_a_changed_contact_goes_to_who_holds_the_network_whatever_its_name() -> None:
    known = add_organisation(name="Known", networks=[64505], by=ANALYST)
    assert propose_found(trace=trace(HOST), by=SYSTEM) == 1
    assert Contact.objects.get().organisation_id == known
    assert not Organisation.objects.filter(name="New Host").exists()


def test_each_rung_is_of_its_kind() -> None:
    rungs = (
        rung(Role.REGISTRAR, "Registrar", "https://registrar.example/abuse", handle="9999"),
        rung(Role.REGISTRY, "Registry", "abuse@registry.example"),
        rung(Role.CDN, "Relay", "abuse@relay.example", handle="AS64506"),
    )
    assert propose_found(trace=trace(*rungs), by=SYSTEM) == 3
    kinds = {
        one.name: one.kind
        for one in Organisation.objects.filter(name__in=["Registrar", "Registry", "Relay"])
    }
    assert kinds == {
        "Registrar": OrganisationKind.REGISTRAR,
        "Registry": OrganisationKind.REGISTRY,
        "Relay": OrganisationKind.NETWORK,
    }


def test_what_nobody_registered_is_not_proposed() -> None:
    ours = rung(Role.CDN, "Relay", "abuse@relay.example", source="general knowledge, 2026-11-24")
    nameless = replace(HOST, name="")
    assert propose_found(trace=trace(ours, nameless, rung(Role.HOST, "Empty")), by=SYSTEM) == 0
    assert not Contact.objects.filter(address__contains="relay.example").exists()


def test_a_form_that_cannot_be_meant_is_passed_over() -> None:
    local = rung(Role.REGISTRAR, "Registrar", "https://printer.local/abuse")
    assert propose_found(trace=trace(local), by=SYSTEM) == 0


def test_staff_search_an_organisation_by_its_name() -> None:
    organisation_id = make_host("Cloud of pictures")
    (found,) = search.organisations("of pict", ANALYST)
    assert str(organisation_id) in found.url
    assert not list(search.organisations("nobody", ANALYST))
