"""People come, change role and go. What gives access takes two persons; what takes it, one."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.accounts import access, credentials, links
from balise.foundation.accounts.events import (
    AccountDisabled,
    InvitationAccepted,
    InvitationSent,
    InvitationUndelivered,
    ProposalConfirmed,
    ProposalMade,
    ProposalRefused,
)
from balise.foundation.accounts.models import Account, Invitation, Proposal
from balise.foundation.accounts.roles import every_role, role_of
from balise.foundation.accounts.rules import (
    INVITATION_LASTS,
    AlreadyDecided,
    AlreadyHere,
    AlreadyWaiting,
    Decision,
    NobodyLeft,
    OwnAccount,
    ProposalKind,
    check_can_confirm,
    check_role_fits,
)
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, partner_id: UUID | None = None, by: Actor
) -> Proposal:
    """Ask for an account for someone; the link leaves once a second person agrees.

    `partner_id` says whose person it is, for a role that is a partner's (WrongRole otherwise).
    """
    access.require(by, access.PROPOSE)
    account = _new_account(email=email, name=name, role=role, partner_id=partner_id)
    return _propose(account, ProposalKind.INVITATION, role=role, by=by)


@transaction.atomic
def propose_role(*, account_id: UUID, role: str, by: Actor) -> Proposal:
    """Ask for another role for someone, or for the return of someone who had left."""
    access.require(by, access.PROPOSE)
    account = Account.locked(account_id)
    _check_role_fits(role, account.partner_id)
    return _propose(account, ProposalKind.ROLE, role=role, by=by)


@transaction.atomic
def propose_access(*, account_id: UUID, by: Actor) -> Proposal:
    """Ask for a new link for someone who lost a password or a second factor."""
    access.require(by, access.PROPOSE)
    account = Account.locked(account_id, is_active=True)
    return _propose(account, ProposalKind.ACCESS, role=account.role, by=by)


@transaction.atomic
def confirm(*, proposal_id: UUID, by: Actor) -> Proposal:
    """Confirm what another person asked for; it takes effect at once."""
    access.require(by, access.CONFIRM)
    proposal = Proposal.locked(proposal_id)
    account = Account.objects.select_for_update().get(id=proposal.account_id)
    check_can_confirm(
        decision=Decision(proposal.decision),
        asked_by=proposal.asked_by,
        concerns=account.id,
        confirmed_by=by.key,
    )
    _decide(proposal, Decision.CONFIRMED, by=by)
    before, came_back = account.role, not account.is_active
    if access.PROPOSE not in role_of(proposal.role).abilities:
        _check_someone_is_left(account)
    account.role, account.is_active, account.left_at = proposal.role, True, None
    account.save(update_fields=("role", "is_active", "left_at"))
    record(
        ProposalConfirmed(
            subject=account.id,
            proposal=proposal.id,
            kind=Code(proposal.kind),
            role=Code(account.role),
            role_before=Code(before),
        ),
        by=by,
    )
    if proposal.kind != ProposalKind.ROLE or came_back:
        credentials.withdraw(account)
        _send_link(account, by=by)
    return proposal


@transaction.atomic
def refuse(*, proposal_id: UUID, by: Actor) -> None:
    """Refuse a proposal, or withdraw it. An account that was only proposed disappears."""
    access.require(by, access.CONFIRM)
    proposal = Proposal.locked(proposal_id)
    if proposal.decision != Decision.WAITING:
        raise AlreadyDecided(_("This request has already been answered."))
    _decide(proposal, Decision.REFUSED, by=by)
    record(
        ProposalRefused(
            subject=proposal.account_id, proposal=proposal.id, kind=Code(proposal.kind)
        ),
        by=by,
    )
    if proposal.kind == ProposalKind.INVITATION:
        Account.objects.filter(id=proposal.account_id, role="").delete()


@transaction.atomic
def send_again(*, account_id: UUID, by: Actor) -> Invitation:
    """Send a fresh link to someone who was confirmed and has not used theirs."""
    access.require(by, access.PROPOSE)
    account = Account.locked(account_id, is_active=True)
    if account.has_usable_password():
        raise AlreadyHere(_("This person has already signed in: ask for a new access instead."))
    return _send_link(account, by=by)


@transaction.atomic
def disable(*, account_id: UUID, by: Actor) -> Account:
    """Close an account at once: password, second factors and sessions are gone."""
    access.require(by, access.DISABLE)
    if by.key == str(account_id):
        raise OwnAccount(_("You cannot close the account you are using."))
    account = Account.locked(account_id, is_active=True)
    _check_someone_is_left(account)
    account.is_active, account.left_at = False, clock.now()
    account.save(update_fields=("is_active", "left_at"))
    credentials.withdraw(account)
    for proposal in account.proposals.filter(decision=Decision.WAITING):
        _decide(proposal, Decision.REFUSED, by=by)
    record(AccountDisabled(subject=account.id), by=by)
    return account


@transaction.atomic
def open_account(
    *, email: str, name: str, role: str, partner_id: UUID | None = None, by: Actor
) -> Invitation:
    """Make an account without a second person; the administrator makes the first ones."""
    access.require(by, access.WITHOUT_SECOND_PERSON)
    account = _new_account(email=email, name=name, role=role, partner_id=partner_id)
    account.role, account.is_active = role_of(role).code, True
    account.save(update_fields=("role", "is_active"))
    return _send_link(account, by=by)


@transaction.atomic
def renew_access(*, email: str, by: Actor) -> Invitation:
    """Reset someone's access without a second person; for the administrator of the server."""
    access.require(by, access.WITHOUT_SECOND_PERSON)
    account = Account.objects.select_for_update().get(email=email.lower(), is_active=True)
    credentials.withdraw(account)
    return _send_link(account, by=by)


