"""The adversaries of a vault (A1 to A8) as far as they meet the server, and T081."""

import base64
import json
import re
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.test import Client
from pyrage.x25519 import Identity

from balise.foundation.actors import Actor
from balise.foundation.encryption import age
from balise.foundation.encryption.envelope import SealBroken
from balise.foundation.encryption.sealing import SealBroken as RecordBroken, key_of_line
from balise.foundation.encryption.signatures import is_signed_by, published
from balise.foundation.finding import NotHere
from balise.foundation.grants import PUBLIC, Grant
from balise.foundation.journal.models import Entry
from balise.foundation.web import quick_exit
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.vault import queries
from balise.helpline.vault.actions import backing, inviting, linking, opening, sharing
from balise.helpline.vault.documents.opening import identity_of
from balise.helpline.vault.models import IDENTITY, Backup, CaseKey, Invitation, Link, Piece, Share
from balise.helpline.vault.module import GRANTS
from balise.helpline.vault.rules.bounds import MOST_PIECES, PADDED, TooMany
from balise.helpline.vault.rules.sharing import (
    LinkOver,
    NotCommitted,
    Turns,
    commitment_to,
    said_of,
)
from balise.helpline.vault.tests.makers import SAID, an_item, invited, shared, taken

pytestmark = pytest.mark.django_db

CANARY = b"canari: personne d'autre ne lit ceci"
CHUNK = 64 * 1024 + 16  # of an age body, sealed
NONCE = 16


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def server_secrets() -> Iterator[bytes]:
    """Yield each secret that the server has: its key files, its settings, all that is stored."""
    for path in settings.KEYS.iterdir():
        yield from _strings(json.loads(path.read_text("ascii")))
    yield str(settings.SECRET_KEY).encode()
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            yield from (bytes(each) for each in row if isinstance(each, bytes | memoryview))
            yield from (each.encode() for each in row if isinstance(each, str))
    for key in CaseKey.objects.all():  # what the server opens with its keys
        yield identity_of(key).encode()


def _strings(found: object) -> Iterator[bytes]:
    match found:
        case dict():
            for each in found.values():
                yield from _strings(each)
        case list():
            for each in found:
                yield from _strings(each)
        case str():
            yield found.encode()


def as_keys(secret: bytes) -> Iterator[bytes]:
    """Yield the 32 bytes that a secret may be used as."""
    forms = {secret}
    for read in (base64.b64decode, bytes.fromhex):
        try:
            forms.add(read(secret.decode()))
        except ValueError:
            continue
    for form in forms:
        if len(form) == 32:
            yield form
        yield sha256(form).digest()
        for info in (b"", b"balise vault recovery 1", b"locator", b"auth", b"header"):
            yield HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(form)


def opens(sealed: bytes, secret: bytes) -> bool:
    """Return whether a secret opens an age file, as an identity, a file key or a bare key."""
    if secret.startswith(b"AGE-SECRET-KEY-1"):
        try:
            return CANARY in age.open_sealed(sealed, identity=secret.decode())
        except (SealBroken, age.RecipientFaulty):
            return False
    body = sealed[sealed.index(b"\n", sealed.index(b"\n--- ") + 1) + 1 :]
    nonce, chunk = body[:NONCE], body[NONCE:]
    for key in as_keys(secret):
        identity = bech32_identity(key)
        try:
            if CANARY in pyrage.decrypt(sealed, [Identity.from_str(identity)]):
                return True
        except pyrage.DecryptError:
            pass
        payload = HKDF(hashes.SHA256(), 32, salt=nonce, info=b"payload")
        stream = ChaCha20Poly1305(payload.derive(key[:16]))
        for cipher, one in ((stream, bytes(11) + b"\1"), (AESGCM(key), nonce[:12])):
            try:
                if CANARY in cipher.decrypt(one, chunk, None):
                    return True
            except Exception:  # noqa: BLE001, S112 - it does not open
                continue
    return False


