from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, strategies as st

from balise.foundation.accounts import roles
from balise.foundation.accounts.roles import Role, RoleUnknown
from balise.foundation.accounts.rules import (
    AlreadyDecided,
    Decision,
    OwnProposal,
    Standing,
    Visit,
    check_can_confirm,
    new_token,
    prefix_of,
)
from balise.foundation.accounts.visits import device_of

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
IDLE, ABSOLUTE = timedelta(minutes=15), timedelta(hours=10)


def standing(
    *, began: timedelta, seen: timedelta, factor: str = "totp", now: datetime = NOON
) -> Standing:
    visit = Visit(began_at=NOON - began, seen_at=NOON - seen, factor=factor)
    return visit.standing(now=now, idle=IDLE, absolute=ABSOLUTE)


class TestStanding:
    @pytest.mark.parametrize(
        ("began", "seen", "factor", "stands"),
        [
            (timedelta(hours=1), timedelta(minutes=14), "totp", Standing.OPEN),
            (timedelta(hours=1), timedelta(minutes=15), "totp", Standing.LOCKED),
            (timedelta(hours=9, minutes=59), timedelta(), "totp", Standing.OPEN),
            (timedelta(hours=10), timedelta(), "totp", Standing.ENDED),
            (timedelta(minutes=5), timedelta(minutes=5), "", Standing.ENROLLING),
            (timedelta(minutes=20), timedelta(minutes=15), "", Standing.ENDED),
            (timedelta(hours=-1), timedelta(hours=-1), "totp", Standing.ENDED),
        ],
    )
    def test_follows_rest_and_age(
        self, began: timedelta, seen: timedelta, factor: str, stands: Standing
    ) -> None:
        assert standing(began=began, seen=seen, factor=factor) is stands

    @given(
        began=st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=2)),
        seen=st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=2)),
    )
    def test_is_never_open_without_a_factor_nor_past_its_age(
        self, began: timedelta, seen: timedelta
    ) -> None:
        assert standing(began=began, seen=seen, factor="") is not Standing.OPEN
        if began >= ABSOLUTE:
            assert standing(began=began, seen=seen) is Standing.ENDED


class TestSecondPerson:
    ASKER, OTHER = str(uuid4()), str(uuid4())
    ABOUT = UUID(int=7)

    def check(self, confirmed_by: str, decision: Decision = Decision.WAITING) -> None:
        check_can_confirm(
            decision=decision,
            asked_by=self.ASKER,
            concerns=self.ABOUT,
            confirmed_by=confirmed_by,
        )

    def test_is_someone_else(self) -> None:
        self.check(self.OTHER)

    def test_is_not_who_asked(self) -> None:
        with pytest.raises(OwnProposal):
            self.check(self.ASKER)

    def test_is_not_whom_it_concerns(self) -> None:
        with pytest.raises(OwnProposal):
            self.check(str(self.ABOUT))

    @pytest.mark.parametrize("decision", [Decision.CONFIRMED, Decision.REFUSED])
    def test_answers_once(self, decision: Decision) -> None:
        with pytest.raises(AlreadyDecided):
            self.check(self.OTHER, decision)


class TestToken:
    def test_is_fresh_and_recognised_by_its_beginning(self) -> None:
        tokens = {new_token() for _ in range(200)}

        assert len(tokens) == 200
        assert all(token.startswith(prefix_of(token)) for token in tokens)
        assert all(len(prefix_of(token)) == 13 for token in tokens)


class TestRoles:
    def test_one_that_spans_two_lines_is_told(self) -> None:
        both = Role("both", "hotline", "Both", frozenset({"hotline.a.b", "helpline.a.b"}))

        assert roles.strays([both], shared=frozenset()) == [("both", "helpline.a.b")]

    def test_one_on_shared_ground_is_not(self) -> None:
        shared = Role("shared", "hotline", "Shared", frozenset({"takedown.a.b"}))

        assert roles.strays([shared], shared=frozenset({"takedown"})) == []

    def test_an_unknown_one_is_refused_and_may_nothing(self) -> None:
        with pytest.raises(RoleUnknown):
            roles.role_of("emperor")
        assert roles.abilities_of("emperor") == frozenset()


class TestDevice:
    @pytest.mark.parametrize(
        ("agent", "device"),
        [
            (
                "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
                "Firefox · Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140",
                "Edge · Windows",
            ),
            ("curl/8", ""),
            ("", ""),
        ],
    )
    def test_is_two_words_without_a_version(self, agent: str, device: str) -> None:
        assert device_of(agent) == device
