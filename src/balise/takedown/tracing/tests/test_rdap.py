"""RDAP answers as registers write them: nothing is missed at any depth, nothing is guessed."""

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from balise.takedown.tracing.doubles import world
from balise.takedown.tracing.rules import rdap, registers as words
from balise.takedown.tracing.rules.rdap import Reading, read_card
from balise.takedown.tracing.tests import hostile

SOURCE = "RDAP rdap.example"
DESK = world.abuse("abuse@registrar.example")


def entity(*roles: str, inside: list[Any] | None = None, **more: object) -> dict[str, Any]:
    return {"objectClassName": "entity", "roles": list(roles), "entities": inside or [], **more}


def domain(*entities: Any, **more: object) -> Reading:
    answer = {"objectClassName": "domain", "entities": list(entities), **more}
    return rdap.read_domain(answer, source=SOURCE)


def addresses(reading: Reading) -> list[str]:
    return [one.address for one in reading.record.contacts]


class TestTheRegistrarsAbuseContact:
    @pytest.mark.parametrize(
        "entities",
        [
            [entity("registrar", inside=[DESK])],
            [entity("registrar"), DESK],
            [entity("registrar", inside=[entity("technical", inside=[DESK])])],
            [entity("Registrar", inside=[{**DESK, "roles": ["ABUSE", "noc"]}])],
            [entity("registrar", "abuse", vcardArray=DESK["vcardArray"])],
        ],
        ids=["inside", "beside", "deeper", "in capitals", "one for both"],
    )
    def test_is_found_wherever_it_stands(self, entities: list[Any]) -> None:
        reading = domain(*entities)
        assert addresses(reading) == ["abuse@registrar.example"]
        assert reading.record.contacts[0].source == SOURCE
        assert reading.problems == ()

    def test_is_found_a_thousand_entities_deep(self) -> None:
        answer = json.loads(json.dumps(hostile.nested(1_000, DESK)))
        assert addresses(rdap.read_domain(answer, source=SOURCE)) == ["abuse@registrar.example"]

    def test_is_not_the_sites_owner(self) -> None:
        owner = world.abuse("owner@site.example")
        for entities in (
            [entity("registrant", inside=[owner])],
            [entity("registrant", "abuse", vcardArray=owner["vcardArray"])],
            [entity("administrative", inside=[entity("technical", inside=[owner])])],
        ):
            reading = domain(*entities)
            assert addresses(reading) == []
            assert reading.problems == (words.OWNERS_CONTACT, words.NO_ABUSE_CONTACT)

    def test_is_not_taken_from_another_role(self) -> None:
        reading = domain(entity("registrar", inside=[{**DESK, "roles": ["technical"]}]))
        assert addresses(reading) == []
        assert reading.problems == (words.NO_ABUSE_CONTACT,)

    def test_may_be_several_which_is_said(self) -> None:
        reading = domain(
            entity("registrar", inside=[DESK, world.abuse("second@registrar.example")])
        )
        assert addresses(reading) == ["abuse@registrar.example", "second@registrar.example"]
        assert reading.problems == (words.SEVERAL_ABUSE_CONTACTS,)

    def test_that_stands_twice_is_one(self) -> None:
        reading = domain(entity("registrar", inside=[DESK]), DESK)
        assert addresses(reading) == ["abuse@registrar.example"]
        assert reading.problems == ()

    @pytest.mark.parametrize(
        ("written", "kind", "address"),
        [
            ("Abuse@Registrar.EXAMPLE", "mail", "abuse@registrar.example"),
            ("mailto:abuse@registrar.example?subject=x", "mail", "abuse@registrar.example"),
            ("https://registrar.example/abuse", "form", "https://registrar.example/abuse"),
        ],
    )
    def test_is_a_mail_address_or_a_form(self, written: str, kind: str, address: str) -> None:
        found = domain(entity("registrar", inside=[world.abuse(written)])).record.contacts
        assert [(one.kind, one.address) for one in found] == [(kind, address)]

    def test_stands_in_contact_uri_with_some(self) -> None:
        desk = entity("abuse", vcardArray=world.card(("contact-uri", "uri", "mailto:a@b.example")))
        assert addresses(domain(entity("registrar", inside=[desk]))) == ["a@b.example"]

    @pytest.mark.parametrize(
        "written",
        [
            "REDACTED FOR PRIVACY",
            "a@b",
            "a@b.example, c@d.example",
            "a@b.example\r\nBcc: x@y.example",
            "A <a@b.example>",
            "http://registrar.example/abuse",
            "https://127.0.0.1/abuse",
            "https://registrar.example/a b",
            "https://[::1]/",
            "https://[::",
            "javascript:alert(1)",
            "x" * 250 + "@b.example",
            "é@b.example",
        ],
    )
    def test_that_cannot_be_written_to_is_left_out_and_said(self, written: str) -> None:
        reading = domain(entity("registrar", inside=[world.abuse(written)]))
        assert addresses(reading) == []
        assert words.CONTACT_NOT_USABLE in reading.problems

    def test_that_was_redacted_is_said(self) -> None:
        redacted = [{"name": {"description": "Registrar Abuse Contact Email"}, "method": "removal"}]
        assert words.REDACTED in domain(entity("registrar"), redacted=redacted).problems
        others = [{"name": {"type": "Registrant Name"}, "method": "emptyValue"}]
        assert words.REDACTED not in domain(entity("registrar"), redacted=others).problems

    def test_empty_values_are_no_addresses(self) -> None:
        reading = domain(entity("registrar", inside=[world.abuse("")]))
        assert reading.problems == (words.NO_ABUSE_CONTACT,)