def bech32_identity(secret: bytes) -> str:
    """Return an age identity of 32 bytes, as age writes it (BIP 173)."""
    alphabet, prefix = "qpzry9x8gf2tvdw0s3jn54khce6mua7l", "age-secret-key-"
    number = int.from_bytes(secret) << 4
    data = [number >> 5 * nth & 31 for nth in reversed(range(52))]
    spread = [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
    check = 1
    for value in (*spread, *data, *[0] * 6):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for nth, step in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= step if top >> nth & 1 else 0
    check ^= 1
    data += [check >> 5 * (5 - nth) & 31 for nth in range(6)]
    return (prefix + "1" + "".join(alphabet[each] for each in data)).upper()


class TestT081:
    """Server, database and all server keys given: what is in a vault stays unreadable."""

    def test_a_canary_in_a_backup_opens_with_no_secret_of_the_server(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        shared(known, an_item())  # so that a case's key is among the secrets
        canary = an_item(original=CANARY)
        place = {"locator": secrets.token_hex(32), "auth": secrets.token_hex(32)}
        octets = canary.sealed.ljust(PADDED[0], b"\0")
        backing.put(locator=place["locator"], auth=place["auth"], number=0, of=1, octets=octets)
        linking.make(secret="ab" * 32, openings=1, days=1, sealed=canary.sealed)
        kept = bytes(Piece.objects.get().octets)
        assert CANARY not in kept
        tried = set(server_secrets())
        assert len(tried) > 50
        sealed = kept[: len(canary.sealed)]
        assert not [secret for secret in tried if opens(sealed, secret)]
        assert CANARY in pyrage.decrypt(sealed, [canary.identity])

    def test_the_attempt_would_find_it(self) -> None:
        canary = an_item(original=CANARY)
        identity = str(canary.identity)
        assert opens(canary.sealed, identity.encode())
        known = secrets.token_bytes(32)
        sealed = pyrage.encrypt(CANARY, [Identity.from_str(bech32_identity(known)).to_public()])
        for form in (known, known.hex().encode(), base64.b64encode(known)):
            assert opens(sealed, form)
        assert not opens(sealed, secrets.token_bytes(32))


class TestA1SomeoneWithThePhone:
    def test_a_secret_of_one_item_takes_back_that_item_alone(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        _one, secret = shared(known, an_item())
        other, _secret = shared(known, an_item())
        sharing.revoke(secret=secret)
        assert Share.objects.get(id=other).state == "shared"
        with pytest.raises(NotHere):
            sharing.revoke(secret=secrets.token_hex(32))


class TestA1SomeoneWhoMakesYouOpenIt:
    """T084: a second code opens an empty vault. What a page and its files tell must not betray it.

    The journeys of `test_the_vault_under_eyes.py` open both; here: nothing names the other.
    """

    def test_no_page_that_both_codes_open_names_a_second_one(self, client: Client) -> None:
        page = client.get("/en/app/vault/").content.decode()
        screens = dict(re.findall(r'(?s)<template data-screen="([\w-]+)"(.*?)</template>', page))
        assert {"settings", "list", "choose", "lock", "clear", "clear-sure"} <= screens.keys()
        named = [name for name, said in screens.items() if re.search(r"second|empty vault", said)]
        assert named == []

    def test_what_is_typed_waits_sealed_or_not_at_all(self) -> None:
        # State beside `app`, which a lock empties (`nothingStays` of scenes.js), would outlive it.
        screens = Path(apps.get_app_config("helpline_vault").path, "static/vault/screens")
        loose = {
            (file.name, name)
            for file in screens.glob("*.js")
            for name in re.findall(r"(?m)^let (\w+)", file.read_text("utf-8"))
        }
        assert loose == {
            ("app.js", "watch"),  # when it locks
            ("main.js", "asked"),  # how often it was drawn
            ("main.js", "shown"),
            ("moving.js", "bringing"),  # that it goes on; all of it is sealed
            ("unfinished.js", "waiting"),  # sealed
        }

    def test_leaving_drops_what_came_before_there_was_a_vault(self) -> None:
        assert "passing" in quick_exit.names(quick_exit.Where.DATABASE)
        assert "notes" not in quick_exit.names(quick_exit.Where.DATABASE)


class TestA2AStolenServer:
    def test_holds_no_name_no_place_and_no_secret_in_clear(self, listener: Actor) -> None:
        _case, words, known = invited(listener)
        item = an_item(original=CANARY, who="Renard", where="appli.example")
        _share, secret = shared(known, item)
        place = {"locator": secrets.token_hex(32), "auth": secrets.token_hex(32)}
        backing.put(**place, number=0, of=1, octets=bytes(PADDED[0]))  # type: ignore[arg-type]
        stored = b"\n".join(secret for secret in set(server_secrets()))
        told = (secret, *place.values(), words.words, "Renard", "appli.example")
        for word in (CANARY, *(one.encode() for one in told)):
            assert word not in stored
        for hidden in (secret, *place.values()):
            assert bytes.fromhex(hidden) not in stored

    def test_a_length_is_one_of_four(self) -> None:
        assert tuple(16 * 1024 * 4**nth for nth in range(4)) == PADDED


class TestA3SomeoneOfTheCentre:
    def test_a_case_opens_with_its_own_record_key_alone(self, listener: Actor) -> None:
        case, _words, _known = invited(listener)
        other, _words, _known = invited(listener)
        key = CaseKey.objects.get(case=case)
        with pytest.raises(RecordBroken):
            key_of_line("helpline", other).open(bytes(key.sealed), where=IDENTITY, row=key.id)

    def test_the_public_door_reads_no_shared_item_and_no_identity(self) -> None:
        reads = {
            table: grant.read
            for grant in GRANTS
            if isinstance(grant, Grant) and PUBLIC in grant.to
            for table in grant.on
        }
        assert not {"header", "body", "stamp", "*"} & set(reads["helpline_vault_share"])
        assert not {"sealed", "case_id", "*"} & set(reads["helpline_vault_casekey"])

    def test_each_opening_is_written_down_and_told(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item())
        opening.open_share(share_id=share, by=listener)
        entry = Entry.objects.get(event="helpline.vault.opened")
        assert (entry.subject, entry.actor_key) == (share, listener.key)


class TestA4ALyingServer:
    def test_a_swapped_key_of_a_case_does_not_verify(self, listener: Actor) -> None:
        _case, words, known = invited(listener)
        swapped = str(Identity.generate().to_public())
        key = CaseKey.objects.get()
        der = next(iter(_raw(pem) for pem in published("helpline").values()))
        assert is_signed_by(der, said_of(known.case, known.recipient), known.signature)
        assert not is_signed_by(der, said_of(known.case, swapped), known.signature)
        assert not is_signed_by(der, said_of("other", known.recipient), known.signature)
        CaseKey.objects.filter(id=key.id).update(recipient=swapped)
        drawn = b"a" * 32
        told = taken(words.words, drawn.hex())
        given = {"code": words.words, "committed": commitment_to(drawn).hex()}
        answer = (
            Client()
            .post("/app/vault/invitation", json.dumps(given), content_type="application/json")
            .json()
        )
        assert answer["answer"] == told.answer.hex()
        signature = base64.b64decode(answer["signature"])
        assert not is_signed_by(der, answer["signed"].encode(), signature)

    def test_who_stands_between_cannot_choose_the_four_words(self, listener: Actor) -> None:
        """The door may write what a device says, and nothing of what the side of the case draws."""
        rights = [grant for grant in GRANTS if isinstance(grant, Grant)]
        (ours,) = (one for one in rights if one.on == ("helpline_vault_invitation",))
        assert not ours.add
        assert set(ours.change) == {"taken_at", "committed", "revealed"}
        case, words, known = invited(listener)
        turns = [Turns(f"{nth:032}".encode(), known.answer) for nth in range(50)]
        for wanted in turns:  # as a door would, that looks for words it likes after the answer
            committed = commitment_to(wanted.revealed)
            Invitation.objects.update(committed=committed, revealed=wanted.revealed)
            shelf = queries.of_case(case, language="fr", seen_by=listener)
            assert shelf is not None
            assert shelf.key_words == ()
        with pytest.raises(NotCommitted):
            inviting.reveal(code=words.words, drawn=turns[0].revealed.hex())


class TestA5ALostPhone:
    def test_a_backup_comes_back_whole_or_is_said_to_be_half(self) -> None:
        place = {"locator": "ab" * 32, "auth": "cd" * 32}
        pieces = [bytes([nth]) * PADDED[0] for nth in range(3)]
        half = [
            backing.put(
                locator=place["locator"], auth=place["auth"], number=nth, of=3, octets=pieces[nth]
            )
            for nth in (0, 2)
        ][-1]
        assert (half.pieces, half.of, half.is_whole) == ((0, 2), 3, False)
        whole = backing.put(
            locator=place["locator"], auth=place["auth"], number=1, of=3, octets=pieces[1]
        )
        assert whole.is_whole
        found = [
            backing.piece(locator=place["locator"], auth=place["auth"], number=nth)
            for nth in range(3)
        ]
        assert found == pieces


class TestA7AStoreOfIllegalPictures:
    def test_nothing_here_opens_what_is_stored(self) -> None:
        readers = {model: {field.name for field in model._meta.fields} for model in (Backup, Link)}
        for names in readers.values():
            assert not {"identity", "sealed", "recipient", "key"} & names


class TestA8AVaultAsAStore:
    def test_a_backup_and_a_link_have_bounds(self) -> None:
        with pytest.raises(TooMany):
            backing.put(
                locator="ab" * 32,
                auth="cd" * 32,
                number=0,
                of=MOST_PIECES + 1,
                octets=bytes(PADDED[0]),
            )
        link, _until = linking.make(secret="ab" * 32, openings=2, days=1, sealed=an_item().sealed)
        for _nth in range(2):
            linking.open_link(link_id=link)
        with pytest.raises(LinkOver):
            linking.open_link(link_id=link)

    def test_a_link_tells_nothing_of_what_it_leads_to(self) -> None:
        item = an_item()
        link, _until = linking.make(secret="ab" * 32, openings=1, days=1, sealed=item.sealed)
        sealed = linking.open_link(link_id=link)
        assert SAID not in sealed
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(sealed, [Identity.generate()])
        assert pyrage.decrypt(sealed, [item.identity]).endswith(SAID)


def _raw(pem: bytes) -> bytes:
    """Return the 32 bytes of a public key in PEM: the end of its DER."""
    return base64.b64decode(b"".join(pem.splitlines()[1:-1]))[-32:]
