"""Who signs what is told, and whose clock is wrong. Signed as our own webhooks are."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

SIGNATURE = "Balise-Signature"
# Exchanges are often an hour off twice a year. A replay within that hour finds its event known.
WIDEST = timedelta(minutes=65)
# Less than this is a message's way, and no wrong clock.
_NARROW = timedelta(seconds=60)
_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")
_LAST_SECOND = 253_402_300_799


def signature(secret: str, *, body: bytes, at: datetime) -> str:
    """Return the header's value: `t=SECONDS,v1=HEX`, an HMAC-SHA-256 over `SECONDS.BODY`."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(secret, seconds, body)}"


def sent_at(header: str, *, secret: str, body: bytes, now: datetime) -> datetime | None:
    """Return when the sender's clock says it signed; None for a false signature or a stale one."""
    found = _FORM.fullmatch(header)
    if found is None or not secret:
        return None
    seconds = int(found[1])
    is_true = hmac.compare_digest(_digest(secret, seconds, body), found[2])
    if not is_true or seconds > _LAST_SECOND:
        return None
    said = datetime.fromtimestamp(seconds, UTC)
    return said if abs(now - said) <= WIDEST else None


def by_our_clock(at: datetime, *, sent: datetime, now: datetime) -> datetime:
    """Return when something was so, by our own clock: what the sender's is off is taken away.

    Nothing happened in the future: what is still later than now is now.
    """
    off = now - sent
    settled = at + off if abs(off) > _NARROW else at
    return min(settled, now)


def _digest(secret: str, seconds: int, body: bytes) -> str:
    return hmac.digest(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hex()
