"""Whom to tell: found by the nearest domain, then by the network; approved by two people."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.takedown.directory import actions, queries
from balise.takedown.directory.models import Contact, Holding, Host
from balise.takedown.directory.rules import ContactKind, ContactKnown, HostKnown, SameHands
from balise.takedown.directory.tests.makers import (
    ANALYST,
    OUTSIDER,
    SECOND_ANALYST,
    make_contact,
    make_host,
)

pytestmark = pytest.mark.django_db


def found(domain: str = "", asn: int | None = None) -> str:
    contact = queries.contact_for(domain=domain, asn=asn)
    return contact.address if contact else ""


class TestContactFor:
    def test_finds_the_contact_of_the_domain(self) -> None:
        make_contact(make_host())
        assert found("hebergeur.example") == "abuse@hebergeur.example"

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

    def test_prefers_mail_to_a_form(self) -> None:
        host_id = make_host()
        make_contact(host_id, "https://hebergeur.example/form", kind=ContactKind.FORM)
        assert found("hebergeur.example") == "https://hebergeur.example/form"
        make_contact(host_id)
        assert found("hebergeur.example") == "abuse@hebergeur.example"

    def test_never_gives_a_contact_that_waits_or_is_blocked(self) -> None:
        host_id = make_host()
        make_contact(host_id, "waits@hebergeur.example", approved=False)
        assert found("hebergeur.example") == ""
        blocked = make_contact(host_id)
        actions.block_contact(contact_id=blocked, by=ANALYST)
        assert found("hebergeur.example") == ""


class TestAddHost:
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
            with pytest.raises(HostKnown):
                make_host(name, domains=domains, networks=networks)
        assert Host.objects.count() == 1


class TestApproveContact:
    def test_takes_a_second_person(self) -> None:
        contact_id = make_contact(make_host(), approved=False)
        with pytest.raises(SameHands):
            actions.approve_contact(contact_id=contact_id, by=ANALYST)
        actions.approve_contact(contact_id=contact_id, by=SECOND_ANALYST)
        actions.approve_contact(contact_id=contact_id, by=SECOND_ANALYST)
        names = list(Entry.objects.order_by("id").values_list("event", flat=True))
        assert names == [
            "takedown.host.added",
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


class TestWhoMay:
    def test_not_an_outsider(self) -> None:
        host_id = make_host()
        contact_id = make_contact(host_id)
        with pytest.raises(PermissionDenied):
            queries.hosts(seen_by=OUTSIDER)
        with pytest.raises(PermissionDenied):
            queries.host(host_id, seen_by=OUTSIDER)
        with pytest.raises(PermissionDenied):
            actions.add_host(name="x", by=OUTSIDER)
        with pytest.raises(PermissionDenied):
            actions.propose_contact(
                host_id=host_id,
                kind=ContactKind.MAIL,
                address="x@site.example",
                source="",
                checked_on=today(),
                by=OUTSIDER,
            )
        for act in (actions.approve_contact, actions.block_contact):
            with pytest.raises(PermissionDenied):
                act(contact_id=contact_id, by=OUTSIDER)


class TestTheDemonstration:
    def test_fills_the_directory_once(self) -> None:
        assert actions.load_demonstration(country="fr") == 5
        assert actions.load_demonstration(country="fr") == 0
        assert found("images.example") == "abuse@images.example"
        assert found("x.example", 64503) == "abuse@cloud.example"

    def test_shows_hosts_and_what_is_theirs(self) -> None:
        actions.load_demonstration(country="fr")
        names = [host.name for host in queries.hosts(seen_by=ANALYST)]
        assert len(names) == 5
        cloud = queries.host(Host.objects.get(name="Cloud Example").id, seen_by=ANALYST)
        assert cloud is not None
        assert queries.networks(cloud) == [64502, 64503]
        assert queries.domain_count(cloud) == 1
        assert queries.host(UUID(int=5), seen_by=ANALYST) is None
