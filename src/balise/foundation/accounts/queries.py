"""Who works here, what waits for a second person, where one is signed in; partners, tokens."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch, QuerySet
from django.utils.crypto import constant_time_compare

from balise.foundation import clock
from balise.foundation.accounts import access, links, visits
from balise.foundation.accounts.models import (
    Account,
    ApiToken,
    Invitation,
    PartnerOrganisation,
    Proposal,
    Session,
)
from balise.foundation.accounts.roles import RoleUnknown, abilities_of, every_role, role_of
from balise.foundation.accounts.rules import WEBHOOK_SECRET, Decision, Standing, digest_of
from balise.foundation.accounts.visits import SessionStore, kept_as
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.encryption.sealing import key_of_line


@dataclass(frozen=True, slots=True)
class SignedInBrowser:
    """One of a person's sessions, as their own page lists it."""

    code: str
    device: str
    began_at: datetime
    seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose session it is, and its state; only an open session allows anything."""

    standing: Standing
    actor: Actor


def actor_of(account: Account) -> Actor:
    """Return the actor that a signed-in account is: its id, and what its role may do now.

    Someone of an inactive partner may do nothing.
    """
    partner = account.partner if account.partner_id else None
    abilities = abilities_of(account.role)
    if partner is not None and not partner.is_active:
        abilities = frozenset()
    return Actor(ActorKind.STAFF, str(account.pk), abilities, account.partner_id)


def role_name(code: str) -> str:
    """Return a role's name for people; its code when the centre no longer has it."""
    try:
        return str(role_of(code).label)
    except RoleUnknown:
        return code


def signed_in(user: object) -> Account:
    """Return `request.user` as an account; a view that is not reachable otherwise asks."""
    if not isinstance(user, Account):
        raise PermissionDenied
    return user


def signed_in_now(sessions: Collection[str]) -> dict[str, SignedIn]:
    """Return the states of sessions now, by their keys in the table, in one query.

    Those that are over, of a closed account or of an older password are left out.
    """
    found = Session.objects.filter(
        session_key__in=sessions, expire_date__gt=clock.now()
    ).select_related("account__partner")
    store, standing = SessionStore(), {}
    for session in found:
        data = store.decode(session.session_data)
        stands = visits.standing(visits.read(data.get("visit")), is_locked=bool(session.locked_at))
        if session.account and stands is not Standing.ENDED and _is_of(session.account, data):
            standing[session.session_key] = SignedIn(stands, actor_of(session.account))
    return standing


def _is_of(account: Account, data: dict[str, Any]) -> bool:
    """Return whether an account may be used, with the password that a session was begun with."""
    hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    given = str(data.get(HASH_SESSION_KEY, ""))
    return account.may_be_used and any(constant_time_compare(given, each) for each in hashes)


def account_named(email: str) -> UUID | None:
    """Return the account with this address, however it is typed; None for an unknown one."""
    return Account.objects.filter(email=email.lower()).values_list("pk", flat=True).first()


def partner_named(name: str) -> PartnerOrganisation | None:
    """Return the partner organisation with this name, however it is spelt."""
    return PartnerOrganisation.objects.filter(name__iexact=name).first()


def people(*, seen_by: Actor) -> QuerySet[Account]:
    """Return everyone of the centre, those who left last, each with what waits for them."""
    access.require(seen_by, access.READ_PEOPLE)
    waiting = Proposal.objects.filter(decision=Decision.WAITING)
    undelivered = Invitation.objects.filter(used_at=None, undelivered_at__isnull=False)
    return (
        Account.objects.exclude(role="", left_at__isnull=False)
        .select_related("partner")
        .prefetch_related(
            Prefetch("proposals", waiting, to_attr="waiting"),
            Prefetch("invitations", undelivered, to_attr="undelivered"),
        )
        .order_by(F("left_at").asc(nulls_first=True), "name")
    )


def person(account_id: UUID, *, seen_by: Actor) -> Account | None:
    """Return one person, or None for an unknown one."""
    return people(seen_by=seen_by).filter(id=account_id).first()


def waiting_proposals(*, seen_by: Actor) -> QuerySet[Proposal]:
    """Return what waits for a second person, oldest first."""
    access.require(seen_by, access.CONFIRM)
    return (
        Proposal.objects.filter(decision=Decision.WAITING)
        .select_related("account")
        .order_by("asked_at")
    )


def names_of(keys: set[str]) -> dict[str, str]:
    """Return the names behind actors' keys, for a page that says who asked."""
    ids = [key for key in keys if key]
    return {str(account.pk): account.name for account in Account.objects.filter(id__in=ids)}


