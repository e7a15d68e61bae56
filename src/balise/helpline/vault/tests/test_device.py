"""What a device calls: each address, what it answers and refuses, without a cookie."""

import base64
import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.doubles.timestamp_authority import Desk
from balise.foundation.encryption.signatures import verify
from balise.foundation.encryption.timestamps import dating, timestamped_at
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.vault import queries
from balise.helpline.vault.actions import inviting, stamping
from balise.helpline.vault.models import CaseKey, Link, Piece, Share, Stamp
from balise.helpline.vault.rules.bounds import MOST_STAMPS, PADDED
from balise.helpline.vault.rules.sharing import commitment_to, said_of
from balise.helpline.vault.tests.devices import AT, PIECE, asked, brought, put, sent
from balise.helpline.vault.tests.makers import an_item, invited, rewritten, taken

DRAWN = b"a" * 32

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_listener()


class TestAStamp:
    def test_is_asked_then_brought_and_holds(self, device: Client, desk: Desk) -> None:
        commitments = [secrets.token_hex(32) for _nth in range(3)]
        first = asked(device, "stamp", commitments=commitments)
        assert first.status_code == HTTPStatus.ACCEPTED
        assert first["Retry-After"]
        assert not desk.questions  # the public door asks nobody
        for one in Stamp.objects.all():
            half = asked(device, "stamp", commitments=commitments)
            assert half.status_code == HTTPStatus.ACCEPTED
            stamping.stamp(stamp_id=one.id, dating=dating())
        second = asked(device, "stamp", commitments=commitments)
        assert second.status_code == HTTPStatus.OK
        roots = second.json()["roots"].encode()
        for before, told in zip(first.json()["stamps"], second.json()["stamps"], strict=True):
            assert before == {**told, "token": ""}
            token, message = base64.b64decode(told["token"]), bytes.fromhex(told["commitment"])
            at = timestamped_at(token, message=message, trusted=roots)
            assert abs(at - now()) < timedelta(minutes=1)
        assert [told["commitment"] for told in second.json()["stamps"]] == commitments
        assert Stamp.objects.count() == 3

    def test_is_refused_without_an_authority(self, device: Client, settings: Settings) -> None:
        settings.TSA = ""
        answer = asked(device, "stamp", commitments=["ab" * 32])
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert answer.json()["type"] == "urn:balise:problem:stamps-off"

    @pytest.mark.parametrize("wrong", [None, "", [], ["AB" * 32], ["ab" * 31], 5, "ab" * 32])
    def test_is_of_commitments_alone(self, device: Client, desk: Desk, wrong: object) -> None:
        answer = asked(device, "stamp", commitments=wrong)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        mixed = asked(device, "stamp", commitments=["ab" * 32, "wrong"])
        assert mixed.status_code == HTTPStatus.BAD_REQUEST
        assert not Stamp.objects.exists()

    def test_is_asked_for_fifty_at_most(self, device: Client, desk: Desk) -> None:
        many = [f"{nth:064x}" for nth in range(MOST_STAMPS + 1)]
        assert asked(device, "stamp", commitments=many).status_code == HTTPStatus.CONFLICT
        assert not Stamp.objects.exists()
        assert asked(device, "stamp", commitments=many[1:]).status_code == HTTPStatus.ACCEPTED


class TestAnInvitation:
    def test_gives_the_signed_key_of_the_case(self, device: Client, listener: Actor) -> None:
        case = make_case(by=listener)
        words = inviting.invite(case_id=case, language="fr", by=listener)
        given = {"code": words.words, "committed": commitment_to(DRAWN).hex()}
        waiting = asked(device, "invitation", **given)
        assert (waiting.status_code, waiting.json()) == (HTTPStatus.ACCEPTED, {})
        assert waiting["Retry-After"] == "1"
        key = CaseKey.objects.get(case=case)
        inviting.answer(key_id=key.id)
        told = asked(device, "invitation", **given).json()
        assert told["case"] == str(key.id) != str(case)
        assert len(told["answer"]) == 64
        assert "key_words" not in told
        signed = said_of(told["case"], told["recipient"])
        assert told["signed"].encode() == signed
        assert verify("helpline", key.signed_by, signed, base64.b64decode(told["signature"]))

    def test_takes_what_was_committed_to_and_nothing_else(
        self, device: Client, listener: Actor
    ) -> None:
        _case, words, _known = invited(listener)
        for code, drawn, status in (
            (words.words, "cd" * 32, HTTPStatus.CONFLICT),
            (words.words, "", HTTPStatus.BAD_REQUEST),
            ("un " * 8, DRAWN.hex(), HTTPStatus.BAD_REQUEST),
        ):
            answer = asked(device, "invitation/reveal", code=code, drawn=drawn)
            assert answer.status_code == status
        taken(words.words, DRAWN.hex())
        right = asked(device, "invitation/reveal", code=words.words, drawn=DRAWN.hex())
        assert right.status_code == HTTPStatus.NO_CONTENT

    @pytest.mark.parametrize("wrong", [None, "", "ab", 5])
    def test_is_asked_with_a_commitment(
        self, device: Client, listener: Actor, wrong: object
    ) -> None:
        _case, words, _known = invited(listener)
        answer = asked(device, "invitation", code=words.words, committed=wrong)
        assert answer.status_code == HTTPStatus.BAD_REQUEST

    def test_says_which_word_is_wrong(self, device: Client, listener: Actor) -> None:
        _case, words, _known = invited(listener)
        wrong = " ".join(["xxxxxx", *words.words.split()[1:]])
        answer = asked(device, "invitation", code=wrong, committed="ab" * 32)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "1" in answer.json()["title"]

    def test_opens_nothing_with_other_words(self, device: Client, listener: Actor) -> None:
        _case, words, _known = invited(listener)
        invited(listener, _case)  # said again: those before open nothing
        answer = asked(device, "invitation", code=words.words, committed="ab" * 32)
        assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_is_over_after_seven_days(self, device: Client, listener: Actor) -> None:
        _case, words, _known = invited(listener)
        with clock.at(now() + timedelta(days=7)):
            answer = asked(device, "invitation", code=words.words, committed="ab" * 32)
        assert answer.status_code == HTTPStatus.GONE


