"""The pages of fingerprints and copies, the queue’s filter, and a partner’s report with some."""

import json
import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from balise.foundation.accounts.tests.makers import make_account, make_token, sign_in
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import Signal, Turn
from balise.hotline.reports.models import Content, Copy, Fingerprint, SavedView
from balise.hotline.reports.queries.known import signals_of
from balise.hotline.reports.rules.known import TURNS, Standing, Why
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.known_makers import (
    give,
    make_banked,
    make_copies,
    make_fingerprinted,
    make_signal,
    mirrored,
    work,
)
from balise.hotline.reports.tests.makers import make_content, make_decision

pytestmark = pytest.mark.django_db

QUEUE = "/staff/hotline/queue/"
REPORTS = "/api/v1/hotline/reports"
A = make_signal(1)


def told(*signals: Signal) -> list[dict[str, object]]:
    """Return signals as the extension and partners tell them."""
    return [
        {
            "pdq": one.value.hex(),
            "quality": one.quality,
            "turns": [each.hex() for each in one.turns],
        }
        for one in signals
    ]


def in_french(words: object, *, many: int = 0) -> str:
    """Return words as a page of staff has them, in whatever the catalogue holds today."""
    with translation.override("fr"):
        if many:
            return translation.ngettext(str(words), str(words), many) % {"count": many}
        return translation.gettext(words) if isinstance(words, str) else str(words)


def page_of(content: Content) -> str:
    return f"/staff/hotline/content/{content.id}/fingerprints/"


