"""The link of an invitation: signed, so that a made-up one is refused before any query."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from balise.foundation.accounts.rules import LinkSpent

_signer = Signer(salt="balise.accounts.invitation")


def token_of(invitation_id: UUID) -> str:
    """Return the token in the link of an invitation."""
    return _signer.sign(invitation_id.hex)


def read_token(token: str) -> UUID:
    """Return the invitation that a link is of; refuse a link that we did not sign."""
    try:
        return UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        raise spent() from None


def address_of(invitation_id: UUID) -> str:
    """Return the whole link, as it goes into a letter."""
    path = reverse("account_invitation_open", args=[token_of(invitation_id)])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def spent() -> LinkSpent:
    """Return the one refusal for every link that does not work, whatever the reason."""
    return LinkSpent(_("This link no longer works. Ask your accounts administrator for a new one."))
