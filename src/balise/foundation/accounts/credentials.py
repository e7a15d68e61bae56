"""Credentials: passwords, second factors and sessions, read and removed."""

import base64
import hmac
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import transaction

from balise.foundation.accounts.models import Account, Session
from balise.foundation.encryption import sealing

_SEED = "mfa.authenticator.seed"
_SPENT_UNTIL = "spent_until"


def kinds_of(account: Account) -> set[str]:
    """Return the kinds of second factor that someone has: `totp`, `webauthn`, `recovery_codes`."""
    return set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))


def withdraw(account: Account) -> None:
    """Remove password, second factors and sessions, within the caller's transaction."""
    account.set_unusable_password()
    account.save(update_fields=("password",))
    sealing.forget(seeds_of(account))
    Authenticator.objects.filter(user_id=account.pk).delete()
    Session.objects.filter(account=account).delete()


def seal_seed(text: str) -> str:
    """Return a generator's or recovery codes' seed sealed to the accounts' key."""
    record = uuid4()
    key = sealing.new_key("accounts", record)
    with transaction.atomic():
        sealing.keep(key)
    sealed = key.seal({"seed": text}, where=_SEED, row=record)
    return f"{record}.{base64.b64encode(sealed).decode()}"


def open_seed(kept: str) -> str:
    """Return a seed; raise `KeyForgotten` when its factor was removed."""
    record, sealed = UUID(kept.partition(".")[0]), base64.b64decode(kept.partition(".")[2])
    key = sealing.key_of_line("accounts", record)
    return str(key.open(sealed, where=_SEED, row=record)["seed"])


def seeds_of(account: Account, *types: str) -> list[UUID]:
    """Return the records whose keys open someone's seeds, of these types or of all."""
    factors = Authenticator.objects.filter(user_id=account.pk)
    kept = [
        factor.data.get("secret") or factor.data.get("seed")
        for factor in (factors.filter(type__in=types) if types else factors)
    ]
    return [UUID(each.partition(".")[0]) for each in kept if each]


def spend(authenticator: Authenticator, code: str) -> bool:
    """Return whether a code is right, and use it up; the row must be locked by the caller.

    The time step of the last code is kept with the seed: a code, an earlier one, or the same one
    in another process opens nothing more (RFC 6238, 5.2). A cache would forget that.
    """
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(code))
    if authenticator.type != Authenticator.Type.TOTP:
        return False
    secret = open_seed(authenticator.data["secret"])
    step = _step_of(secret, code)
    if step is None or step <= authenticator.data.get(_SPENT_UNTIL, 0):
        return False
    authenticator.data[_SPENT_UNTIL] = step
    authenticator.save(update_fields=("data",))
    return True


def _step_of(secret: str, code: str) -> int | None:
    """Return the latest time step, within the tolerance, that this code belongs to."""
    given = code.replace(" ", "").encode()
    found = None
    for step in yield_hotp_counters_from_time():
        if hmac.compare_digest(format_hotp_value(hotp_value(secret, step)).encode(), given):
            found = step
    return found
