"""Badges: asked for, signed, verified by us and by a library, revoked."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openbadgeslib import baking
from openbadgeslib.ob3 import (
    OB3LdpVerifier,
    decode_encoded_list,
    resolve_verification_method,
    verify_data_integrity_proof,
)

from balise.awareness.learning.events.access.links import token_of
from balise.awareness.learning.events.rules.facts import EventKind
from balise.awareness.learning.training import access, actions, queries
from balise.awareness.learning.training.actions import (
    AdultsOnly,
    AlreadyRevoked,
    AreaNeeded,
    AudienceUnknown,
    NotGiven,
    NotPassed,
)
from balise.awareness.learning.training.demonstration import BADGES, fill
from balise.awareness.learning.training.documents import apart, credentials
from balise.awareness.learning.training.models import LINE, Badge, Standing
from balise.awareness.learning.training.rules.credentials import after_months
from balise.awareness.learning.training.rules.verdicts import LONGEST, Reason, Verdict
from balise.awareness.learning.training.rules.words import Why
from balise.awareness.learning.training.tests.makers import (
    came_to,
    make_badge,
    make_followed,
    make_passed,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.signatures import published
from balise.foundation.journal.models import Entry
from balise.foundation.limited.child import CannotWork
from balise.foundation.limited.lanes import Lane

pytestmark = pytest.mark.django_db


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    leap = datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert after_months(leap, 24) == datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert after_months(datetime(2026, 11, 28, tzinfo=UTC), 2).month == 1


class TestAsking:
    def test_a_path_has_one_badge_and_its_place_tells_nothing(self) -> None:
        token = make_passed().token
        first = actions.ask_online(token=token, audience="ambassador", is_adult=True, by=ANYONE)
        assert actions.ask_online(token=token, audience="other", is_adult=True, by=ANYONE) == first
        assert [entry.event for entry in Entry.objects.all()] == ["awareness.badge.asked"]
        row = Badge.objects.get()
        assert (row.audience, row.area) == ("ambassador", "")
        assert not row.document

    def test_an_academy_is_counted_where_it_is_asked(self) -> None:
        make_badge(given=False, audience="referent", area="lyon")
        make_badge(given=False, audience="ambassador", area="lyon")
        assert set(Badge.objects.values_list("audience", "area")) == {
            ("referent", "lyon"),
            ("ambassador", ""),
        }

    def test_what_is_missing_is_refused(self) -> None:
        token = make_passed().token
        with pytest.raises(NotPassed):
            actions.ask_online(
                token=make_followed().token, audience="ambassador", is_adult=True, by=ANYONE
            )
        with pytest.raises(AudienceUnknown):
            actions.ask_online(token=token, audience="nobody", is_adult=True, by=ANYONE)
        with pytest.raises(AreaNeeded):
            actions.ask_online(
                token=token, audience="referent", area="nowhere", is_adult=True, by=ANYONE
            )
        assert not Badge.objects.exists()

    def test_a_minor_gets_none_and_a_class_gets_a_diploma(self, client: Client) -> None:
        token = make_passed().token
        with pytest.raises(AdultsOnly):
            actions.ask_online(token=token, audience="ambassador", is_adult=False, by=ANYONE)
        page = client.post(f"/fr/training/badge/?path={token}", {"audience": "ambassador"})
        assert page.status_code == 422
        assert "Une classe reçoit un diplôme" in page.text
        assert "/fr/training/diploma.pdf" in page.text
        assert not Badge.objects.exists()
        assert not Entry.objects.exists()


class TestSigning:
    def test_anyone_verifies_it_with_what_we_publish(self) -> None:
        badge = make_badge()
        document = json.loads(queries.document(badge))
        (pem,) = published(LINE).values()
        found = OB3LdpVerifier(pubkey_pem=pem).verify(document)
        assert found.id == badge.urn
        assert str(found.recipient_id).startswith("urn:uuid:")
        assert "@" not in json.dumps(document).replace('"@context"', "")
        carried = baking.extract_svg(
            queries.picture(badge), element=baking.SVG_ELEMENT_OB3, text_fallback=True
        )
        assert json.loads(str(carried)) == document

    def test_our_key_is_found_by_its_name(self) -> None:
        document = json.loads(queries.document(make_badge()))
        method = document["proof"]["verificationMethod"]
        told = json.dumps(queries.keys()).encode()
        pem = resolve_verification_method(method, download=lambda *_args, **_options: told)
        verify_data_integrity_proof(document, pem)

    def test_it_is_signed_once_and_counted(self) -> None:
        badge = make_badge(audience="referent", area="lyon")
        assert not actions.give(badge_ids=[badge], by=SYSTEM)
        facts = Entry.objects.get(event="awareness.badge.given").facts
        assert facts == {"audience": "referent", "area": "lyon", "way": "online"}
        row = Badge.objects.get()
        assert row.until == after_months(row.given_at, 24)  # type: ignore[arg-type]

    def test_what_cannot_be_prepared_is_not_signed(self) -> None:
        with pytest.raises(apart.Unsigned):
            apart.digests([({"@context": ["https://unknown.example/"]}, {})])


class TestRevoking:
    def test_who_verifies_it_is_told_and_the_list_too(self) -> None:
        badge, lead = make_badge(), make_actor("awareness_lead")
        document = queries.document(badge)
        actions.revoke(badge_id=badge, why=Why.MISTAKE, by=lead)
        actions.sign_standing(by=SYSTEM)
        assert queries.verify(document.encode()).reason is Reason.REVOKED
        listed = json.loads(Standing.objects.get().document)
        (pem,) = published(LINE).values()
        verify_data_integrity_proof(listed, pem)
        bits = decode_encoded_list(listed["credentialSubject"]["encodedList"])
        place = Badge.objects.get().place
        assert bits[place // 8] == 0x80 >> place % 8
        assert sum(bits) == bits[place // 8]
        entry = Entry.objects.get(event="awareness.badge.revoked")
        assert entry.facts == {"why": "mistake"}
        assert entry.actor_key == lead.key

    def test_it_is_revoked_once_by_who_may_and_when_it_is_given(self) -> None:
        badge = make_badge(given=False)
        with pytest.raises(PermissionDenied):
            actions.revoke(badge_id=badge, why=Why.ASKED, by=make_actor("editor"))
        coordinator = make_actor("coordinator")
        with pytest.raises(NotGiven):
            actions.revoke(badge_id=badge, why=Why.ASKED, by=coordinator)
        actions.give(badge_ids=[badge], by=SYSTEM)
        actions.revoke(badge_id=badge, why=Why.ASKED, by=coordinator)
        with pytest.raises(AlreadyRevoked):
            actions.revoke(badge_id=badge, why=Why.ASKED, by=coordinator)


class TestSessions:
    def test_who_came_to_a_session_asks_with_the_link_of_their_mail(self, client: Client) -> None:
        registration = came_to(EventKind.TRAINING)
        link = token_of(registration)
        place = f"/fr/training/session/{link}/"
        assert place in client.get(f"/fr/my-event/{link}/").text
        assert client.get(place).status_code == 200
        page = client.post(place, {"audience": "ambassador"})["Location"]
        assert Badge.objects.get().way == "session"
        assert client.get(place)["Location"] == page

    def test_another_event_and_who_did_not_come_earn_none(self, client: Client) -> None:
        with pytest.raises(NotPassed):
            actions.ask_for_session(
                registration_id=came_to(EventKind.WEBINAR), audience="ambassador", by=ANYONE
            )
        absent = token_of(came_to(EventKind.TRAINING, came=False))
        assert client.get(f"/fr/training/session/{absent}/").status_code == 404
        assert "training/session" not in client.get(f"/fr/my-event/{absent}/").text


@pytest.fixture
def badge() -> UUID:
    return make_badge()


def changed(**more: Any) -> Callable[[dict[str, Any]], str]:
    """Return how a credential is changed by someone, as text."""
    return lambda document: json.dumps({**document, **more})


def without_zone(document: dict[str, Any]) -> str:
    return json.dumps({**document, "validUntil": document["validUntil"].rstrip("Z")})


def another_key(document: dict[str, Any]) -> str:
    proof = {**document["proof"], "verificationMethod": f"{document['issuer']['id']}#mine"}
    return json.dumps({**document, "proof": proof})


SENT: list[tuple[Callable[[dict[str, Any]], str], Reason]] = [
    (changed(name="Chef"), Reason.CHANGED),
    (changed(validUntil="2046-01-01T00:00:00Z"), Reason.CHANGED),
    (changed(extra="more"), Reason.CHANGED),
    (without_zone, Reason.DATE_WITHOUT_ZONE),
    (changed(validUntil=None), Reason.NO_CREDENTIAL),
    (changed(validUntil="soon"), Reason.NO_CREDENTIAL),
    (changed(issuer="did:web:other.example"), Reason.OTHER_ISSUER),
    (changed(issuer=3), Reason.NO_CREDENTIAL),
    (changed(proof=[]), Reason.OTHER_PROOF),
    (another_key, Reason.UNKNOWN_KEY),
    (lambda document: json.dumps([document]), Reason.NOT_JSON),
    (lambda document: json.dumps(document)[:-9], Reason.NOT_JSON),
    (lambda _document: "[" * 100_000, Reason.NOT_JSON),
    (lambda _document: '{"a": 1, "a": 2}', Reason.NOT_JSON),
    (lambda _document: "<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.NO_BADGE),
    (lambda _document: "<svg", Reason.NOT_JSON),
    (lambda _document: "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Reason.NOT_JSON),
    (lambda _document: "eyJhbGciOiJub25lIn0.e30.", Reason.OTHER_PROOF),
    (lambda _document: "\ud83d\ude00 hello", Reason.NOT_JSON),
]


class TestVerifying:
    def test_one_that_we_gave_is_valid_as_text_and_as_picture(self, badge: UUID) -> None:
        for sent in (queries.document(badge).encode(), queries.picture(badge)):
            found = queries.verify(sent)
            assert found.verdict is Verdict.VALID
            assert found.badge is not None
            assert found.badge.id == badge

    def test_one_whose_last_day_is_over_is_expired(self, badge: UUID) -> None:
        sent = queries.document(badge).encode()
        with clock.at(clock.now() + timedelta(days=740)):
            assert queries.verify(sent).verdict is Verdict.EXPIRED

    def test_what_strangers_send_has_a_reason(self, badge: UUID) -> None:
        document, who = json.loads(queries.document(badge)), queries.issuer()
        keys = {who.key(key_id): pem.decode() for key_id, pem in published(LINE).items()}
        head = {"did": who.did, "at": clock.now().isoformat(), "keys": keys}
        for change, reason in SENT:
            sent = change(document).encode("utf-8", "surrogatepass")
            with pytest.raises(CannotWork) as refused:
                credentials.read(json.dumps(head).encode() + b"\n" + sent)
            assert Reason(refused.value.code) is reason, sent[:200]

    def test_nothing_and_five_megabytes_are_not_read(self) -> None:
        assert queries.verify(b" ").reason is Reason.EMPTY
        assert queries.verify(b" " * LONGEST + b"{}").reason is Reason.TOO_LONG

    def test_one_that_is_not_in_the_register_is_not_vouched_for(self, badge: UUID) -> None:
        sent = queries.document(badge).encode()
        Badge.objects.all().delete()
        assert queries.verify(sent).reason is Reason.NOT_REGISTERED


def test_the_command_says_one_object(
    badge: UUID, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "badge.json"
    file.write_text(queries.document(badge))
    call_command("badge", "verify", str(file), "--json")
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "verdict": "valid",
        "reason": "signed",
    }
    file.write_text("{")
    with pytest.raises(SystemExit):
        call_command("badge", "verify", str(file))
    assert "unreadable" in capsys.readouterr().out


def test_staff_see_badges_and_no_name(badge: UUID) -> None:
    (shown,) = queries.every(by=make_actor("coordinator"))
    assert shown.id == badge
    with pytest.raises(PermissionDenied):
        list(queries.every(by=make_actor("editor")))
    assert access.READ


class TestThePages:
    def test_who_passed_gets_a_certificate_and_a_badge_to_verify(self, client: Client) -> None:
        token = make_passed().token
        paper = client.post(
            f"/fr/training/certificate/?path={token}", {"name": "C. Exemple"}, follow=True
        )
        assert paper.content.startswith(b"%PDF")
        assert b"pdfuaid" in paper.content
        ask = {"audience": "referent", "area": "", "is_adult": "on"}
        assert client.post(f"/fr/training/badge/?path={token}", ask).status_code == 422
        asked = client.post(f"/fr/training/badge/?path={token}", ask | {"area": "lyon"})
        page = asked["Location"]
        assert client.get(page).status_code == 200
        assert client.get(f"{page}badge.svg").status_code == 404
        actions.give(badge_ids=[Badge.objects.get().id], by=SYSTEM)
        sent = SimpleUploadedFile("badge.svg", client.get(f"{page}badge.svg").content)
        found = client.post("/fr/badges/verify/", {"file": sent}, follow=True)
        assert "alert-good" in found.text
        text = client.get(f"{page}badge.json").text
        assert "alert-good" in client.post("/en/badges/verify/", {"text": text}, follow=True).text
        assert client.get("/badges/revoked.json").status_code == 200
        assert client.get("/badges/did.json").json()["id"].startswith("did:web:")

    def test_what_is_not_a_badge_is_answered_in_words(self, client: Client) -> None:
        for sent in ({}, {"text": "{"}):
            assert "alert-note" in client.post("/fr/badges/verify/", sent, follow=True).text
        large = SimpleUploadedFile("large.json", b" " * 5_000_000)
        assert client.post("/fr/badges/verify/", {"file": large}).status_code == 422

    def test_who_did_not_pass_gets_neither(self, client: Client) -> None:
        token = make_followed().token
        for place in ("certificate", "badge"):
            assert client.post(f"/fr/training/{place}/?path={token}", {}).status_code == 404

    def test_a_class_gets_a_diploma_without_a_name(self, client: Client) -> None:
        paper = client.get("/fr/training/diploma.pdf").content
        assert paper.startswith(b"%PDF")
        assert b"pdfuaid" in paper

    def test_staff_revoke_a_badge_for_a_reason(self, badge: UUID, client: Client) -> None:
        page = f"/staff/awareness/training/badges/{badge}/"
        sign_in(client, make_account("editor"))
        assert client.get(page).status_code == 403
        sign_in(client, make_account("coordinator"))
        assert client.get("/staff/awareness/training/").status_code == 200
        assert client.get(page).status_code == 200
        assert client.post(page, {}).status_code == 422
        assert client.post(page, {"why": "misuse"}).status_code == 302
        assert client.post(page, {"why": "misuse"}).status_code == 409
        text = {"text": queries.document(badge)}
        assert "alert-danger" in client.post("/fr/badges/verify/", text, follow=True).text


def test_the_demonstration_has_a_past_with_one_revoked_badge() -> None:
    fill({"coordinator": make_actor("coordinator")})
    assert Badge.objects.exclude(document="").count() == BADGES
    assert Badge.objects.exclude(revoked_at=None).count() == 1
    known = queries.figures(by=make_actor("coordinator"))
    assert known.gain is not None
    assert known.pairs


class TestWhenManyCheckABadge:
    def test_who_comes_too_late_reads_one_moment_and_when_to_come_back(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lane = Lane(queue=0, patience=0.1)
        monkeypatch.setattr(apart, "_LANE", lane)
        page, ours = "/en/badges/verify/", {"Sec-Fetch-Site": "same-origin"}
        with lane.turn():
            answer = client.post(page, {"text": "{my badge}"}, headers=ours)
            sent = {"file": SimpleUploadedFile("badge.json", b"{}")}
            with_a_file = client.post(page, sent, headers=ours)
        assert answer.status_code == with_a_file.status_code == 503
        assert answer["Retry-After"] == "10"
        assert "One moment" in answer.text
        assert "{my badge}" in answer.text, "what was typed is on the page, to be sent again"
        assert "send it again in ten seconds" in with_a_file.text
        assert client.post(page, {"text": "{my badge}"}).status_code == 302