@transaction.atomic
def accept_invitation(*, invitation_id: UUID, password: str, by: Actor) -> Account:
    """Set the password that a link is for, once; raise `ValidationError` for a weak one."""
    invitation = (
        Invitation.objects.select_for_update()
        .filter(
            id=invitation_id,
            used_at=None,
            expires_at__gt=clock.now(),
            account__is_active=True,
        )
        .first()
    )
    if invitation is None:
        raise links.spent()
    account = Account.objects.select_for_update().get(id=invitation.account_id)
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=("password",))
    invitation.used_at = clock.now()
    invitation.save(update_fields=("used_at",))
    record(InvitationAccepted(subject=account.id, invitation=invitation.id), by=by)
    return account


@transaction.atomic
def note_undelivered(*, invitation_id: UUID, by: Actor) -> None:
    """Note that a link never arrives, so that People can tell and ask again."""
    access.require(by, access.WITHOUT_SECOND_PERSON)
    invitation = Invitation.objects.select_for_update().get(id=invitation_id)
    invitation.undelivered_at = clock.now()
    invitation.save(update_fields=("undelivered_at",))
    record(InvitationUndelivered(subject=invitation.account_id, invitation=invitation.id), by=by)


def _check_role_fits(role: str, partner_id: UUID | None) -> None:
    check_role_fits(
        is_for_partners=role_of(role).is_for_partners, is_of_partner=partner_id is not None
    )


def _new_account(*, email: str, name: str, role: str, partner_id: UUID | None) -> Account:
    _check_role_fits(role, partner_id)
    if Account.objects.filter(email=email.lower()).exists():
        raise AlreadyHere(_("This address already has an account."))
    account = Account(
        email=email.lower(),
        name=name,
        is_active=False,
        partner_id=partner_id,
        is_demonstration=settings.DEMONSTRATION,  # its people are invented, all of them
    )
    account.set_unusable_password()
    account.save()
    return account


def _propose(account: Account, kind: ProposalKind, *, role: str, by: Actor) -> Proposal:
    if account.proposals.filter(decision=Decision.WAITING).exists():
        raise AlreadyWaiting(_("A request is already waiting for an answer for this person."))
    proposal = Proposal.objects.create(
        account=account, kind=kind, role=role_of(role).code, asked_by=by.key
    )
    record(
        ProposalMade(
            subject=account.id, proposal=proposal.id, kind=Code(kind), role=Code(proposal.role)
        ),
        by=by,
    )
    return proposal


def _decide(proposal: Proposal, decision: Decision, *, by: Actor) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by.key, clock.now()
    proposal.save(update_fields=("decision", "decided_by", "decided_at"))


def _check_someone_is_left(account: Account) -> None:
    """Refuse to remove the last account that can administer accounts."""
    keepers = [role.code for role in every_role() if access.PROPOSE in role.abilities]
    active = Account.objects.filter(is_active=True, role__in=keepers)
    if account.role in keepers and not active.exclude(id=account.id).exists():
        raise NobodyLeft(_("Without this person, nobody could manage the accounts."))


def _send_link(account: Account, *, by: Actor) -> Invitation:
    account.invitations.filter(used_at=None).delete()
    invitation = Invitation.objects.create(
        account=account, expires_at=clock.now() + INVITATION_LASTS
    )
    record(InvitationSent(subject=account.id, invitation=invitation.id), by=by)
    return invitation
