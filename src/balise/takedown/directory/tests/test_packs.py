"""The packs fill the directory once, and never undo what a person did."""

from typing import Any

import pytest

from balise.foundation.journal.models import Entry
from balise.foundation.packs import PackFaulty
from balise.takedown.directory import actions, queries
from balise.takedown.directory.actions.keeping import About
from balise.takedown.directory.models import Contact, Organisation
from balise.takedown.directory.module import directory_is_sound
from balise.takedown.directory.rules import entries
from balise.takedown.directory.rules.choosing import Bar
from balise.takedown.directory.rules.contacts import OrganisationKind, Terms
from balise.takedown.directory.tests.makers import ANALYST, OUTSIDER, make_host


class TestThePacks:
    def test_are_sound(self) -> None:
        assert directory_is_sound() == []

    def test_name_seventeen_platforms_that_the_centre_works_with(self) -> None:
        assert sum(one.first_circle for one in entries.listed("fr")) == 17

    def test_know_hotlines_of_the_network_in_many_countries(self) -> None:
        hotlines = [one for one in entries.listed("fr") if one.kind is OrganisationKind.HOTLINE]
        assert len({one.country for one in hotlines}) > 40

    def test_claim_no_check_without_a_source(self) -> None:
        for one in entries.listed("fr"):
            assert one.source or one.checked_on is None
            assert all(each.source or each.checked_on is None for each in one.channels)

    def test_say_how_the_transparency_database_writes_a_platform(self) -> None:
        names = entries.statement_names("fr")
        assert set(names) == {"x", "epic-games"}
        assert "X" in names["x"]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"kind": "shop"}, "shop"),
            ({"name": None}, "name"),
            ({"country": "fra"}, "country"),
            ({"domains": ["www.site.example"]}, "registrable"),
            ({"domains": ["8.8.8.8"]}, "IP"),
            ({"networks": [0]}, "autonomous"),
            ({"language": "de"}, "de"),
            ({"max_locations": 0}, "positive"),
            ({"checked_on": "2026-01-01", "source": "x"}, "day"),
            ({"channels": [{"kind": "mail", "address": "nobody", "basis": "abuse"}]}, "nobody"),
        ],
    )
    def test_are_refused_whole_where_one_entry_is_wrong(
        self, wrong: dict[str, Any], said: str
    ) -> None:
        entry = {"code": "x", "kind": "host", "name": "X"} | wrong
        entry = {name: value for name, value in entry.items() if value is not None}
        with pytest.raises(PackFaulty, match=said):
            entries._entry(entry, "test.x")


@pytest.mark.django_db
class TestReadPacks:
    def test_fills_the_directory_once(self) -> None:
        known = entries.listed("fr")
        channels = sum(len(one.channels) for one in known)
        first = actions.read_packs(country="fr")
        assert first == actions.Reading(len(known) + channels, 0)
        assert Entry.objects.count() == first.added
        assert actions.read_packs(country="fr") == actions.Reading(0, 0)
        assert Organisation.objects.count() == len(known)

    def test_approves_nothing(self) -> None:
        actions.read_packs(country="fr")
        choice = queries.channel_for(domain="x.com")
        assert choice is not None
        assert choice.organisation.name == "X (Twitter)"
        assert choice.contact is None
        assert {option.ranked.bar for option in choice.barred} == {Bar.WAITS}

    def test_leaves_what_a_person_changed(self) -> None:
        actions.read_packs(country="fr")
        one = Organisation.objects.get(pack_key="tiktok")
        contact = one.contacts.get()
        actions.revise_organisation(
            organisation_id=one.id, about=About(legal_name="Ours"), by=ANALYST
        )
        actions.revise_contact(contact_id=contact.id, terms=Terms(rank=1), by=ANALYST)
        assert actions.read_packs(country="fr") == actions.Reading(0, 0)
        one.refresh_from_db()
        assert one.legal_name == "Ours"
        assert Contact.objects.get(id=contact.id).rank == 1

    def test_brings_what_is_new_in_a_pack(self) -> None:
        actions.read_packs(country="fr")
        Organisation.objects.filter(pack_key="tiktok").update(legal_name="Older")
        Contact.objects.filter(pack_key="tiktok/report").update(hours="older")
        assert actions.read_packs(country="fr") == actions.Reading(0, 2)
        assert Organisation.objects.get(pack_key="tiktok").legal_name != "Older"

    def test_leaves_a_name_that_a_person_entered(self) -> None:
        theirs = make_host("TikTok", domains=("tiktok.com",))
        actions.read_packs(country="fr")
        assert Organisation.objects.get(name="TikTok").id == theirs
        assert not Contact.objects.filter(organisation=theirs).exists()

    def test_leaves_a_domain_that_a_person_gave_to_another(self) -> None:
        theirs = make_host("Ours", domains=("tiktok.com",))
        actions.read_packs(country="fr")
        choice = queries.channel_for(domain="tiktok.com")
        assert choice is not None
        assert choice.organisation.id == theirs

    def test_is_not_for_an_outsider(self) -> None:
        with pytest.raises(Exception, match=r"directory\.propose"):
            actions.read_packs(country="fr", by=OUTSIDER)

    def test_lists_hotlines_of_a_country(self) -> None:
        actions.read_packs(country="fr")
        german = queries.of_kind(OrganisationKind.HOTLINE, country="DE")
        assert len(german) == 3
        assert len(queries.of_kind(OrganisationKind.HOTLINE)) > len(german)


@pytest.mark.django_db
class TestTheDemonstration:
    def test_fills_the_directory_once(self) -> None:
        platforms = entries.read_pack(entries.EVERYWHERE, "demonstration")
        ways = sum(len(one.channels) for one in platforms)
        assert actions.load_demonstration(country="fr") == 7 + ways
        assert actions.load_demonstration(country="fr") == 0
        assert Organisation.objects.count() == 5 + len(platforms)
        cloud = queries.contact_for(domain="x.example", asn=64503)
        assert cloud is not None
        assert cloud.address == "abuse@cloud.example"
