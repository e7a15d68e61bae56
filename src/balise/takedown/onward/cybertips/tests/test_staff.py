"""A CyberTip behind the staff door, its commands and its checks."""

from http import HTTPStatus
from io import StringIO
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.takedown.onward.cybertips import access, actions
from balise.takedown.onward.cybertips.actions import ForThePoliceAlone, NotApproved
from balise.takedown.onward.cybertips.module import cybertips_stay_in_the_house
from balise.takedown.onward.cybertips.rules.checking import errors_of
from balise.takedown.onward.cybertips.rules.sending import may_send
from balise.takedown.onward.cybertips.rules.tips import NotForNcmec
from balise.takedown.onward.cybertips.tests.makers import make_file, make_full_report
from balise.takedown.onward.dossiers.actions import ending
from balise.takedown.onward.dossiers.rules.facts import DossierFacts
from balise.takedown.onward.dossiers.tests.makers import (
    ADDRESS,
    ANALYST,
    LISTENER,
    make_approved,
    make_brought_facts,
    make_draft,
    make_facts,
    make_full_facts,
    make_handed_over,
    told,
)

WRITER = Actor(ActorKind.STAFF, ANALYST.key, ANALYST.abilities | {access.EXPORT})
TIPS = "/staff/takedown/cybertips/"


@pytest.mark.django_db
class TestWrite:
    def test_is_valid_and_is_written_down(self) -> None:
        tip = actions.write(dossier_id=make_approved(make_full_facts()), by=WRITER)
        assert tip.errors == ()
        assert ADDRESS in tip.octets.decode()
        assert b"lawEnforcement" not in tip.octets
        assert told("cybertip.written")[0]["faults"] == 0

    def test_says_who_has_the_dossier_and_under_which_number(self) -> None:
        dossier_id = make_handed_over(make_full_facts())
        ending.acknowledge(dossier_id=dossier_id, authority_number="P-7", by=ANALYST)
        tip = actions.write(dossier_id=dossier_id, by=WRITER)
        assert b"<caseNumber>P-7</caseNumber>" in tip.octets
        assert tip.errors == ()

    def test_is_refused_to_who_may_not(self) -> None:
        dossier_id = make_approved(make_full_facts())
        other = Actor(ActorKind.STAFF, "9", LISTENER.abilities | {access.EXPORT})
        for who in (ANALYST, other):
            with pytest.raises(PermissionDenied):
                actions.write(dossier_id=dossier_id, by=who)
        assert not told("cybertip.written")

    def test_is_refused_before_it_is_approved_and_for_other_offences(self) -> None:
        with pytest.raises(NotApproved):
            actions.write(dossier_id=make_draft(make_full_facts()), by=WRITER)
        with pytest.raises(NotForNcmec):
            actions.write(dossier_id=make_approved(make_facts()), by=WRITER)

    def test_is_refused_of_what_another_line_brought(self) -> None:
        with pytest.raises(ForThePoliceAlone):
            actions.write(dossier_id=make_approved(make_brought_facts()), by=WRITER)
        assert not told("cybertip.written")


@pytest.mark.django_db
class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client) -> None:
        assert "/login/" in client.get(f"{TIPS}{uuid4()}/").headers["Location"]

    @pytest.mark.parametrize("role", ["listener", "steering"])
    def test_is_shut_to_another_role(self, client: Client, role: str) -> None:
        dossier_id = make_approved(make_full_facts())
        sign_in(client, make_account(role))
        assert client.get(f"{TIPS}{dossier_id}/").status_code == HTTPStatus.FORBIDDEN
        address = f"{TIPS}{dossier_id}/document.xml"
        assert client.post(address).status_code == HTTPStatus.FORBIDDEN

    def test_shows_and_hands_out(self, client: Client) -> None:
        dossier_id = make_approved(make_full_facts())
        sign_in(client, make_account("hotline_lead"))
        page = client.get(f"{TIPS}{dossier_id}/").text
        assert "incidentSummary" in page
        assert "Rien n" in page
        assert f"{TIPS}{dossier_id}/" in client.get(f"/staff/takedown/dossiers/{dossier_id}/").text
        answer = client.post(f"{TIPS}{dossier_id}/document.xml")
        assert answer["Content-Type"] == "application/xml"
        assert errors_of(answer.content) == []
        assert client.get(f"{TIPS}{uuid4()}/").status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            (make_facts(), "Le NCMEC ne reçoit que"),
            (make_brought_facts(), "Aucun CyberTip n’en est écrit."),
        ],
    )
    def test_says_why_there_is_none(self, client: Client, facts: DossierFacts, why: str) -> None:
        dossier_id = make_approved(facts)
        sign_in(client, make_account("hotline_lead"))
        for answer in (
            client.get(f"{TIPS}{dossier_id}/"),
            client.post(f"{TIPS}{dossier_id}/document.xml"),
        ):
            assert answer.status_code == HTTPStatus.FOUND
        dossier = client.get(f"/staff/takedown/dossiers/{dossier_id}/").text
        assert dossier.count(why) == 2
        assert TIPS not in dossier


class TestCommand:
    def test_answers_for_each_file(self, tmp_path: Path) -> None:
        good, file, bad = (tmp_path / name for name in ("good.xml", "file.xml", "bad.xml"))
        good.write_bytes(make_full_report())
        file.write_bytes(make_file())
        bad.write_bytes(b"<report/>")
        out = StringIO()
        words = [str(path) for path in (good, file, bad, tmp_path / "nowhere.xml")]
        with pytest.raises(CommandError, match="2 of 4"):
            call_command("cybertip", "validate", *words, "--json", stdout=out)
        found = [orjson.loads(line) for line in out.getvalue().splitlines()]
        assert [each["valid"] for each in found] == [True, True, False, False]
        assert "/report: incidentSummary is missing" in found[2]["errors"][0]

    def test_says_it_in_words(self, tmp_path: Path) -> None:
        good = tmp_path / "good.xml"
        good.write_bytes(make_full_report())
        out = StringIO()
        call_command("cybertip", "validate", str(good), stdout=out)
        assert out.getvalue().strip() == f"{good}: valid"


class TestSending:
    @pytest.mark.parametrize(
        ("address", "production", "expected"),
        [
            ("https://exttest.cybertip.org/ispws", False, True),
            ("https://report.cybertip.org/ispws", False, False),
            ("https://report.cybertip.org/ispws", True, True),
            ("http://exttest.cybertip.org/ispws", True, False),
        ],
    )
    def test_for_good_is_off_by_itself(
        self, address: str, *, production: bool, expected: bool
    ) -> None:
        assert may_send(address, production=production) is expected

    def test_the_check_says_who_may(self, settings: Settings) -> None:
        assert settings.CYBERTIP_PRODUCTION is False
        assert list(cybertips_stay_in_the_house()) == []
        settings.CYBERTIP_ADDRESS = "https://report.cybertip.org/ispws"
        (error,) = cybertips_stay_in_the_house()
        assert error.id == "balise.E431"
        assert "registered with NCMEC" in str(error.hint)
        settings.CYBERTIP_PRODUCTION = True
        (warning,) = cybertips_stay_in_the_house()
        assert warning.id == "balise.W432"
