"""Whom a content goes to, by the country where it is hosted."""

import pytest

from balise.foundation.packs import PackFaulty
from balise.takedown.referrals.exchange.rules.network import (
    Network,
    Route,
    Without,
    assign,
    network,
    read_network,
)


def make_network(*, without: str = "mandated", mandated: bool = True) -> Network:
    hotlines = [
        {"code": "nl", "name": "NL", "countries": ["NL"], "website": "", "verified": True},
        {"code": "de-1", "name": "One", "countries": ["DE"], "website": "", "verified": True},
        {
            "code": "de-2",
            "name": "Two",
            "countries": ["DE", "AT"],
            "website": "",
            "verified": False,
        },
        {
            "code": "gb",
            "name": "GB",
            "countries": ["GB"],
            "website": "",
            "orphans": mandated,
            "verified": True,
        },
    ]
    pack = {"without_hotline": without, "source": "a test", "hotlines": hotlines}
    return read_network(pack, where="test")


class TestAssign:
    @pytest.mark.parametrize(
        ("country", "route", "codes"),
        [
            ("", Route.UNTRACED, []),
            ("FR", Route.HOME, []),
            ("NL", Route.HOTLINE, ["nl"]),
            ("DE", Route.HOTLINE, ["de-1", "de-2"]),
            ("ZZ", Route.ORPHAN, ["gb"]),
        ],
    )
    def test_goes_by_the_country_that_hosts(
        self, country: str, route: Route, codes: list[str]
    ) -> None:
        found = assign(country, home="fr", network=make_network())
        assert (found.route, [one.code for one in found.hotlines]) == (route, codes)
        assert found.explanation

    def test_without_a_mandate_the_police_get_it(self) -> None:
        for known in (make_network(mandated=False), make_network(without=Without.POLICE)):
            assert assign("ZZ", home="fr", network=known).route is Route.POLICE

    def test_says_what_nobody_has_verified(self) -> None:
        assert assign("NL", home="fr", network=make_network()).is_verified
        assert not assign("DE", home="fr", network=make_network()).is_verified


class TestPack:
    def test_of_france_is_read_and_says_that_it_is_unverified(self) -> None:
        found = network("fr")
        assert found.of("NL")
        assert not any(one.verified for one in found.hotlines)
        assert not found.mandated

    @pytest.mark.parametrize(
        "change",
        [
            {"without_hotline": "wait"},
            {"hotlines": [{"code": "x"}]},
            {
                "hotlines": [
                    {"code": "x", "name": "", "countries": [], "website": "", "verified": 1}
                ]
            },
        ],
    )
    def test_that_is_faulty_stops_the_process(self, change: dict[str, object]) -> None:
        pack = {"without_hotline": "police", "source": "", "hotlines": []} | change
        with pytest.raises(PackFaulty):
            read_network(pack, where="test")
