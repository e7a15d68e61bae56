"""The key that turns an entry's number into the handle that one partner knows."""

from uuid import UUID

from django.utils.crypto import salted_hmac

_SALT = "balise.hotline.matching.exchange.handles"


def key_of(partner_id: UUID) -> bytes:
    """Return a partner's key of 16 bytes. It stays as long as the secret key of the centre does."""
    return salted_hmac(_SALT, partner_id.hex, algorithm="sha256").digest()[:16]