class TestAShare:
    def test_is_kept_once_told_and_taken_back(self, device: Client, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        item, secret = an_item(), secrets.token_hex(32)
        files = {"header": rewritten(item, known.recipient), "body": item.split[1]}
        answers = [
            sent(device, "share", files, case=known.case, secret=secret) for _nth in range(2)
        ]
        assert {each.status_code for each in answers} == {HTTPStatus.CREATED}
        assert answers[0].json() == answers[1].json()
        (told,) = asked(device, "share/state", secrets=[secret, "ab" * 32]).json()["shares"]
        assert (told["state"], told["openings"], told["opened_at"]) == ("shared", 0, None)
        back = asked(device, "share/revoke", secret=secret).json()
        assert back["state"] == "revoked"
        kept = Share.objects.get()
        assert bytes(kept.header) == bytes(kept.body) == b""

    @pytest.mark.parametrize(
        ("wrong", "status"),
        [
            ({"case": "no"}, HTTPStatus.BAD_REQUEST),
            ({"case": "00000000-0000-4000-8000-000000000000"}, HTTPStatus.NOT_FOUND),
            ({"secret": "short"}, HTTPStatus.BAD_REQUEST),
            ({"header": b"MZ" + b"\0" * 60}, HTTPStatus.BAD_REQUEST),
            ({"header": b"age-encryption.org/v1\n" + b"a" * 9000}, HTTPStatus.BAD_REQUEST),
            ({"body": b"x"}, HTTPStatus.BAD_REQUEST),
        ],
    )
    def test_is_refused_where_it_is_none(
        self, device: Client, listener: Actor, wrong: dict[str, Any], status: HTTPStatus
    ) -> None:
        _case, _words, known = invited(listener)
        item = an_item()
        given: dict[str, Any] = {
            "case": known.case,
            "secret": secrets.token_hex(32),
            "header": rewritten(item, known.recipient),
            "body": item.split[1],
        }
        given |= wrong
        files = {name: given.pop(name) for name in ("header", "body")}
        answer = sent(device, "share", files, **given)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert not Share.objects.exists()

    def test_needs_its_files(self, device: Client, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        answer = sent(device, "share", {}, case=known.case, secret=secrets.token_hex(32))
        assert answer.status_code == HTTPStatus.BAD_REQUEST

    def test_comes_by_an_upload_of_its_own(self, device: Client, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        item, secret = an_item(original=b"x" * 20_000), secrets.token_hex(32)
        header, body = item.split
        place = brought(device, body)
        sealed = {"header": rewritten(item, known.recipient)}
        answer = sent(device, "share", sealed, case=known.case, secret=secret, **place)
        assert answer.status_code == HTTPStatus.CREATED
        kept = Share.objects.get()
        assert (bytes(kept.body), queries.whole_of(kept)) == (b"", body)
        assert header not in queries.whole_of(kept)
        again = sent(device, "share", sealed, case=known.case, secret=secret, **place)
        assert again.json() == answer.json()
        taken = {"Authorization": f"Bearer {place['auth']}"}
        gone = device.delete(f"{AT}backup/{place['locator']}", headers=taken)  # as devices did
        assert gone.status_code == HTTPStatus.NOT_FOUND
        assert queries.whole_of(Share.objects.get()) == body
        asked(device, "share/revoke", secret=secret)
        assert not Piece.objects.exists()

    @pytest.mark.safety
    def test_an_upload_becomes_one_body(self, device: Client, listener: Actor) -> None:
        """Forty-eight thousand octets that are named again and again fill nothing."""
        _case, _words, known = invited(listener)
        item = an_item()
        place = brought(device, item.sealed)
        made = [
            sent(device, "link", {}, secret=secrets.token_hex(32), openings=1, days=30, **place)
            for _nth in range(3)
        ]
        assert [each.status_code for each in made] == [201, 409, 409]
        share = sent(
            device,
            "share",
            {"header": rewritten(item, known.recipient)},
            case=known.case,
            secret=secrets.token_hex(32),
            **place,
        )
        assert share.status_code == HTTPStatus.CONFLICT
        opened = asked(device, "link/open", link=made[0].json()["link"])
        assert opened.content == item.sealed
        assert not Piece.objects.exists()  # the last opening erases what it was for

    def test_a_backup_is_no_upload(self, device: Client) -> None:
        where, auth = secrets.token_hex(32), secrets.token_hex(32)
        put(device, f"{where}/0?of=1", auth)
        place = {"locator": where, "auth": auth, "first": 0, "skip": 0, "pieces": 1, "bytes": 100}
        refused = sent(device, "link", {}, secret="ab" * 32, openings=1, days=1, **place)
        assert refused.status_code == HTTPStatus.CONFLICT
        assert refused.json()["type"] == "urn:balise:problem:vault-not-passing"
        part = sent(device, "link", {}, secret="ab" * 32, openings=1, days=1, **place | {"skip": 9})
        assert part.status_code == HTTPStatus.BAD_REQUEST
        assert not Link.objects.exists()


class TestABackup:
    def test_half_a_backup_is_said_to_be_half(self, device: Client) -> None:
        where, auth = secrets.token_hex(32), secrets.token_hex(32)
        half = put(device, f"{where}/0?of=2", auth).json()
        assert (half["pieces"], half["of"], half["whole"]) == ([0], 2, False)
        whole = put(device, f"{where}/1?of=2", auth).json()
        assert (whole["pieces"], whole["whole"]) == ([0, 1], True)
        bearer = {"Authorization": f"Bearer {auth}"}
        assert device.get(f"{AT}backup/{where}/1", headers=bearer).content == PIECE
        assert device.get(f"{AT}backup/{where}", headers=bearer).json() == whole
        gone = device.delete(f"{AT}backup/{where}", headers=bearer)
        assert gone.status_code == HTTPStatus.NO_CONTENT
        again = device.get(f"{AT}backup/{where}", headers=bearer)
        assert again.status_code == HTTPStatus.NOT_FOUND

    def test_takes_a_piece_of_the_largest_length(self, device: Client) -> None:
        kept = put(device, f"{'ab' * 32}/0?of=1", "cd" * 32, bytes(PADDED[-1]))
        assert kept.json()["whole"]

    def test_opens_with_its_token_alone(self, device: Client) -> None:
        where, auth = secrets.token_hex(32), secrets.token_hex(32)
        put(device, f"{where}/0?of=1", auth)
        other = put(device, f"{where}/0?of=1", secrets.token_hex(32), b"\x08" * PADDED[0])
        assert other.status_code == HTTPStatus.NOT_FOUND
        without = device.get(f"{AT}backup/{where}/0")
        assert without.status_code == HTTPStatus.NOT_FOUND
        stranger = {"Authorization": "Bearer " + "ab" * 32}
        for call in (device.get, device.delete):
            assert call(f"{AT}backup/{where}", headers=stranger).status_code == 404
        unknown = device.get(f"{AT}backup/{'cd' * 32}", headers=stranger)
        assert unknown.status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize(
        ("address", "length", "status"),
        [
            ("0?of=1", 100, HTTPStatus.BAD_REQUEST),
            ("0?of=1", PADDED[0] + 1, HTTPStatus.BAD_REQUEST),
            ("1?of=1", PADDED[0], HTTPStatus.BAD_REQUEST),
            ("0?of=257", PADDED[0], HTTPStatus.CONFLICT),
            ("0?of=x", PADDED[0], HTTPStatus.BAD_REQUEST),
            ("0", PADDED[0], HTTPStatus.BAD_REQUEST),
        ],
    )
    def test_takes_padded_pieces_up_to_a_number(
        self, device: Client, address: str, length: int, status: HTTPStatus
    ) -> None:
        answer = put(device, f"{'ab' * 32}/{address}", "cd" * 32, b"\0" * length)
        assert answer.status_code == status

    def test_is_kept_a_year_since_it_was_used(self, device: Client) -> None:
        where, auth = secrets.token_hex(32), secrets.token_hex(32)
        first = put(device, f"{where}/0?of=1", auth).json()["until"]
        with clock.at(now() + timedelta(days=40)):
            bearer = {"Authorization": f"Bearer {auth}"}
            later = device.get(f"{AT}backup/{where}", headers=bearer).json()["until"]
        assert later > first


def test_no_address_reads_or_sets_a_cookie(device: Client, listener: Actor) -> None:
    _case, words, _known = invited(listener)
    device.cookies["talk"] = "anything"
    answer = asked(device, "invitation", code=words.words, committed="ab" * 32)
    assert answer.status_code == HTTPStatus.ACCEPTED
    assert "Cookie" not in answer.get("Vary", "")


def test_who_writes_too_fast_is_told_when(device: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT, settings.WRITES_NEARBY = 1, 1
    headers = {"X-Forwarded-For": "192.0.2.77"}
    address = f"{AT}backup/{'ab' * 32}/0?of=1"
    answers = [device.put(address, b"", headers=headers) for _nth in range(5)]
    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answers[-1]["Retry-After"] == "60"