def roles_of(keys: Collection[str]) -> dict[str, str]:
    """Return the codes of the roles that actors have now, by their keys; of one who left too."""
    rows = Account.objects.filter(id__in=[key for key in keys if key]).values_list("pk", "role")
    return {str(key): role for key, role in rows}


def holders_of(ability: str) -> list[UUID]:
    """Return the accounts whose role holds an ability, for a mail that concerns them all."""
    roles = [role.code for role in every_role() if ability in role.abilities]
    found = Account.objects.filter(role__in=roles, is_active=True)
    return list(found.values_list("pk", flat=True))


def address_of(account_id: UUID) -> str:
    """Return where to write to someone who works here; "" once they have left."""
    found = Account.objects.filter(pk=account_id, is_active=True)
    return found.values_list("email", flat=True).first() or ""


def invited(token: str) -> Invitation:
    """Return the invitation that a link is of, if it still works; refuse it otherwise."""
    invitation = open_invitation(links.read_token(token))
    if invitation is None:
        raise links.spent()
    return invitation


def open_invitation(invitation_id: UUID) -> Invitation | None:
    """Return an invitation that may still be accepted, or None."""
    return (
        Invitation.objects.filter(
            id=invitation_id,
            used_at=None,
            expires_at__gt=clock.now(),
            account__is_active=True,
        )
        .select_related("account")
        .first()
    )


def may_remove(factor: Authenticator) -> bool:
    """Return whether another second factor remains without this one; recovery codes are none."""
    others = Authenticator.objects.filter(user_id=factor.user_id).exclude(pk=factor.pk)
    return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def browsers(account: Account, *, this_one: str) -> list[SignedInBrowser]:
    """Return where a person is signed in now, the latest first. `this_one` is a session's key."""
    here, store = kept_as(this_one), SessionStore()
    found = []
    for session in Session.objects.filter(account=account, expire_date__gt=clock.now()):
        kept = store.decode(session.session_data).get("visit")
        visit = visits.read(kept)
        if kept and visit:
            found.append(
                SignedInBrowser(
                    code=session.session_key,
                    device=kept["device"],
                    began_at=visit.began_at,
                    seen_at=visit.seen_at,
                    is_this_one=session.session_key == here,
                )
            )
    return sorted(found, key=lambda browser: browser.seen_at, reverse=True)


def has_members(partner_id: UUID) -> bool:
    """Return whether someone works at the desk for a partner."""
    return Account.objects.filter(partner=partner_id, is_active=True).exists()


def partner_names() -> dict[str, str]:
    """Return the names of the partner organisations by their ids, for figures and lists."""
    return {str(one.pk): one.name for one in PartnerOrganisation.objects.order_by("name")}


def partners(*, seen_by: Actor) -> QuerySet[PartnerOrganisation]:
    """Return the partner organisations with their tokens, the latest token first."""
    access.require(seen_by, access.READ_PARTNERS)
    tokens = ApiToken.objects.order_by("-created_at")
    return PartnerOrganisation.objects.order_by("name").prefetch_related(Prefetch("tokens", tokens))


def partner(partner_id: UUID, *, seen_by: Actor) -> PartnerOrganisation | None:
    """Return one partner, or None for an unknown one."""
    return partners(seen_by=seen_by).filter(id=partner_id).first()


def token_holder(*, token: str) -> Actor | None:
    """Return the partner whose token this is, or None for an unknown, ended or waiting one.

    One query, by the digest: what is compared does not depend on how much of a guess is right.
    """
    digest = digest_of(token)
    found = ApiToken.objects.filter(digest=digest).select_related("partner").first()
    if found is None or not hmac.compare_digest(bytes(found.digest), digest):
        return None
    if (
        found.revoked_at is not None
        or found.confirmed_at is None
        or found.expires_at <= clock.now()
        or not found.partner.is_active
    ):
        return None
    if found.last_used_on != clock.today():
        ApiToken.objects.filter(id=found.id).update(last_used_on=clock.today())
    return Actor(ActorKind.PARTNER, str(found.partner_id), frozenset(found.scopes))


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a partner is told of changes, and the secret that signs what it is told."""

    address: str
    secret: str


def webhook_of(partner_id: UUID) -> Webhook | None:
    """Return an active partner's webhook, opened for the worker; None where it has none.

    None too where sending stopped because the partner's server took nothing for long.
    """
    partner = PartnerOrganisation.objects.filter(
        id=partner_id, is_active=True, webhook_stopped_at=None
    ).first()
    if partner is None or not partner.webhook_address or not partner.webhook_secret:
        return None
    key = key_of_line("accounts", partner.id)
    sealed = key.open(partner.webhook_secret, where=WEBHOOK_SECRET, row=partner.id)
    return Webhook(partner.webhook_address, sealed["secret"])
