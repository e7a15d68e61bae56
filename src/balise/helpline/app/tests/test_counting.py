"""Uses of the app are bare numbers of a day, of those who said yes."""

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.protection import Exposure
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web import pauses
from balise.foundation.web.floods import Floods
from balise.helpline.app import actions
from balise.helpline.app.demonstration import fill
from balise.helpline.app.models import UseTally
from balise.helpline.app.module import INDICATORS, MEASURES
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.uses import AppUseKind, UseUnknown, use_of

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "static/app/count.js"
COUNT = "/app/count/"


def driven(*steps: list[Any]) -> dict[str, Any]:
    """Return what the script sent, answered and keeps after these calls."""
    node = shutil.which("node") or "node"
    done = subprocess.run(  # noqa: S603 - our own script
        [node, HERE / "counting.mjs", SCRIPT.as_uri(), json.dumps(steps)],
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


class TestTheScript:
    def test_sends_nothing_without_a_yes(self) -> None:
        found = driven(["count", "quiz"], ["allowed"], ["allow", False], ["count", "quiz"])
        assert found["sent"] == []
        assert found["told"] == [False, None, True, False]

    def test_sends_a_word_without_cookies_after_a_yes(self) -> None:
        found = driven(["allow", True], ["count", "quiz"], ["count", "button", "tiktok"])
        assert [each["body"] for each in found["sent"]] == [
            "kind=first-open",
            "kind=quiz",
            "kind=button&platform=tiktok",
        ]
        assert {(each["address"], each["credentials"]) for each in found["sent"]} == {
            (COUNT, "omit")
        }

    def test_counts_a_device_once_whatever_is_said_later(self) -> None:
        yes, no = ["allow", True], ["allow", False]
        found = driven(yes, ["count", "install"], no, yes, ["count", "install"], yes)
        assert [each["body"] for each in found["sent"]] == ["kind=first-open", "kind=install"]
        assert found["kept"] == {"counts": "yes first-open install"}

    def test_sends_nothing_after_a_yes_that_is_taken_back(self) -> None:
        found = driven(["allow", True], ["allow", False], ["count", "vault"], ["allowed"])
        assert [each["body"] for each in found["sent"]] == ["kind=first-open"]
        assert found["told"][-2:] == [False, False]

    def test_sends_nothing_where_storage_is_shut(self) -> None:
        found = driven(["shut"], ["allow", True], ["count", "quiz"], ["allowed"])
        assert found["sent"] == []
        assert found["told"][1:] == [False, False, None]


class TestTheRule:
    def test_a_button_has_a_platform_and_nothing_else_has_one(self) -> None:
        known = {"tiktok"}
        assert use_of("button", "tiktok", known=known) == (AppUseKind.BUTTON, "tiktok")
        assert use_of("quiz", "", known=known) == (AppUseKind.QUIZ, "")

    @pytest.mark.parametrize(
        ("kind", "platform"),
        [("button", ""), ("quiz", "tiktok"), ("button", "elsewhere"), ("score", ""), ("", "")],
    )
    def test_what_is_not_counted_is_refused(self, kind: str, platform: str) -> None:
        with pytest.raises(UseUnknown):
            use_of(kind, platform, known={"tiktok"})

    def test_the_platforms_are_those_of_the_helpline(self) -> None:
        assert platforms("fr")["tiktok"] == "TikTok"
        assert len(platforms("fr")) == 17


def tallies() -> set[tuple[str, str, int]]:
    return set(UseTally.objects.values_list("kind", "platform", "times"))


@pytest.mark.django_db
class TestTheDay:
    def test_holds_a_number_of_each_kind_and_platform(self) -> None:
        for _time in range(3):
            actions.count(kind="quiz", by=ANYONE)
        actions.count(kind="button", platform="tiktok", by=ANYONE)
        assert tallies() == {("quiz", "", 3), ("button", "tiktok", 1)}
        with pytest.raises(UseUnknown):
            actions.count(kind="quiz", platform="tiktok", by=ANYONE)

    def test_is_told_to_the_journal_once_it_is_over(self) -> None:
        actions.count(kind="button", platform="tiktok", by=ANYONE)
        assert actions.tell_days(by=SYSTEM) == 0
        with clock.at(clock.now() + timedelta(days=1)):
            assert actions.tell_days(by=SYSTEM) == 1
            assert actions.tell_days(by=SYSTEM) == 0
        facts = Entry.objects.get(event="helpline.app.used").facts
        assert (facts["kind"], facts["platform"], facts["times"]) == ("button", "tiktok", 1)

    def test_the_demonstration_has_half_a_year_of_each_kind(self) -> None:
        fill({"helpline_lead": make_actor("helpline_lead")})
        assert {kind for kind, _of, _times in tallies()} == set(AppUseKind.values)
        assert Entry.objects.filter(event="helpline.app.used").count() == UseTally.objects.count()


def test_its_numbers_are_public_and_at_least() -> None:
    classes = {exposure_of(one.name, by) for one in MEASURES for by in ("", *one.by)}
    assert classes == {Exposure.PUBLIC}
    assert {each.bound for each in INDICATORS} == {Bound.AT_LEAST}


@pytest.mark.django_db
class TestTheAddress:
    def test_adds_one_and_sets_no_cookie(self) -> None:
        client = Client(enforce_csrf_checks=True)
        answer = client.post(COUNT, {"kind": "quiz"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert tallies() == {("quiz", "", 1)}

    def test_refuses_what_is_not_counted_another_site_and_other_methods(self) -> None:
        client = Client()
        assert client.post(COUNT, {"kind": "quiz", "platform": "tiktok"}).status_code == 400
        assert client.post(COUNT, {"kind": "answer"}).status_code == 400
        from_elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert client.post(COUNT, {"kind": "quiz"}, headers=from_elsewhere).status_code == 403
        assert client.get(COUNT).status_code == 405
        assert not tallies()

    def test_asks_whoever_floods_it_to_come_back_later(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pauses, "_floods", Floods())
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        settings.WRITES_NEARBY = 1
        client = Client(headers={"X-Forwarded-For": "192.0.2.1", "X-Autosave": "1"})
        answers = [client.post(COUNT, {"kind": "quiz"}).status_code for _time in range(4)]
        assert answers[-1] == 429
        assert tallies() == {("quiz", "", answers.count(204))}

    def test_is_the_address_that_the_script_knows(self) -> None:
        assert f'"{COUNT}"' in SCRIPT.read_text(encoding="utf-8")
