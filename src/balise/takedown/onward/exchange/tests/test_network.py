"""Whom a content goes to, by the country where it is hosted."""

import pytest

from balise.foundation.packs import PackFaulty
from balise.takedown.directory import actions as directory
from balise.takedown.onward.exchange.queries.peers import known_network
from balise.takedown.onward.exchange.rules.network import (
    Hotline,
    Network,
    Route,
    Without,
    assign,
    policy,
    read_policy,
)


def make_network(*, without: str = "mandated", mandated: tuple[str, ...] = ("gb",)) -> Network:
    def hotline(code: str, country: str, *, verified: bool = True) -> Hotline:
        return Hotline(code=code, name=code, country=country, website="", verified=verified)

    return Network(
        hotlines=(
            hotline("nl", "NL"),
            hotline("de-1", "DE"),
            hotline("de-2", "DE", verified=False),
            hotline("gb", "GB"),
        ),
        policy=read_policy({"without_hotline": without, "mandated": mandated}, where="test"),
    )


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
        for known in (make_network(mandated=()), make_network(without=Without.POLICE)):
            assert assign("ZZ", home="fr", network=known).route is Route.POLICE

    def test_says_what_nobody_has_verified(self) -> None:
        assert assign("NL", home="fr", network=make_network()).is_verified
        assert not assign("DE", home="fr", network=make_network()).is_verified


class TestPack:
    def test_of_france_names_no_mandate_that_nobody_verified(self) -> None:
        assert policy("fr").mandated == ()

    @pytest.mark.parametrize(
        "pack", [{}, {"without_hotline": "wait", "mandated": []}, {"without_hotline": "police"}]
    )
    def test_that_is_faulty_stops_the_process(self, pack: dict[str, object]) -> None:
        with pytest.raises(PackFaulty):
            read_policy(pack, where="test")


@pytest.mark.django_db
def test_the_directory_says_which_hotlines_there_are() -> None:
    directory.read_packs(country="fr")
    (found,) = known_network().of("BE")
    assert found.website.startswith("https://")
    assert not found.verified
