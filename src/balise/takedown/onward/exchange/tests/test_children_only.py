"""An adult's picture is proposed to no hotline that takes children's alone; a child's is."""

import pytest

from balise.takedown.onward.exchange.rules.network import (
    Hotline,
    Network,
    Policy,
    Route,
    Without,
    assign,
    policy,
)

NCMEC = Hotline(
    code="hotline-us", name="NCMEC", country="US", website="https://a.example/", verified=True
)


def network(country: str) -> Network:
    return Network(hotlines=(NCMEC,), policy=policy(country))


@pytest.mark.parametrize("country", ["fr", "lu"])
def test_an_adults_picture_never_goes_to_ncmec(country: str) -> None:
    adult = assign("US", home=country, network=network(country), of_child=False)
    child = assign("US", home=country, network=network(country), of_child=True)

    assert (adult.route, adult.hotlines) == (Route.CHILDREN_ONLY, ())
    assert "2258A" in adult.explanation
    assert (child.route, child.hotlines) == (Route.HOTLINE, (NCMEC,))


def test_another_hotline_of_the_country_takes_it() -> None:
    other = Hotline(code="other", name="Other", country="US", website="", verified=True)
    rules = Policy(without_hotline=Without.POLICE, mandated=(), children_only=("hotline-us",))
    found = assign(
        "US", home="fr", network=Network(hotlines=(NCMEC, other), policy=rules), of_child=False
    )

    assert found.hotlines == (other,)