class TestADomain:
    def test_has_a_registrar_with_its_number_and_name_servers(self) -> None:
        record = rdap.read_domain(world.domain_answer(world.SITES[0]), source=SOURCE).record
        assert (record.name, record.handle) == ("Bureau Exemple", "9990")
        assert record.nameservers == ("ns1.images.example",)

    def test_leads_to_the_registrars_own_register(self) -> None:
        links = [
            {"rel": "self", "href": "https://registry.example/domain/x.example"},
            {"rel": "related", "href": "https://www.registrar.example/", "type": "text/html"},
            {
                "rel": "related",
                "type": "application/rdap+json",
                "href": "https://rdap.registrar.example/domain/x.example",
            },
        ]
        assert domain(links=links).related == "https://rdap.registrar.example/domain/x.example"
        assert domain(links=[{"rel": "related", "href": "file:///domain/x"}]).related == ""
        assert domain(links=[{"rel": "related", "href": "https://[::/domain/x"}]).related == ""

    def test_is_not_what_says_that_it_is_something_else(self) -> None:
        reading = rdap.read_domain(world.system_answer(64500), source=SOURCE)
        assert reading.problems == (words.NOT_UNDERSTOOD,)


class TestANetwork:
    def test_has_its_desk_in_its_holder(self) -> None:
        reading = rdap.read_network(world.network_answer(world.NETS[0]), source=SOURCE)
        assert reading.record.name == "Images Example"
        assert reading.record.country == "NL"
        assert reading.record.prefix == "192.0.2.0/24"
        assert reading.record.asn == 64501
        assert addresses(reading) == ["abuse@images.example"]

    def test_may_say_its_bounds_only(self) -> None:
        answer = {"name": "NET", "startAddress": "192.0.2.0", "endAddress": "192.0.2.99"}
        record = rdap.read_network(answer, source=SOURCE).record
        assert (record.name, record.prefix) == ("NET", "192.0.2.0 – 192.0.2.99")

    def test_a_network_of_several_prefixes_shows_them(self) -> None:
        several = [
            {"v4prefix": "192.0.2.0", "length": 26},
            {"v4prefix": "192.0.2.64", "length": 27},
            {"v6prefix": "2001:db8::", "length": 48},
        ]
        answer: dict[str, object] = {"name": "NET", "cidr0_cidrs": several}
        record = rdap.read_network(answer, source=SOURCE).record
        assert record.prefix == "192.0.2.0/26, 192.0.2.64/27, 2001:db8::/48"

        many = [{"v4prefix": f"192.0.{n}.0", "length": 24} for n in range(90)]
        record = rdap.read_network({"name": "NET", "cidr0_cidrs": many}, source=SOURCE).record
        assert len(record.prefix) <= words.LONGEST_PREFIXES
        assert record.prefix.endswith("/24, …")

    def test_of_several_systems_is_of_none(self) -> None:
        answer = {"arin_originas0_originautnums": [64500, 64501]}
        assert rdap.read_network(answer, source=SOURCE).record.asn is None

    def test_held_by_a_person_keeps_no_name(self) -> None:
        card = world.card(("fn", "text", "Someone"), kind="individual")
        answer = {"name": "NET-X", "entities": [entity("registrant", vcardArray=card)]}
        assert rdap.read_network(answer, source=SOURCE).record.name == "NET-X"


class TestACard:
    @pytest.mark.parametrize(
        "written",
        [
            "vcard",
            [],
            ["vcard"],
            ["vcard", {}],
            ["xcard", []],
            ["vcard", ["fn"]],
            ["vcard", [["fn"]]],
            ["vcard", [5, None]],
            {"vcard": []},
        ],
    )
    def test_that_is_malformed_is_empty_and_says_so(self, written: object) -> None:
        card = read_card(written)
        assert card.addresses == ()
        assert not card.is_well_formed

    def test_reads_lists_and_passes_over_what_is_no_text(self) -> None:
        written = ["vcard", [["org", {}, "text", ["Org", "Unit"]], ["email", {}, "text", 5, None]]]
        assert read_card(written).organisation == "Org"

    def test_hides_no_control_characters_in_a_name(self) -> None:
        written = ["vcard", [["fn", {}, "text", "Good\u202egnp.\x00 \n Name" + "x" * 500]]]
        assert read_card(written).name == ("Good gnp. Name" + "x" * 500)[:120]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        5,
        "domain",
        {"entities": "all"},
        {"entities": [None, 5, "x", []]},
        {"entities": [{"roles": "abuse", "vcardArray": "x"}]},
        {"entities": [{"roles": [1, None, {}], "entities": {}}]},
        {"entities": [{"publicIds": [5], "roles": ["registrar"]}]},
        {"nameservers": [5, {"ldhName": 5}, {"ldhName": "not a host"}]},
        {"links": [5, {"rel": 5}], "redacted": [5, {"name": 5}]},
        {"cidr0_cidrs": [5, {"v4prefix": "x", "length": 99}], "startAddress": 5},
    ],
)
def test_what_is_malformed_is_said_and_never_fails(answer: object) -> None:
    for read in (rdap.read_domain, rdap.read_network, rdap.read_system, rdap.read_registry):
        reading = read(answer, source=SOURCE)
        assert reading.record.contacts == ()
        assert set(reading.problems) & {words.NOT_UNDERSTOOD, words.NO_ABUSE_CONTACT}


_NAMES = st.sampled_from(
    ["entities", "roles", "vcardArray", "links", "rel", "href", "redacted", "name", "country", "x"]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["abuse"]),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(_NAMES, inside, max_size=4),
    max_leaves=30,
)


@given(answer=_JSON)
def test_no_answer_makes_it_fail(answer: object) -> None:
    for read in (rdap.read_domain, rdap.read_network, rdap.read_system, rdap.read_registry):
        read(answer, source=SOURCE)
