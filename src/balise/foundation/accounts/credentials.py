"""What lets a person in: passwords, second factors and sessions, read and taken away."""

import hmac

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt

from balise.foundation.accounts.models import Account, Session

_SPENT_UNTIL = "spent_until"


def has_second_factor(account: Account) -> bool:
    """Return whether there is a code generator or a passkey; recovery codes alone are none."""
    factors = Authenticator.objects.filter(user_id=account.pk)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def withdraw(account: Account) -> None:
    """Take away password, second factors and sessions, within the caller's transaction."""
    account.set_unusable_password()
    account.save(update_fields=("password",))
    Authenticator.objects.filter(user_id=account.pk).delete()
    Session.objects.filter(account=account).delete()


def spend(authenticator: Authenticator, code: str) -> bool:
    """Return whether a code is right, and use it up; the row must be locked by the caller.

    The time step of the last code is kept with the seed: a code, an earlier one, or the same one
    in another process opens nothing more (RFC 6238, 5.2). A cache would forget that.
    """
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return bool(authenticator.wrap().validate_code(code))
    if authenticator.type != Authenticator.Type.TOTP:
        return False
    secret = decrypt(authenticator.data["secret"])
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
