"""Delivery networks are recognised by what carries a site, and their requests say what to ask."""

import pytest

from balise.takedown.tracing.rules import cdns
from balise.takedown.tracing.rules.live import what_to_ask
from balise.takedown.tracing.rules.registers import API, FORM, MAIL, contact


@pytest.mark.parametrize(
    ("names", "networks", "headers", "code", "evidence"),
    [
        (["x.relais.example"], [], {}, "exemple", "name:x.relais.example"),
        (["relais.example"], [], {}, "exemple", "name:relais.example"),
        ([], [64511, 64500], {}, "exemple", "network:AS64511"),
        ([], [], {"Server": "Relais-Exemple/2.0"}, "exemple", "header:server"),
        ([], [], {"cf-ray": "8a-PAR"}, "cloudflare", "header:cf-ray"),
    ],
)
def test_each_sign_is_enough(
    names: list[str], networks: list[int], headers: dict[str, str], code: str, evidence: str
) -> None:
    found = cdns.find_cdn(names=names, networks=networks, headers=headers)
    assert found is not None
    assert (found.code, found.evidence) == (code, (evidence,))


@pytest.mark.parametrize(
    "names", [["norelais.example"], ["relais.example.site.example"], ["site.example"], []]
)
def test_what_only_looks_like_one_is_none(names: list[str]) -> None:
    assert cdns.find_cdn(names=names, networks=[64500], headers={"server": "nginx"}) is None


def test_the_one_with_most_signs_is_meant() -> None:
    found = cdns.find_cdn(
        names=["x.relais.example"], networks=[64511], headers={"server": "cloudflare"}
    )
    assert found is not None
    assert found.code == "exemple"


def test_the_file_can_be_meant() -> None:
    known = cdns.known_cdns()
    assert len({one.code for one in known}) == len(known)
    networks = [asn for one in known for asn in one.networks]
    assert len(networks) == len(set(networks))
    for one in known:
        assert one.contacts
        for each in one.contacts:
            assert each.kind in {MAIL, FORM, API}
            if each.kind != API:
                read = contact(each.address, source=each.source)
                assert read is not None
                assert read.kind == each.kind
        assert all(name == name.lower() for name, _ in one.headers)


def test_what_comes_from_general_knowledge_says_so() -> None:
    for one in cdns.known_cdns():
        if not one.is_verified:
            assert all("general knowledge" in each.source for each in one.contacts)


def test_a_request_names_whom_it_asks() -> None:
    found = cdns.find_cdn(names=["x.relais.example"], networks=[], headers={})
    assert found is not None
    asked = what_to_ask(found)
    assert "Relais Exemple" in asked[0]
    assert len(asked) == 4
