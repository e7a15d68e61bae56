"""Whom to tell: found by the nearest domain, then by the network; approved by two people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.takedown.directory import actions, queries
from balise.takedown.directory.actions import About
from balise.takedown.directory.models import Contact, Holding, Organisation
from balise.takedown.directory.queries import Filters
from balise.takedown.directory.rules.choosing import Freshness, Wanted
from balise.takedown.directory.rules.contacts import (
    ContactKind,
    ContactKnown,
    OrganisationKind,
    OrganisationKnown,
    SameHands,
    Terms,
)
from balise.takedown.directory.tests.makers import (
    ANALYST,
    OUTSIDER,
    SECOND_ANALYST,
    make_contact,
    make_host,
)

pytestmark = pytest.mark.django_db


def found(domain: str = "", asn: int | None = None, **wanted: str) -> str:
    contact = queries.contact_for(domain=domain, asn=asn, wanted=Wanted(**wanted))
    return contact.address if contact else ""


def names() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


class TestChannelFor:
    def test_finds_the_contact_of_the_domain(self) -> None:
        make_contact(make_host())
        choice = queries.channel_for(domain="hebergeur.example")
        assert choice is not None
        assert choice.domain == "hebergeur.example"
        assert choice.contact is not None
        assert choice.contact.address == "abuse@hebergeur.example"

    def test_climbs_to_the_platform_above_a_site(self) -> None:
        make_contact(make_host(domains=("github.io",)), "abuse@platform.example")
        assert found("someone.github.io") == "abuse@platform.example"

    def test_prefers_the_nearest_domain(self) -> None:
        make_contact(make_host("Platform", domains=("github.io",)), "far@platform.example")
        make_contact(make_host("Site", domains=("someone.github.io",)), "near@site.example")
        assert found("someone.github.io") == "near@site.example"

    def test_falls_back_on_the_network(self) -> None:
        make_contact(make_host(networks=(64500,)))
        assert found("unknown.example", 64500) == "abuse@hebergeur.example"
        assert found("unknown.example", 64501) == ""
        assert found("unknown.example") == ""

    def test_falls_back_on_the_network_where_the_domain_cannot_be_told(self) -> None:
        make_contact(make_host("Site", domains=("site.example",)), "a@site.example", approved=False)
        make_contact(make_host(networks=(64500,)))
        assert found("site.example", 64500) == "abuse@hebergeur.example"
        choice = queries.channel_for(domain="site.example")
        assert choice is not None
        assert choice.contact is None
        assert [option.contact.address for option in choice.barred] == ["a@site.example"]

    def test_prefers_mail_to_a_form(self) -> None:
        host_id = make_host()
        make_contact(host_id, "https://hebergeur.example/form", kind=ContactKind.FORM)
        assert found("hebergeur.example") == "https://hebergeur.example/form"
        make_contact(host_id)
        assert found("hebergeur.example") == "abuse@hebergeur.example"

    def test_takes_the_way_made_for_the_kind_of_content(self) -> None:
        host_id = make_host()
        make_contact(host_id)
        terms = Terms(serves=("HATE_SPEECH",))
        make_contact(host_id, "hate@hebergeur.example", terms=terms)
        assert found("hebergeur.example", keyword="KEYWORD_HATE_SPEECH").startswith("hate@")
        assert found("hebergeur.example", keyword="KEYWORD_DEFAMATION").startswith("abuse@")

    def test_never_gives_a_contact_that_waits_or_is_blocked(self) -> None:
        host_id = make_host()
        make_contact(host_id, "waits@hebergeur.example", approved=False)
        assert found("hebergeur.example") == ""
        blocked = make_contact(host_id)
        actions.block_contact(contact_id=blocked, by=ANALYST)
        assert found("hebergeur.example") == ""


class TestAddOrganisation:
    def test_keeps_no_domain_in_clear(self) -> None:
        make_host(domains=("https://www.hebergeur.example/x", "hebergeur.example"))
        (holding,) = Holding.objects.all()
        assert b"hebergeur" not in bytes(holding.domain_key or b"")
        assert len(bytes(holding.domain_key or b"")) == 16

    def test_refuses_what_the_directory_has(self) -> None:
        make_host(networks=(64500,))
        for name, domains, networks in (
            ("Hébergeur Exemple", (), ()),
            ("Other", ("hebergeur.example",), ()),
            ("Other", (), (64500,)),
        ):
            with pytest.raises(OrganisationKnown):
                make_host(name, domains=domains, networks=networks)
        assert Organisation.objects.count() == 1


class TestReviseAndConfirm:
    def test_write_down_what_changed_once(self) -> None:
        host_id = make_host()
        about = About(kind=OrganisationKind.PLATFORM, country="FR", evidence="An address.")
        for _again in range(2):
            actions.revise_organisation(organisation_id=host_id, about=about, by=ANALYST)
            actions.confirm_organisation(organisation_id=host_id, by=ANALYST)
        one = Organisation.objects.get(id=host_id)
        assert (one.kind, one.country, one.evidence) == ("platform", "FR", "An address.")
        assert one.checked_on == today()
        assert one.touched_at is not None
        assert names()[1:3] == ["takedown.organisation.revised", "takedown.organisation.confirmed"]

    def test_change_the_terms_of_a_contact_and_never_its_address(self) -> None:
        contact_id = make_contact(make_host())
        terms = Terms(hours="day and night", decide_minutes=60, languages=("fr",))
        for _again in range(2):
            actions.revise_contact(contact_id=contact_id, terms=terms, by=ANALYST)
        contact = Contact.objects.get(id=contact_id)
        assert contact.terms == terms
        assert contact.address == "abuse@hebergeur.example"
        assert names().count("takedown.contact.revised") == 1

    def test_a_contact_grows_stale_until_it_is_confirmed(self) -> None:
        contact_id = make_contact(make_host())
        assert queries.to_confirm(seen_by=ANALYST) == []
        with clock.at(clock.now() + timedelta(days=200)):
            (kept,) = queries.to_confirm(seen_by=ANALYST)
            assert kept.freshness is Freshness.STALE
            for _again in range(2):
                actions.confirm_contact(contact_id=contact_id, by=SECOND_ANALYST)
            assert queries.to_confirm(seen_by=ANALYST) == []
        assert names().count("takedown.contact.confirmed") == 1


class TestApproveContact:
    def test_takes_a_second_person(self) -> None:
        contact_id = make_contact(make_host(), approved=False)
        with pytest.raises(SameHands):
            actions.approve_contact(contact_id=contact_id, by=ANALYST)
        actions.approve_contact(contact_id=contact_id, by=SECOND_ANALYST)
        actions.approve_contact(contact_id=contact_id, by=SECOND_ANALYST)
        assert names() == [
            "takedown.organisation.added",
            "takedown.contact.proposed",
            "takedown.contact.approved",
        ]

    def test_takes_back_a_block(self) -> None:
        contact_id = make_contact(make_host())
        actions.block_contact(contact_id=contact_id, by=ANALYST)
        actions.block_contact(contact_id=contact_id, by=ANALYST)
        actions.approve_contact(contact_id=contact_id, by=SECOND_ANALYST)
        assert Contact.objects.get(id=contact_id).is_open


class TestProposeContact:
    def test_refuses_the_same_contact_twice(self) -> None:
        host_id = make_host()
        make_contact(host_id)
        with pytest.raises(ContactKnown):
            make_contact(host_id, "ABUSE@hebergeur.example")


class TestEntries:
    def test_are_narrowed_by_what_is_asked(self) -> None:
        make_contact(make_host())
        waiting = make_host("Waiting", domains=())
        make_contact(waiting, "a@waiting.example", approved=False)
        about = About(kind=OrganisationKind.PLATFORM, country="IE", first_circle=True)
        actions.add_organisation(name="Nobody", about=about, by=ANALYST)
        for filters, expected in (
            (Filters(), ["Hébergeur Exemple", "Nobody", "Waiting"]),
            (Filters(words="wait"), ["Waiting"]),
            (Filters(kind=OrganisationKind.PLATFORM), ["Nobody"]),
            (Filters(country="IE"), ["Nobody"]),
            (Filters(first_circle=True), ["Nobody"]),
            (Filters(state="waiting"), ["Waiting"]),
            (Filters(state="nobody"), ["Nobody", "Waiting"]),
            (Filters(state="stale"), []),
        ):
            shown = queries.entries(seen_by=ANALYST, filters=filters)
            assert sorted(one.name for one in shown) == expected
        with clock.at(clock.now() + timedelta(days=200)):
            stale = queries.entries(seen_by=ANALYST, filters=Filters(state="stale"))
            assert [one.name for one in stale] == ["Hébergeur Exemple"]

    def test_show_what_is_an_organisations_own(self) -> None:
        actions.load_demonstration(country="fr")
        cloud = queries.entry(Organisation.objects.get(name="Cloud Example").id, seen_by=ANALYST)
        assert cloud is not None
        assert queries.networks(cloud) == [64502, 64503]
        assert queries.domain_count(cloud) == 1
        assert queries.entry(UUID(int=5), seen_by=ANALYST) is None


class TestWhoMay:
    def test_not_an_outsider(self) -> None:
        host_id = make_host()
        contact_id = make_contact(host_id)
        looks: tuple[Callable[..., Any], ...] = (queries.entries, queries.to_confirm)
        for look in looks:
            with pytest.raises(PermissionDenied):
                look(seen_by=OUTSIDER)
        with pytest.raises(PermissionDenied):
            queries.entry(host_id, seen_by=OUTSIDER)
        changes: tuple[tuple[Callable[..., Any], dict[str, Any]], ...] = (
            (actions.add_organisation, {"name": "x"}),
            (actions.revise_organisation, {"organisation_id": host_id, "about": About()}),
            (actions.confirm_organisation, {"organisation_id": host_id}),
            (
                actions.propose_contact,
                {
                    "organisation_id": host_id,
                    "kind": ContactKind.MAIL,
                    "address": "x@site.example",
                    "source": "",
                    "checked_on": today(),
                },
            ),
            (actions.approve_contact, {"contact_id": contact_id}),
            (actions.confirm_contact, {"contact_id": contact_id}),
            (actions.revise_contact, {"contact_id": contact_id, "terms": Terms()}),
            (actions.block_contact, {"contact_id": contact_id}),
            (actions.load_demonstration, {"country": "fr"}),
        )
        for change, given in changes:
            with pytest.raises(PermissionDenied):
                change(**given, by=OUTSIDER)
