"""Encrypt a file to someone outside the centre, who opens it with their own tool: age, version 1.

The format is that of https://c2sp.org/age with X25519 recipients. An authority makes its key with
`age-keygen` and opens what we seal with `age --decrypt`: it needs nothing of ours.
"""

import pyrage
from pyrage.x25519 import Identity, Recipient

from balise.foundation.encryption.envelope import SealBroken


class RecipientFaulty(ValueError):
    """What was given is no age recipient (age1…) or no age identity (AGE-SECRET-KEY-1…)."""


def new_identity() -> tuple[str, str]:
    """Return a fresh X25519 identity (AGE-SECRET-KEY-1…) and its recipient (age1…)."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def check_recipient(recipient: str) -> None:
    """Refuse (RecipientFaulty) what is no recipient that can be sealed to."""
    _recipient(recipient)


def seal(content: bytes, *, recipient: str) -> bytes:
    """Return the content as an age file that only the recipient's identity opens."""
    return bytes(pyrage.encrypt(content, [_recipient(recipient)]))


def open_sealed(sealed: bytes, *, identity: str) -> bytes:
    """Return what was sealed to an identity, alone or among others, or raise `SealBroken`."""
    try:
        return bytes(pyrage.decrypt(sealed, [Identity.from_str(identity)]))
    except pyrage.IdentityError as error:
        raise RecipientFaulty("an age identity begins with AGE-SECRET-KEY-1") from error
    except pyrage.DecryptError as error:
        raise SealBroken("it is sealed to another key, or was changed") from error


def _recipient(text: str) -> Recipient:
    try:
        return Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise RecipientFaulty("an age recipient begins with age1") from error
