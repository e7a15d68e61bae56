import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.tests.makers import make_partner, make_token
from balise.hotline.reports import access
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.rules.words import Channel
from balise.hotline.reports.tests.makers import ADDRESS, make_decided

pytestmark = pytest.mark.django_db

REPORTS = "/api/v1/hotline/reports"
BODY = {"addresses": ["https://a.example/x"], "category": "hate", "description": "words"}


class Partner:
    """A partner with a token, and the way it speaks to us."""

    def __init__(self, *scopes: str, partner: PartnerOrganisation | None = None) -> None:
        self.organisation = partner or make_partner()
        _, token = make_token(*scopes, partner=self.organisation)
        self.headers = {"Authorization": f"Bearer {token}"}

    def send(self, body: object = BODY, *, key: str = "", **headers: str) -> Any:
        """Send a report; a fresh idempotency key unless told."""
        text = body if isinstance(body, str) else json.dumps(body)
        return Client().post(
            REPORTS,
            text,
            content_type="application/json",
            headers=self.headers | {"Idempotency-Key": key or str(uuid4())} | headers,
        )

    def get(self, path: str = "") -> Any:
        """Ask for one's reports."""
        return Client().get(f"{REPORTS}{path}", headers=self.headers)


@pytest.fixture
def partner() -> Partner:
    """A partner that may send and follow."""
    return Partner(access.SUBMIT, access.FOLLOW_OWN)


def sent_without_places(sent: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in sent.items()
        if name not in {"places", "completeness", "missing", "notes", "now"}
    }


class TestTheWalk:
    def test_anyone_gets_a_problem_document(self) -> None:
        answer = Client().get(REPORTS)

        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"

    def test_another_scope_is_refused(self) -> None:
        only_follows, only_sends = Partner(access.FOLLOW_OWN), Partner(access.SUBMIT)

        assert only_follows.send().status_code == 403
        assert only_sends.get().status_code == 403
        assert only_sends.send().status_code == 201

    def test_what_the_police_still_need_is_said(self, partner: Partner) -> None:
        poor = partner.send().json()
        rich = partner.send(
            {
                "addresses": ["https://a.example/rich"],
                "met_on": "2026-11-20",
                "met_time": "15:30",
                "description": "An album whose captions call for people to be beaten.",
                "identities": "nothing known",
                "context": "A parent told our office.",
            }
        ).json()

        assert (poor["completeness"] < 100, "context" in poor["missing"]) == (True, True)
        assert (rich["completeness"], rich["missing"]) == (100, [])

    def test_a_partner_sends_lists_and_reads(self, partner: Partner) -> None:
        sent = partner.send().json()

        assert Report.objects.get().channel == Channel.API
        assert partner.get().json()["reports"] == [sent_without_places(sent)]
        assert partner.get(f"/{sent['id']}").json()["contents"][0]["state"] == "waiting"


