"""What happens to people, their access, and partners' tokens. Ids and codes, never an address."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from balise.foundation.journal.events import Code, Event


@dataclass(frozen=True, kw_only=True)
class ProposalMade(Event):
    """Someone asked for an account, a role or a new link. The subject is the account."""

    name: ClassVar[str] = "accounts.proposal.made"

    proposal: UUID
    kind: Code
    role: Code


@dataclass(frozen=True, kw_only=True)
class ProposalConfirmed(Event):
    """A second person agreed."""

    name: ClassVar[str] = "accounts.proposal.confirmed"

    proposal: UUID
    kind: Code
    role: Code
    role_before: Code


@dataclass(frozen=True, kw_only=True)
class ProposalRefused(Event):
    """A second person did not agree, or the first one withdrew."""

    name: ClassVar[str] = "accounts.proposal.refused"

    proposal: UUID
    kind: Code


@dataclass(frozen=True, kw_only=True)
class InvitationSent(Event):
    """A link was made; the worker sends it."""

    name: ClassVar[str] = "accounts.invitation.sent"

    invitation: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationUndelivered(Event):
    """The mail server will never take the letter with the link."""

    name: ClassVar[str] = "accounts.invitation.undelivered"

    invitation: UUID


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    name: ClassVar[str] = "accounts.invitation.accepted"

    invitation: UUID


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(Event):
    name: ClassVar[str] = "accounts.account.disabled"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    name: ClassVar[str] = "accounts.session.began"

    factor: Code


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """Someone gave a wrong password or code for an account that exists."""

    name: ClassVar[str] = "accounts.session.refused"

    factor: Code


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    name: ClassVar[str] = "accounts.session.ended"


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Several sessions of an account were ended at once."""

    name: ClassVar[str] = "accounts.session.all-ended"

    count: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    name: ClassVar[str] = "accounts.password.changed"


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(Event):
    name: ClassVar[str] = "accounts.factor.added"

    factor: Code


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Event):
    name: ClassVar[str] = "accounts.factor.removed"

    factor: Code


@dataclass(frozen=True, kw_only=True)
class PartnerAdded(Event):
    """A partner organisation was added. The subject of this and the next is the organisation."""

    name: ClassVar[str] = "accounts.partner.added"


@dataclass(frozen=True, kw_only=True)
class PartnerChanged(Event):
    name: ClassVar[str] = "accounts.partner.changed"

    active: bool
    webhook: bool


@dataclass(frozen=True, kw_only=True)
class PartnerWebhookStopped(Event):
    """The partner's server took nothing for long: sending stops until someone sees to it."""

    name: ClassVar[str] = "accounts.partner.webhook-stopped"

    failures: int


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Event):
    name: ClassVar[str] = "accounts.token.created"

    token: UUID


@dataclass(frozen=True, kw_only=True)
class TokenConfirmed(Event):
    name: ClassVar[str] = "accounts.token.confirmed"

    token: UUID


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    name: ClassVar[str] = "accounts.token.revoked"

    token: UUID