def read(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


class TestFromAnAnalystsBrowser:
    def test_a_fingerprint_is_taken_and_never_shown(self, analyst: Client) -> None:
        make_banked(A)
        content = make_content("https://a.example/")
        answer = analyst.post(page_of(content), {"fingerprints": json.dumps(told(mirrored(A)))})
        assert answer.status_code == HTTPStatus.FOUND
        work()
        page = read(analyst, f"/staff/hotline/contents/{content.id}/")
        assert in_french(TURNS[Turn.MIRRORED]) in page
        assert "<bdi>known</bdi>" in page
        for each in A.turns:
            assert each.hex() not in page
            assert each.hex() not in read(analyst, page_of(content))

    def test_a_picture_with_bars_is_known_by_what_is_inside_them(self, analyst: Client) -> None:
        other = make_signal(2)
        make_banked(other)
        content = make_content("https://a.example/")
        whole, inside = told(A, mirrored(other))
        given = json.dumps([whole | {"trimmed": inside}])
        answer = analyst.post(page_of(content), {"fingerprints": given})
        assert answer.status_code == HTTPStatus.FOUND
        work()
        assert "<bdi>known</bdi>" in read(analyst, f"/staff/hotline/contents/{content.id}/")
        kept = Fingerprint.objects.filter(content=content).order_by("is_trimmed")
        assert [(bytes(one.value), one.is_trimmed) for one in kept] == [
            (A.value, False),
            (mirrored(other).value, True),
        ]
        assert [one.is_trimmed for one in signals_of(content.id)].count(True) == 1

    @pytest.mark.parametrize("said", ["", "[]", '[{"pdq": "0x12"}]', "garbage"])
    def test_what_is_none_is_refused_and_not_repeated(self, analyst: Client, said: str) -> None:
        content = make_content()
        answer = analyst.post(page_of(content), {"fingerprints": said})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "0x12" not in answer.content.decode()
        assert not Fingerprint.objects.exists()

    def test_not_without_the_session_s_token(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        sign_in(strict, make_account("analyst"))
        content = make_content()
        answer = strict.post(page_of(content), {"fingerprints": json.dumps(told(A))})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not Fingerprint.objects.exists()

    def test_not_from_a_listener(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        answer = client.post(page_of(make_content()), {"fingerprints": json.dumps(told(A))})
        assert answer.status_code == HTTPStatus.FORBIDDEN


class TestOfAPage:
    """The extension tells an address; the fingerprints stay after the # and are not posted here."""

    PAGE = "/staff/hotline/fingerprints/"

    def test_the_content_at_its_address_is_found(self, analyst: Client) -> None:
        content = make_content("https://a.example/picture?n=1")
        answer = analyst.post(self.PAGE, {"address": "https://a.example/picture?n=1#here"})
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"] == page_of(content)

    def test_another_address_is_refused_and_stays_as_typed(self, analyst: Client) -> None:
        assert 'name="address"' in read(analyst, self.PAGE)
        answer = analyst.post(self.PAGE, {"address": "https://b.example/"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "https://b.example/" in answer.content.decode()

    def test_not_from_a_listener(self, client: Client) -> None:
        sign_in(client, make_account("listener"))
        answer = client.post(self.PAGE, {"address": "https://a.example/"})
        assert answer.status_code == HTTPStatus.FORBIDDEN


class TestCopies:
    def test_a_verdict_leads_to_its_copies_which_take_it_and_are_undone(
        self, analyst: Client
    ) -> None:
        first = make_fingerprinted("https://first.example/", A, category="hate")
        second = make_fingerprinted("https://second.example/", mirrored(A), category="hate")
        third = make_fingerprinted("https://third.example/", A, category="hate")
        analyst.post(f"/staff/hotline/contents/{first.id}/claim/")
        analyst.post(f"/staff/hotline/contents/{first.id}/open/")
        decision = make_decision()
        answer = analyst.post(
            f"/staff/hotline/contents/{first.id}/verdict/",
            {
                "verdict": decision.verdict.value,
                "category": "hate",
                "offence": decision.offence,
                "ground": "looked",
                "confidence": "sure",
                "certainty": "exact",
                "facts_on": decision.facts_on.isoformat(),
                "rationale": "Oui.",
            },
        )
        copies = f"/staff/hotline/contents/{first.id}/copies/"
        assert answer.headers["Location"] == copies
        page = read(analyst, copies)
        assert in_french(TURNS[Turn.MIRRORED]) in page
        shown = re.findall(r'name="shown" value="([^"]+)"', page)
        assert len(shown) == 2
        (ticked,) = [each for each in shown if each.startswith(str(second.id))]

        answer = analyst.post(f"{copies}settle/", {"shown": shown, "content": [ticked]})

        where = answer.headers["Location"]
        assert f'action="{where}undo/"' in read(analyst, where)
        assert Content.objects.get(id=second.id).state == ContentState.CLOSING
        assert Content.objects.get(id=third.id).state == ContentState.WAITING
        assert Copy.objects.get(of=first, content=third).is_excepted
        assert where in read(analyst, QUEUE)
        analyst.post(f"{where}undo/")
        assert Content.objects.get(id=second.id).state == ContentState.WAITING

    def test_what_changed_is_said_and_nothing_is_decided(self, analyst: Client) -> None:
        first, second = make_copies()
        copies = f"/staff/hotline/contents/{first.id}/copies/"
        answer = analyst.post(f"{copies}settle/", {"content": [f"{second.id}~{'0' * 16}"]})
        assert answer.status_code == HTTPStatus.CONFLICT
        assert Content.objects.get(id=second.id).state == ContentState.WAITING


class TestTheQueue:
    def test_marks_what_is_known_and_what_has_copies_and_is_narrowed(self, analyst: Client) -> None:
        make_banked(A, labels=())
        one = make_fingerprinted("https://one.example/", A, category="hate")
        two = make_fingerprinted("https://two.example/", A, category="hate")
        make_content("https://bare.example/", category="hate")
        page = read(analyst, QUEUE)
        marks = in_french(Standing.PROPOSED.label), in_french("%(count)s copy waits", many=1)
        assert [page.count(f"</svg>{mark}</span>") for mark in marks] == [2, 2]
        for code, ids in (("decide", {one.id, two.id}), ("copies", {one.id, two.id})):
            rows = read(analyst, f"{QUEUE}?known={code}")
            assert {f'id="row-{each}"' in rows for each in ids} == {True}
            assert rows.count('id="row-') == 2
        assert 'id="row-' not in read(analyst, f"{QUEUE}?known=asked")

    def test_shows_what_is_known_and_decided_when_asked(self, analyst: Client) -> None:
        make_banked(A)
        content = make_fingerprinted("https://one.example/", A)
        assert f'id="row-{content.id}"' not in read(analyst, QUEUE)
        assert f'id="row-{content.id}"' in read(analyst, f"{QUEUE}?known=known")

    def test_keeps_the_filter_in_a_view(self, analyst: Client) -> None:
        analyst.post(f"{QUEUE}views/", {"name": "Banques", "known": "decide"})
        assert SavedView.objects.get().filters == {"known": "decide"}


class TestAPartner:
    def send(self, client: Client, scopes: str, *, key: str, **more: object) -> tuple[int, dict]:  # type: ignore[type-arg]
        _, token = make_token(*scopes.split())
        return self.send_with(client, token, key=key, **more)

    def send_with(
        self, client: Client, token: str, *, key: str, **more: object
    ) -> tuple[int, dict]:  # type: ignore[type-arg]
        body = {"addresses": ["https://a.example/", "https://b.example/"], **more}
        answer = client.post(
            REPORTS,
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
        )
        return answer.status_code, answer.json()

    def test_with_the_scope_gives_fingerprints_of_the_place_it_names(self, client: Client) -> None:
        make_banked(A)
        _, token = make_token("hotline.reports.submit", "hotline.reports.fingerprint")
        given = [{**one, "place": 1} for one in told(mirrored(A))]
        key = str(uuid4())
        status, _said = self.send_with(client, token, key=key, fingerprints=given)
        assert status == HTTPStatus.CREATED
        status, said = self.send_with(client, token, key=key, fingerprints=given)
        assert status == HTTPStatus.OK
        work()
        first, second = (Content.objects.get(id=each) for each in said["places"])
        assert (first.state, second.state) == (ContentState.WAITING, ContentState.REMOVING)
        assert Fingerprint.objects.get().source == "partner"
        status, said = self.send_with(client, token, key=key, fingerprints=told(A))
        assert status == HTTPStatus.CONFLICT

    def test_without_the_scope_gives_none(self, client: Client) -> None:
        status, _ = self.send(
            client, "hotline.reports.submit", key="key-key-1", fingerprints=told(A)
        )
        assert status == HTTPStatus.FORBIDDEN
        assert not Content.objects.exists()

    @pytest.mark.parametrize(
        "given", [{"pdq": "0x12"}, {"place": 2, "md5": "ab" * 16}, {}, {"pdq": "0f" * 31 + "0"}]
    )
    def test_is_told_which_is_unreadable(self, client: Client, given: dict[str, object]) -> None:
        status, said = self.send(
            client,
            "hotline.reports.submit hotline.reports.fingerprint",
            key="key-key-2",
            fingerprints=[*told(A), given],
        )
        assert status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert [(one["field"], one["index"]) for one in said["errors"]] == [("fingerprints", 1)]
        assert not Content.objects.exists()


def test_a_harmless_bank_is_said_beside_the_content(analyst: Client) -> None:
    make_banked(A, opinion=Opinion.NEGATIVE, is_negative=True)
    content = give(make_content("https://a.example/"), A)
    page = read(analyst, f"/staff/hotline/contents/{content.id}/")
    assert escape(in_french(Why.HARMLESS.label)) in page
