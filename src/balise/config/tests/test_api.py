"""What the API is, whichever line answers: its errors, its limits, its description."""

import json
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.db import InterfaceError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from balise.config import api
from balise.config.bodies import said
from balise.foundation.accounts.tests.makers import make_partner, make_token
from balise.hotline.reports import access

REPORTS = "/api/v1/hotline/reports"
BODY = {"addresses": ["https://a.example/x"]}


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> None:
    cache.clear()


@pytest.fixture
def token(db: None) -> str:
    """Make a token that may send and follow."""
    _, text = make_token(access.SUBMIT, access.FOLLOW_OWN, partner=make_partner())
    return text


def send(token: str, body: Any = BODY, *, key: str = "key-0001", **given: str) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    content_type = given.pop("content_type", "application/json")
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client(raise_request_exception=False).post(
        REPORTS, raw, content_type=content_type, headers=headers | given
    )


def kept(token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return len(Client().get(REPORTS, headers=headers).json()["reports"])


def assert_problem(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    document = answer.json()
    assert document["type"] == f"urn:balise:problem:{code}"
    assert document["status"] == status
    assert document["title"]


class TestEveryErrorIsAProblem:
    def test_without_a_token(self, db: None) -> None:
        for header in (
            "",
            "Bearer",
            "Bearer x",
            "Basic x",
            "Bearer \u00e9",
            f"Bearer {'x' * 9000}",
        ):
            answer = Client().get(REPORTS, headers={"Authorization": header} if header else {})
            assert_problem(answer, 401, "token-unknown")
            assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_nothing_here(self, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        for path in ("/api/v1/hotline/nothing", f"{REPORTS}/", f"{REPORTS}/7", "/api/v2/"):
            assert_problem(Client().get(path, headers=headers), 404, "not-found")

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
    def test_no_such_method(self, token: str, method: str) -> None:
        answer = getattr(Client(), method)(REPORTS, headers={"Authorization": f"Bearer {token}"})

        assert answer.status_code == 405
        assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
        if method != "head":
            assert_problem(answer, 405, "method-not-allowed")

    def test_no_such_method_on_the_document(self) -> None:
        assert_problem(Client().post("/api/v1/openapi.json"), 405, "method-not-allowed")

    @pytest.mark.parametrize("body", ["not json", '"half', b"\xff\xfe{}", b"\xef\xbb\xbf{}"])
    def test_no_json(self, token: str, body: str | bytes) -> None:
        answer = send(token, body)

        assert answer.status_code in {400, 422}
        assert_problem(answer, answer.status_code, answer.json()["type"].rpartition(":")[2])

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
    )
    def test_another_type(self, token: str, content_type: str) -> None:
        assert_problem(send(token, "x", content_type=content_type), 415, "not-json")

    def test_too_long(self, token: str) -> None:
        assert_problem(send(token, "x" * 1_048_577), 413, "too-long")

    def test_exactly_long_enough_is_read(self, token: str) -> None:
        text = json.dumps(BODY)
        assert send(token, text + " " * (1_048_576 - len(text))).status_code == 201

    def test_too_often(self, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(api, "MOST_A_MINUTE", 2)
        assert [send(token).status_code for _ in range(2)] == [201, 200]

        answer = send(token)

        assert_problem(answer, 429, "too-many-requests")
        assert int(answer["Retry-After"]) > 0

    def test_one_partner_s_haste_is_not_another_s(
        self, token: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(api, "MOST_A_MINUTE", 1)
        send(token)
        _, other = make_token(access.SUBMIT, partner=make_partner())

        assert send(token).status_code == 429
        assert send(other).status_code == 201

    def test_out_of_service(self, token: str) -> None:
        def gone() -> Any:
            raise InterfaceError("connection already closed")

        with connection.execute_wrapper(
            lambda execute, sql, *rest: gone() if "hotline_reports_" in sql else execute(sql, *rest)
        ):
            answer = send(token)

        assert_problem(answer, 503, "service-unavailable")
        assert int(answer["Retry-After"]) > 0

    def test_before_the_programme_reads_a_byte(self) -> None:
        _status, told, body = said(HTTPStatus.CONTENT_TOO_LARGE, path=REPORTS, cookies="")

        assert told["Content-Type"] == "application/problem+json"
        assert json.loads(body)["status"] == 413


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=9,
)
NAMES = list(api._schema()["components"]["schemas"]["ReportIn"]["properties"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.dictionaries(st.sampled_from(NAMES), JSON)
    | JSON
    | st.builds(lambda words: BODY | words, st.dictionaries(st.sampled_from(NAMES), JSON))
)
def test_no_body_breaks_it(token: str, body: Any) -> None:
    cache.clear()
    before = kept(token)

    answer = send(token, json.dumps(body), key=f"key-{before:08}")

    assert answer.status_code in {201, 400, 422}
    assert kept(token) == before + (answer.status_code == 201)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=200))
def test_no_bytes_break_it(token: str, body: bytes) -> None:
    cache.clear()
    assert send(token, body or b"x").status_code in {400, 422}


@pytest.mark.django_db(transaction=True)
def test_a_key_sent_twenty_times_at_once_is_one_report() -> None:
    _, token = make_token(access.SUBMIT, access.FOLLOW_OWN, partner=make_partner())

    def one(number: int) -> tuple[int, str]:
        try:
            answer = send(token, BODY | {"description": "words" if number % 2 else "other words"})
            return answer.status_code, answer.json().get("id", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(20)))

    # Whoever is first wins, and says what the other words are: any of them may be.
    statuses = [status for status, _ in answers]
    first = statuses.index(201)
    assert kept(token) == 1
    assert statuses.count(201) == 1
    assert [number for number, status in enumerate(statuses) if status == 200] == [
        number for number in range(20) if number % 2 == first % 2 and number != first
    ]
    assert statuses.count(409) == 10
    assert len({report for _, report in answers if report}) == 1


class TestDescription:
    def test_describes_what_the_api_does(self) -> None:
        document = Client().get("/api/v1/openapi.json").json()

        posted = document["paths"][REPORTS]["post"]
        assert {"200", "201", "401", "403", "409", "413", "415", "422", "429", "503"} <= set(
            posted["responses"]
        )
        assert "application/problem+json" in posted["responses"]["422"]["content"]
        sent = document["components"]["schemas"]["ReportIn"]["properties"]
        assert sent["addresses"]["maxItems"] == 50
        assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"

    def test_every_reference_leads_somewhere(self) -> None:
        text = Client().get("/api/v1/openapi.json").text
        schemas = json.loads(text)["components"]["schemas"]

        for part in text.split('"$ref":"#/components/schemas/')[1:]:
            assert part.partition('"')[0] in schemas

    def test_is_a_page_too_and_asks_for_nothing_from_elsewhere(self) -> None:
        answer = Client().get("/api/v1/")

        assert answer.status_code == 200
        assert "Idempotency-Key" in answer.text
        assert "addresses" in answer.text
        assert "<script" not in answer.text
        assert "http://" not in answer.text.replace("http://www.w3.org", "")
