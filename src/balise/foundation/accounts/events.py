"""What happens to people, their access, and partners' tokens. Ids and codes, never an address."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event


class ProposalMade(Event, name="accounts.proposal.made"):
    """Someone asked for an account, a role or a new link. The subject is the account."""

    proposal: UUID
    kind: Code
    role: Code


class ProposalConfirmed(Event, name="accounts.proposal.confirmed"):
    """A second person agreed."""

    proposal: UUID
    kind: Code
    role: Code
    role_before: Code


class ProposalRefused(Event, name="accounts.proposal.refused"):
    """A second person did not agree, or the first one withdrew."""

    proposal: UUID
    kind: Code


class InvitationSent(Event, name="accounts.invitation.sent"):
    """A link was made; the worker sends it."""

    invitation: UUID


class InvitationUndelivered(Event, name="accounts.invitation.undelivered"):
    """The mail server will never take the letter with the link."""

    invitation: UUID


class InvitationAccepted(Event, name="accounts.invitation.accepted"):
    invitation: UUID


class AccountDisabled(Event, name="accounts.account.disabled"):
    """An account was disabled."""


class SignedIn(Event, name="accounts.session.began"):
    factor: Code


class SignInFailed(Event, name="accounts.session.refused"):
    """Someone gave a wrong password or code for an account that exists."""

    factor: Code


class SignedOut(Event, name="accounts.session.ended"):
    """Someone signed out."""


class SessionsEnded(Event, name="accounts.session.all-ended"):
    """Several sessions of an account were ended at once."""

    count: int


class PasswordChanged(Event, name="accounts.password.changed"):
    """Someone changed their password."""


class SecondFactorAdded(Event, name="accounts.factor.added"):
    factor: Code


class SecondFactorRemoved(Event, name="accounts.factor.removed"):
    factor: Code


class PartnerAdded(Event, name="accounts.partner.added"):
    """A partner organisation was added. The subject of this and the next is the organisation."""


class PartnerChanged(Event, name="accounts.partner.changed"):
    active: bool
    webhook: bool


class PartnerWebhookStopped(Event, name="accounts.partner.webhook-stopped"):
    """The partner's server took nothing for long: sending stops until someone sees to it."""

    failures: int


class TokenCreated(Event, name="accounts.token.created"):
    token: UUID


class TokenConfirmed(Event, name="accounts.token.confirmed"):
    token: UUID


class TokenRevoked(Event, name="accounts.token.revoked"):
    token: UUID
