"""What counts, and once for whom; where a short link may lead; which days a table is of."""

from datetime import date

import pytest

from balise.awareness.usage.rules.clients import WINDOW, Clients
from balise.awareness.usage.rules.links import AddressElsewhere, new_code, path_of
from balise.awareness.usage.rules.periods import Per, Period, period_of
from balise.awareness.usage.rules.robots import is_robot
from balise.awareness.usage.rules.tallies import LOST, Cell, Client, Tallies, UsageKind, Use
from balise.awareness.usage.tests.makers import BROWSER

DAY, NEXT = date(2026, 11, 28), date(2026, 11, 29)
ONE, OTHER = Client("203.0.113.1", BROWSER), Client("203.0.113.2", BROWSER)
PAGE = Use(UsageKind.VIEW, "page")


class TestClients:
    def test_the_same_client_is_new_again_after_half_an_hour(self) -> None:
        clients = Clients()
        assert clients.is_new(ONE, PAGE, now=0, day=DAY)
        assert not clients.is_new(ONE, PAGE, now=WINDOW - 1, day=DAY)
        assert clients.is_new(ONE, PAGE, now=WINDOW, day=DAY)

    def test_another_client_thing_or_way_to_use_it_is_new(self) -> None:
        clients = Clients()
        uses = (PAGE, Use(UsageKind.PRINT, "page"), Use(UsageKind.VIEW, "other"))
        assert all(clients.is_new(who, use, now=0, day=DAY) for who in (ONE, OTHER) for use in uses)

    def test_the_key_goes_with_the_day_and_all_marks_with_it(self) -> None:
        clients = Clients()
        clients.is_new(ONE, PAGE, now=0, day=DAY)
        clients.begin(NEXT)
        assert len(clients) == 0
        assert clients.is_new(ONE, PAGE, now=1, day=NEXT)

    def test_memory_is_bounded_and_the_oldest_goes_first(self) -> None:
        clients = Clients(most=2)
        for address in ("a", "b", "c"):
            clients.is_new(Client(address, BROWSER), PAGE, now=0, day=DAY)
        assert len(clients) == 2
        assert not clients.is_new(Client("c", BROWSER), PAGE, now=1, day=DAY)
        assert clients.is_new(Client("a", BROWSER), PAGE, now=1, day=DAY)

    def test_who_has_no_known_address_is_not_taken_for_another(self) -> None:
        clients = Clients()
        assert clients.is_new(Client("", BROWSER), PAGE, now=0, day=DAY)
        assert clients.is_new(Client("", BROWSER), PAGE, now=0, day=DAY)


class TestTallies:
    def test_what_could_not_be_written_is_held_again_with_what_came_since(self) -> None:
        tallies = Tallies()
        tallies.add(PAGE, day=DAY)
        taken = tallies.take()
        tallies.add(PAGE, day=DAY)
        tallies.put_back(taken)
        assert tallies.take() == {Cell(DAY, "view", "page", "", ""): 2}

    def test_at_the_bound_a_loss_is_counted_and_what_is_held_goes_on(self) -> None:
        tallies = Tallies(most=1)
        for thing in ("page", "other", "another", "page"):
            tallies.add(Use(UsageKind.VIEW, thing), day=DAY)
        held = {cell[:3]: count for cell, count in tallies.take().items()}
        assert held == {(DAY, "view", "page"): 2, (DAY, LOST, ""): 2}


@pytest.mark.parametrize("thing", ["", "a b", "x" * 81, "a\0"])
def test_what_no_tally_can_hold_is_no_use(thing: str) -> None:
    with pytest.raises(ValueError, match="tally"):
        Use(UsageKind.VIEW, thing)


@pytest.mark.parametrize(
    "agent",
    ["", "curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1)", "Python-urllib/3.13", "Balise 1"],
)
def test_a_robot_says_so(agent: str) -> None:
    assert is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        BROWSER,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari",
    ],
)
def test_a_browser_of_a_person_is_no_robot(agent: str) -> None:
    assert not is_robot(agent)


class TestLinks:
    @pytest.mark.parametrize(
        ("address", "path"),
        [
            (" https://centre.example/fr/resources/ecrans/ ", "/fr/resources/ecrans/"),
            ("/fr/resources/?audience=parents&topic=x", "/fr/resources/?audience=parents&topic=x"),
        ],
    )
    def test_a_page_of_ours_is_a_path(self, address: str, path: str) -> None:
        assert path_of(address, site="https://centre.example") == path

    @pytest.mark.parametrize(
        "address",
        [
            "https://other.example/fr/",
            "https://centre.example.other.example/",
            "https://centre.example@other.example/",
            "//other.example/",
            "/\\other.example",
            "/staff/",
            "/r/abcdef",
            "javascript:alert(1)",
            "fr/resources/",
            "",
            "/" + "a" * 301,
        ],
    )
    def test_elsewhere_is_refused(self, address: str) -> None:
        with pytest.raises(AddressElsewhere):
            path_of(address, site="https://centre.example")

    def test_a_code_has_no_letter_that_is_read_as_another(self) -> None:
        assert not set("01ilo") & set("".join(new_code() for _each in range(50)))


@pytest.mark.parametrize(
    ("per", "first", "last"),
    [
        (Per.DAY, DAY, DAY),
        (Per.WEEK, date(2026, 11, 23), date(2026, 11, 29)),
        (Per.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_period_has_its_days_and_neighbours(per: Per, first: date, last: date) -> None:
    period = period_of(per, DAY)
    assert period == Period(per, first, last)
    assert period.before.after == period
