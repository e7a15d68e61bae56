"""The right way for a content: made for it, wanted first, fresh, weighty, easy; and each why."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from balise.takedown.directory.rules.choosing import (
    Bar,
    Freshness,
    Ranked,
    Reason,
    Wanted,
    Way,
    freshness,
    rank,
)
from balise.takedown.directory.rules.contacts import ContactKind, LegalBasis, Terms

TODAY = date(2026, 11, 24)
CHILD = "CHILD_SEXUAL_ABUSE_MATERIAL"


def way(number: int, *, kind: ContactKind = ContactKind.MAIL, **given: Any) -> Way:
    about: dict[str, Any] = {"checked_on": TODAY}
    for name in ("is_approved", "is_blocked", "checked_on"):
        if name in given:
            about[name] = given.pop(name)
    return Way(key=UUID(int=number), kind=kind, terms=Terms(**given), **about)


def order(*ways: Way, **wanted: str) -> list[int]:
    return [each.way.key.int for each in ranked(*ways, **wanted)]


def ranked(*ways: Way, **wanted: str) -> tuple[Ranked, ...]:
    return rank(ways, Wanted(**wanted), on=TODAY)


class TestTheOrder:
    def test_what_is_made_for_this_comes_first(self) -> None:
        general, special = way(1, rank=1), way(2, serves=(CHILD,))
        assert order(general, special, keyword=f"KEYWORD_{CHILD}") == [2, 1]
        assert order(general, special, keyword="KEYWORD_HATE_SPEECH") == [1, 2]

    def test_then_what_people_want(self) -> None:
        assert order(way(1, rank=6), way(2), way(3, rank=1)) == [3, 2, 1]

    def test_then_what_is_fresh(self) -> None:
        old = way(1, basis=LegalBasis.FLAGGER, checked_on=TODAY - timedelta(days=181))
        assert order(old, way(2, basis=LegalBasis.ABUSE)) == [2, 1]

    def test_then_what_the_law_gives_weight(self) -> None:
        bases = (LegalBasis.ABUSE, LegalBasis.PARTNER, LegalBasis.NOTICE, LegalBasis.FLAGGER)
        ways = [way(number, basis=basis) for number, basis in enumerate(bases, 1)]
        assert order(*ways) == [4, 3, 2, 1]

    def test_then_what_is_easy(self) -> None:
        kinds = (ContactKind.API, ContactKind.FORM, ContactKind.PORTAL, ContactKind.MAIL)
        ways = [way(number, kind=kind) for number, kind in enumerate(kinds, 1)]
        assert order(*ways) == [4, 3, 2, 1]

    def test_does_not_depend_on_the_order_given(self) -> None:
        ways = [way(1), way(2), way(3, rank=2), way(4, is_blocked=True)]
        assert len({tuple(order(*some)) for some in permutations(ways)}) == 1


class TestTheBars:
    @pytest.mark.parametrize(
        ("barred", "wanted", "bar"),
        [
            (way(1, is_approved=False), {}, Bar.WAITS),
            (way(1, is_blocked=True), {}, Bar.BLOCKED),
            (way(1, serves=(CHILD,)), {"keyword": "KEYWORD_DEFAMATION"}, Bar.OTHER_SUBJECT),
            (way(1, countries=("FR",)), {"country": "DE"}, Bar.OTHER_COUNTRY),
            (way(1, needs_account=True), {"line": "hotline"}, Bar.NO_ACCOUNT),
            (way(1, needs_account=True, lines=("helpline",)), {"line": "hotline"}, Bar.NO_ACCOUNT),
        ],
    )
    def test_say_why_and_come_last(self, barred: Way, wanted: dict[str, str], bar: Bar) -> None:
        last = ranked(barred, way(2, rank=9), **wanted)[-1]
        assert last.way is barred
        assert last.bar is bar
        assert bar.label

    def test_what_is_unknown_bars_nothing(self) -> None:
        (only,) = ranked(way(1, serves=(CHILD,), countries=("FR",)))
        assert only.is_usable

    def test_the_line_that_holds_the_account_passes(self) -> None:
        (only,) = ranked(way(1, needs_account=True, lines=("hotline",)), line="hotline")
        assert only.is_usable


class TestTheReasons:
    def test_name_what_counted(self) -> None:
        portal = way(1, kind=ContactKind.PORTAL, basis=LegalBasis.FLAGGER, serves=(CHILD,), rank=2)
        (only,) = ranked(portal, keyword=f"KEYWORD_{CHILD}")
        assert only.reasons == (
            Reason.MADE_FOR_THIS,
            Reason.PUT_FIRST,
            Reason.HAS_PRIORITY,
            Reason.BY_HAND,
            Reason.CONFIRMED,
        )
        assert all(reason.label for reason in Reason)


class TestFreshness:
    def test_lasts_six_months(self) -> None:
        assert freshness(None, on=TODAY) is Freshness.NEVER
        assert freshness(TODAY - timedelta(days=180), on=TODAY) is Freshness.FRESH
        assert freshness(TODAY - timedelta(days=181), on=TODAY) is Freshness.STALE


WAYS = st.builds(
    way,
    st.integers(1, 10**6),
    kind=st.sampled_from(ContactKind),
    basis=st.sampled_from(LegalBasis),
    rank=st.integers(1, 9),
    is_approved=st.booleans(),
    is_blocked=st.booleans(),
    checked_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
)


@given(st.lists(WAYS, max_size=8, unique_by=lambda each: each.key))
def test_every_way_is_ranked_once_and_no_barred_one_stands_before_a_usable_one(
    ways: list[Way],
) -> None:
    found = ranked(*ways)
    assert sorted(each.way.key for each in found) == sorted(each.key for each in ways)
    usable = [each.is_usable for each in found]
    assert usable == sorted(usable, reverse=True)
