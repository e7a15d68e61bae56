"""What happens to people, their access, and partners' tokens. Ids and codes, never an address."""

from typing import ClassVar
from uuid import UUID

from balise.foundation.journal.events import Code, Event


class ProposalMade(Event):
    """Someone asked for an account, a role or a new link. The subject is the account."""

    name: ClassVar[str] = "accounts.proposal.made"

    proposal: UUID
    kind: Code
    role: Code


class ProposalConfirmed(Event):
    """A second person agreed."""

    name: ClassVar[str] = "accounts.proposal.confirmed"

    proposal: UUID
    kind: Code
    role: Code
    role_before: Code


class ProposalRefused(Event):
    """A second person did not agree, or the first one withdrew."""

    name: ClassVar[str] = "accounts.proposal.refused"

    proposal: UUID
    kind: Code


class InvitationSent(Event):
    """A link was made; the worker sends it."""

    name: ClassVar[str] = "accounts.invitation.sent"

    invitation: UUID


class InvitationUndelivered(Event):
    """The mail server will never take the letter with the link."""

    name: ClassVar[str] = "accounts.invitation.undelivered"

    invitation: UUID


class InvitationAccepted(Event):
    name: ClassVar[str] = "accounts.invitation.accepted"

    invitation: UUID


class AccountDisabled(Event):
    name: ClassVar[str] = "accounts.account.disabled"


class SignedIn(Event):
    name: ClassVar[str] = "accounts.session.began"

    factor: Code


class SignInFailed(Event):
    """Someone gave a wrong password or code for an account that exists."""

    name: ClassVar[str] = "accounts.session.refused"

    factor: Code


class SignedOut(Event):
    name: ClassVar[str] = "accounts.session.ended"


class SessionsEnded(Event):
    """Several sessions of an account were ended at once."""

    name: ClassVar[str] = "accounts.session.all-ended"

    count: int


class PasswordChanged(Event):
    name: ClassVar[str] = "accounts.password.changed"


class SecondFactorAdded(Event):
    name: ClassVar[str] = "accounts.factor.added"

    factor: Code


class SecondFactorRemoved(Event):
    name: ClassVar[str] = "accounts.factor.removed"

    factor: Code


class PartnerAdded(Event):
    """A partner organisation was added. The subject of this and the next is the organisation."""

    name: ClassVar[str] = "accounts.partner.added"


class PartnerChanged(Event):
    name: ClassVar[str] = "accounts.partner.changed"

    active: bool
    webhook: bool


class PartnerWebhookStopped(Event):
    """The partner's server took nothing for long: sending stops until someone sees to it."""

    name: ClassVar[str] = "accounts.partner.webhook-stopped"

    failures: int


class TokenCreated(Event):
    name: ClassVar[str] = "accounts.token.created"

    token: UUID


class TokenConfirmed(Event):
    name: ClassVar[str] = "accounts.token.confirmed"

    token: UUID


class TokenRevoked(Event):
    name: ClassVar[str] = "accounts.token.revoked"

    token: UUID