class TestSubmit:
    def test_in_danger_the_partner_reads_what_to_do_itself(self, partner: Partner) -> None:
        now = partner.send(BODY | {"danger": True}).json()["now"]

        assert "appel d’urgence" in now["says"]
        assert {"number": "114", "by": "sms", "name": "Urgences par SMS"} in now["numbers"]
        assert partner.send().json()["now"] is None

    def test_the_same_key_is_the_same_report(self, partner: Partner) -> None:
        first, again = partner.send(key="key-0001"), partner.send(key="key-0001")

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["id"] == again.json()["id"]
        assert Report.objects.count() == 1

    def test_the_same_key_for_other_words_is_refused(self, partner: Partner) -> None:
        partner.send(key="key-0001")

        answer = partner.send(BODY | {"description": "other"}, key="key-0001")

        assert answer.status_code == 409
        assert answer.json()["type"].endswith("idempotency-key-used")

    def test_two_partners_may_use_one_key(self, partner: Partner) -> None:
        other = Partner(access.SUBMIT)

        assert partner.send(key="key-0001").status_code == 201
        assert other.send(key="key-0001").status_code == 201

    def test_another_language_is_another_report(self, partner: Partner) -> None:
        partner.send(BODY | {"language": "fr"}, key="key-0001")

        assert partner.send(BODY | {"language": "en"}, key="key-0001").status_code == 409

    def test_says_which_content_each_place_is(self, partner: Partner) -> None:
        one, other = "https://a.example/x", "https://b.example/"
        game = {"kind": "game", "text": "Player One", "service": "Some Game"}

        sent = partner.send({"addresses": [other, one, f"{one}#top"], "places": [game]}).json()

        ids = [content["id"] for content in sent["contents"]]
        assert sent["places"] == [ids[0], ids[1], ids[1], ids[2]]
        assert Content.objects.get(id=ids[2]).kind == "game"

    def test_known_content_brings_its_state(self, partner: Partner) -> None:
        make_decided()

        sent = partner.send({"addresses": ["https://pictures.example/album/1"]}).json()

        assert sent["contents"][0]["state"] == "removing"
        assert Content.objects.count() == 1

    @pytest.mark.parametrize(
        "body",
        [
            "not json",
            "[]",
            "{}",
            json.dumps({"addresses": []}),
            json.dumps({"addresses": ["javascript:alert(1)"]}),
            json.dumps({"addresses": ["https://a.example/"], "category": "nonsense"}),
            json.dumps({"addresses": ["https://a.example/"] * 51}),
            json.dumps({"addresses": ["https://a.example/"], "met_on": "2999-01-01"}),
            json.dumps({"addresses": ["https://a.example/"], "description": "\x00"}),
            json.dumps({"addresses": [7], "danger": "perhaps"}),
            json.dumps({"places": [{"kind": "web", "text": "x"}]}),
            json.dumps({"places": [{"kind": "game", "text": "\x00"}]}),
            json.dumps({"addresses": ["https://a.example/"], "language": "\x00"}),
            json.dumps({"adresses": ["https://a.example/"]}),
            '{"addresses": ["https://a.example/"], "description": "\\ud800"}',
            '{"addresses": ["https://a.example/"], "danger": NaN}',
            '{"addresses": ' + "[" * 100_000,
            '{"addresses": [' + "9" * 5_000 + "]}",
            json.dumps({"addresses": ["https://a.example/" + "x" * 70_000]}),
            json.dumps({"addresses": [], "places": [{}] * 60}),
        ],
    )
    def test_what_cannot_be_read_is_a_problem(self, partner: Partner, body: str) -> None:
        answer = partner.send(body)

        assert answer.status_code in {400, 422}
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
        assert Report.objects.count() == 0

    def test_says_which_address_is_wrong(self, partner: Partner) -> None:
        answer = partner.send({"addresses": ["https://a.example/", "http://10.0.0.1/"]})

        (error,) = answer.json()["errors"]
        assert (error["field"], error["index"], error["code"]) == ("addresses", 1, "private-host")

    def test_says_what_was_understood_of_each_address(self, partner: Partner) -> None:
        addresses = ["https://a.example/x", "https://a.example/Mes images/a.png", "b.example/c,"]

        sent = partner.send({"addresses": addresses}).json()

        assert len(sent["contents"]) == 3
        said = [(note["index"], note["code"]) for note in sent["notes"]]
        assert said == [(1, "spaces-encoded"), (2, "tail-kept"), (2, "scheme-added")]
        assert all(note["detail"] for note in sent["notes"])

    def test_takes_what_is_no_address_as_it_was_written(self, partner: Partner) -> None:
        body = {"addresses": ["@renard_75", "06 12 34 56 78"]}

        refused = partner.send(body)
        taken = partner.send({**body, "as_written": True})

        codes = [error["code"] for error in refused.json()["errors"]]
        assert (refused.status_code, codes) == (422, ["handle", "phone"])
        assert taken.status_code == 201
        kinds = set(Content.objects.values_list("kind", flat=True))
        assert kinds == {"app", "phone"}

    def test_refuses_a_name_that_stands_twice(self, partner: Partner) -> None:
        answer = partner.send(
            '{"addresses": ["https://a.example/"], "danger": true, "danger": false}'
        )

        assert answer.status_code == 400
        assert answer.json()["type"].endswith("key-twice")

    def test_needs_an_idempotency_key(self, partner: Partner) -> None:
        assert partner.send(**{"Idempotency-Key": ""}).status_code == 422


class TestReading:
    def test_foreign_and_unknown_reports_get_one_answer(self, partner: Partner) -> None:
        """T006: byte for byte."""
        foreign = Partner(access.SUBMIT).send().json()["id"]

        theirs, unknown = partner.get(f"/{foreign}"), partner.get(f"/{uuid4()}")

        assert theirs.status_code == unknown.status_code == 404
        assert theirs.content == unknown.content
        assert partner.get().json()["reports"] == []

    def test_goes_page_by_page(self, partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("balise.hotline.reports.queries.partners.PAGE", 2)
        sent = {
            partner.send({"addresses": [f"https://a{n}.example/"]}).json()["id"] for n in range(5)
        }

        found: list[str] = []
        after = ""
        while True:
            page = partner.get(f"?after={after}" if after else "").json()
            found += [report["id"] for report in page["reports"]]
            after = page["after"]
            if not after:
                break

        assert len(found) == 5
        assert set(found) == sent

    def test_nothing_of_the_content_leaves(self, partner: Partner) -> None:
        sent = partner.send()

        assert "a.example" not in sent.text
        assert "words" not in sent.text

    def test_keeps_what_was_received_since(self, partner: Partner) -> None:
        partner.send()

        assert partner.get("?since=2000-01-01T00:17:38-17:11").status_code == 200
        assert len(partner.get("?since=2026-01-01T00:00:00%2B02:00").json()["reports"]) == 1
        assert partner.get("?since=2199-01-01T00:00:00Z").json()["reports"] == []

    def test_keeps_what_has_a_content_in_a_state(self, partner: Partner) -> None:
        make_decided()
        removing = partner.send({"addresses": [ADDRESS]}).json()
        waiting = partner.send().json()

        for state, expected in (("removing", removing), ("waiting", waiting)):
            (found,) = partner.get(f"?state={state}").json()["reports"]
            assert found["id"] == expected["id"]
        assert partner.get("?state=closed").json()["reports"] == []

    @pytest.mark.parametrize(
        "query",
        [
            "after=%00",
            "after=zzzz",
            "after=" + "A" * 65,
            "after=" + "_" * 64,
            "after=" + "__________8AAAAAAAAAAAAAAAAAAAAA",
            "since=yesterday",
            "since=2026-01-01T00:00:00",
            "since=9999-12-31T23:59:59-12:00",
            "since=0001-01-01T00:00:00Z",
            "since=1e400",
            "state=odd",
            "order=-sealed",
            "partner__isnull=1",
            "sealed__contains=x",
            "page=1000000000",
        ],
    )
    def test_takes_only_the_filters_it_has(self, partner: Partner, query: str) -> None:
        answer = partner.get(f"?{query}")

        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["errors"][0]["field"] == query.partition("=")[0]
