"""What browsers say of our content security policy is counted, and nothing of it is kept."""

import json

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from balise.foundation.web import csp_reports
from balise.foundation.web.csp_reports import Violation, violations
from balise.foundation.web.floods import Buckets

OLD = {
    "csp-report": {
        "document-uri": "https://centre.example/fr/follow/?code=SECRET",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://trap.example/x.js?SECRET",
        "script-sample": "SECRET",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "url": "https://centre.example/staff/hotline/",
        "user_agent": "SECRET",
        "body": {
            "documentURL": "https://centre.example/staff/hotline/",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
            "sample": "SECRET",
        },
    },
    {"type": "deprecation", "body": {}},
]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csp_reports, "_read", Buckets[str]())
    csp_reports._counts.clear()


def sent(client: Client, body: object) -> int:
    told = client.post("/csp/", json.dumps(body), content_type="application/reports+json")
    return told.status_code


class TestViolations:
    def test_are_read_in_both_forms(self) -> None:
        assert list(violations(json.dumps(OLD).encode())) == [
            Violation("public", "script-src-elem", "https")
        ]
        assert list(violations(json.dumps(NEW).encode())) == [
            Violation("staff", "style-src-attr", "inline")
        ]

    @given(st.binary(max_size=200))
    def test_are_not_found_in_anything_else(self, body: bytes) -> None:
        assert not list(violations(body))

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["csp-report", "type", "body", "document-uri", "documentURL"]),
                    inner,
                    max_size=4,
                )
            ),
        )
    )
    def test_are_said_in_our_words_only(self, told: object) -> None:
        for door, directive, kind in violations(json.dumps(told).encode()):
            assert door in {"public", "staff"}
            assert directive in csp_reports.DIRECTIVES | {"other"}
            assert kind in csp_reports.KINDS | {"other"}

    def test_are_few_of_one_body(self) -> None:
        assert len(list(violations(json.dumps(NEW * 500).encode()))) == csp_reports.MOST_OF_ONE / 2

    def test_a_body_that_is_too_deep_says_nothing(self) -> None:
        assert not list(violations(b"[" * 16_000))


class TestTake:
    def test_counts_and_writes_no_address(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        for _ in range(30):
            assert sent(client, OLD) == 204
        assert sent(client, NEW) == 204
        written = [record.getMessage() for record in caplog.records]
        assert written == [
            "csp public script-src-elem https 1",
            "csp public script-src-elem https 10",
            "csp staff style-src-attr inline 1",
        ]

    def test_needs_no_token_and_no_session(self) -> None:
        assert sent(Client(enforce_csrf_checks=True), OLD) == 204

    def test_refuses_what_is_large(self, client: Client) -> None:
        assert sent(client, "x" * csp_reports.MOST_BYTES) == 413

    def test_refuses_to_be_asked_all_the_time(self, client: Client) -> None:
        # Room for one more comes back with time, so on a busy machine some more are taken.
        answers = [sent(client, OLD) for _ in range(2 * csp_reports.A_MINUTE)]
        assert answers == [204] * 2 * csp_reports.A_MINUTE
        assert any(sent(client, OLD) == 429 for _ in range(10 * csp_reports.A_MINUTE))

    def test_takes_only_what_is_posted(self, client: Client) -> None:
        assert client.get("/csp/").status_code == 405

    @pytest.mark.parametrize("page", ["/fr/", "/staff/account/login/"])
    @pytest.mark.django_db
    def test_is_named_by_both_doors(self, client: Client, page: str) -> None:
        answer = client.get(page)
        assert "report-uri /csp/; report-to csp" in answer["Content-Security-Policy"]
        assert answer["Reporting-Endpoints"] == 'csp="/csp/"'
