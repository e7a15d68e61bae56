"""A device of the tests: it seals with pyrage what the page seals, and shares it as the page does.

The header is rewritten here as the page rewrites it (c2sp.org/age): stanzas for more recipients,
the same file key, the body untouched.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.test import override_settings
from pyrage import encrypt
from pyrage.x25519 import Identity

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.cases.tests.makers import make_case
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.actions.saying import Begun
from balise.helpline.conversations.tests.makers import make_conversation
from balise.helpline.pictures.tests.makers import a_screen
from balise.helpline.vault import ports
from balise.helpline.vault.actions import handing, inviting, sharing
from balise.helpline.vault.actions.inviting import Invited, Known
from balise.helpline.vault.models import Invitation
from balise.helpline.vault.rules.handing import How, Who
from balise.helpline.vault.rules.sharing import commitment_to

_INTRO = b"age-encryption.org/v1\n"
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
SAID = b"tu verras demain"


@dataclass(frozen=True, slots=True)
class Item:
    """An item as a device has it: its head, its original, its age file, its owner's identity."""

    head: dict[str, object]
    original: bytes
    sealed: bytes
    identity: Identity

    @property
    def commitment(self) -> str:
        """What is committed to: SHA-256 of the salt, then the original."""
        return sha256(bytes.fromhex(str(self.head["salt"])) + self.original).hexdigest()

    @property
    def split(self) -> tuple[bytes, bytes]:
        """The age header and the age body."""
        end = self.sealed.index(b"\n", self.sealed.index(b"\n--- ") + 1) + 1
        return self.sealed[:end], self.sealed[end:]


def an_item(kind: str = "text", original: bytes = SAID, **told: object) -> Item:
    """Return an item sealed to a device of its own."""
    identity, salt = Identity.generate(), secrets.token_hex(32)
    head: dict[str, object] = {
        "v": 1,
        "id": secrets.token_hex(8),
        "kind": kind,
        "name": "",
        "type": "text/plain",
        "bytes": len(original),
        "sha256": sha256(original).hexdigest(),
        "salt": salt,
        "taken_at": "2026-10-05T17:12:00Z",
        "happened_at": "2026-10-05T16:40:00Z",
        "who": "",
        "what": "",
        "where": "",
        "parent": "",
        **told,
    }
    return Item(head, original, encrypt(packed(head, original), [identity.to_public()]), identity)


def packed(head: dict[str, object], original: bytes) -> bytes:
    """Return the plaintext of an item: the length of its head, the head, the original."""
    octets = json.dumps(head).encode()
    return len(octets).to_bytes(4) + octets + original


def rewritten(item: Item, *recipients: str) -> bytes:
    """Return a new header over the same file key, for these recipients beside the owner's."""
    file_key = _file_key(item.split[0], item.identity)
    wanted = (str(item.identity.to_public()), *recipients)
    head = _INTRO + b"".join(_stanza(file_key, _point(one)) for one in wanted) + b"---"
    mac = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    return head + b" " + _text(mac) + b"\n"


def invited(listener: Actor, case_id: UUID | None = None) -> tuple[UUID, Invited, Known]:
    """Return a case, the words said for it, and what they open to."""
    case = case_id or make_case(by=listener)
    words = inviting.invite(case_id=case, language="fr", by=listener)
    return case, words, taken(words.words)


def talking(listener: Actor) -> tuple[Begun, UUID]:
    """Return a conversation of a listener, and its case."""
    begun = make_conversation(with_=listener)
    contact = keeping.begin(channel=Channel.CHAT, subject=begun.id, by=listener)
    return begun, make_case(by=listener, contact=contact)


def asked(listener: Actor) -> tuple[Begun, UUID]:
    """Return a conversation whose listener asks for something of the vault, and its case."""
    begun, case = talking(listener)
    inviting.ask(conversation_id=begun.id, by=listener)
    return begun, case


def taken(words: str, drawn: str = "") -> Known:
    """Return what eight words open to, after the turns of device and case for the four words."""
    drawn = drawn or secrets.token_hex(32)
    committed = commitment_to(bytes.fromhex(drawn)).hex()
    known = inviting.take(code=words, committed=committed)
    if known is None:
        inviting.answer(key_id=Invitation.objects.get(committed=bytes.fromhex(committed)).key_id)
        known = inviting.take(code=words, committed=committed)
        assert known is not None
    inviting.reveal(code=words, drawn=drawn)
    return known


def shared(known: Known, item: Item, *, stamp: bytes = b"") -> tuple[UUID, str]:
    """Share an item as a device does; return the share's id and the secret that takes it back."""
    secret = secrets.token_hex(32)
    share_id, _at = sharing.share(
        case=UUID(known.case),
        secret=secret,
        header=rewritten(item, known.recipient),
        body=item.split[1],
        stamp=stamp,
    )
    return share_id, secret


def agreed(listener: Actor, case_id: UUID, shares: Sequence[UUID], **given: Any) -> UUID:
    """Note that a young person agreed to hand items over; return the id of the yes."""
    told: dict[str, Any] = {
        "shares": shares,
        "authority": ports.receivers.ask()[0].code,
        "said_by": Who.YOUNG,
        "said_how": How.TELEPHONE,
        "said_at": now(),
        **given,
    }
    return handing.note_yes(case_id=case_id, yes=handing.Yes(**told), by=listener)


def make_objects(listener: Actor) -> dict[str, UUID]:
    """Return what the addresses of staff name: a case, its talk, a picture shared, a yes to it."""
    begun, case = asked(listener)
    share, _secret = shared(
        invited(listener, case)[2], an_item("photo", a_screen(), type="image/png")
    )
    with override_settings(HANDS_EVIDENCE_OVER=True):
        yes = agreed(listener, case, [share])
    return {
        "case_id": case,
        "conversation_id": begun.id,
        "share_id": share,
        "handing_id": yes,
    }


def secret_of(identity: Identity) -> bytes:
    """Return the 32 bytes of an identity."""
    return _octets(str(identity).lower(), 16)


def _file_key(header: bytes, identity: Identity) -> bytes:
    secret = X25519PrivateKey.from_private_bytes(secret_of(identity))
    ours = secret.public_key().public_bytes_raw()
    lines = header.decode().splitlines()
    for at, line in enumerate(lines):
        if line.startswith("-> X25519 "):
            share = _from_text(line.split()[2])
            shared_secret = secret.exchange(X25519PublicKey.from_public_bytes(share))
            key = _derived(shared_secret, share + ours, b"age-encryption.org/v1/X25519")
            return ChaCha20Poly1305(key).decrypt(bytes(12), _from_text(lines[at + 1]), None)
    raise ValueError("no stanza of ours")


def _stanza(file_key: bytes, point: bytes) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(point))
    key = _derived(secret, share + point, b"age-encryption.org/v1/X25519")
    wrapped = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
    return b"-> X25519 " + _text(share) + b"\n" + _text(wrapped) + b"\n"


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=info).derive(secret)


def _text(octets: bytes) -> bytes:
    return base64.b64encode(octets).rstrip(b"=")


def _from_text(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


def _point(recipient: str) -> bytes:
    return _octets(recipient, 4)


def _octets(text: str, start: int) -> bytes:
    """Return the 32 bytes of a Bech32 text whose data begins there."""
    number = 0
    symbols = text[start:-6]
    for symbol in symbols:
        number = number << 5 | _ALPHABET.index(symbol)
    return (number >> len(symbols) * 5 - 256).to_bytes(32)
