"""Partner organisations come and go; their tokens are made, agreed upon and revoked."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from balise.foundation import clock
from balise.foundation.accounts import access
from balise.foundation.accounts.events import (
    PartnerAdded,
    PartnerChanged,
    PartnerWebhookStopped,
    TokenConfirmed,
    TokenCreated,
    TokenRevoked,
)
from balise.foundation.accounts.models import ApiToken, PartnerOrganisation
from balise.foundation.accounts.roles import ScopeUnknown, every_scope
from balise.foundation.accounts.rules import (
    TOKEN_LASTS_AT_MOST,
    WEBHOOK_SECRET,
    Decision,
    PartnerAsleep,
    TokenOver,
    check_can_confirm,
    digest_of,
    is_webhook_given_up,
    new_token,
    prefix_of,
)
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.encryption import sealing
from balise.foundation.journal.book import record


@transaction.atomic
def add_partner(*, name: str, by: Actor) -> PartnerOrganisation:
    """Add an organisation; it can do nothing until it has a token."""
    access.require(by, access.MANAGE_PARTNERS)
    partner = PartnerOrganisation.objects.create(name=name)
    record(PartnerAdded(subject=partner.id), by=by)
    return partner


@transaction.atomic
def change_partner(
    *,
    partner_id: UUID,
    webhook_address: str,
    is_active: bool,
    by: Actor,
    webhook_secret: str = "",
) -> PartnerOrganisation:
    """Set where a partner's webhook is sent, and whether its tokens work at all.

    An empty secret keeps the one there is. The secret is sealed: no page shows it again. Sending
    starts again for a partner whose server took nothing for a while.
    """
    access.require(by, access.MANAGE_PARTNERS)
    partner = PartnerOrganisation.locked(partner_id)
    partner.webhook_address, partner.is_active = webhook_address, is_active
    if webhook_secret:
        sealing.forget([partner.id])
        key = sealing.new_key("accounts", partner.id)
        sealing.keep(key)
        partner.webhook_secret = key.seal(
            {"secret": webhook_secret}, where=WEBHOOK_SECRET, row=partner.id
        )
    partner.webhook_failures = 0
    partner.webhook_failing_since = partner.webhook_stopped_at = None
    partner.save()
    record(
        PartnerChanged(subject=partner.id, active=is_active, webhook=bool(webhook_address)), by=by
    )
    return partner


@transaction.atomic
def create_token(
    *, partner_id: UUID, scopes: Iterable[str], lasts: timedelta, by: Actor
) -> tuple[ApiToken, str]:
    """Make a token and return it with its text, which nobody can see again.

    It opens nothing until a second person agrees, unless the administrator of the server makes it.
    """
    access.require(by, access.MANAGE_PARTNERS)
    wanted = sorted(set(scopes))
    if unknown := set(wanted) - {scope.code for scope in every_scope()}:
        raise ScopeUnknown(", ".join(sorted(unknown)))
    partner = PartnerOrganisation.locked(partner_id)
    if not partner.is_active:
        raise PartnerAsleep(_("The tokens of this partner are suspended: activate them first."))
    text, now = new_token(), clock.now()
    token = ApiToken.objects.create(
        partner=partner,
        prefix=prefix_of(text),
        digest=digest_of(text),
        scopes=wanted,
        created_by=by.key,
        confirmed_at=now if by.kind is ActorKind.SYSTEM else None,
        expires_at=now + min(lasts, TOKEN_LASTS_AT_MOST),
    )
    record(TokenCreated(subject=partner.id, token=token.id), by=by)
    return token, text


@transaction.atomic
def confirm_token(*, token_id: UUID, by: Actor) -> ApiToken:
    """Agree, as a second person, that a token may be used."""
    access.require(by, access.CONFIRM_TOKENS)
    token = ApiToken.locked(token_id)
    if token.revoked_at or token.expires_at <= clock.now():
        raise TokenOver(_("This token was revoked or has expired."))
    check_can_confirm(
        decision=Decision.CONFIRMED if token.confirmed_at else Decision.WAITING,
        asked_by=token.created_by,
        concerns=token.partner_id,
        confirmed_by=by.key,
    )
    token.confirmed_at = clock.now()
    token.save(update_fields=("confirmed_at",))
    record(TokenConfirmed(subject=token.partner_id, token=token.id), by=by)
    return token


@transaction.atomic
def revoke_token(*, token_id: UUID, by: Actor) -> ApiToken:
    """End a token at once; one person is enough."""
    access.require(by, access.MANAGE_PARTNERS)
    token = ApiToken.locked(token_id)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=("revoked_at",))
        record(TokenRevoked(subject=token.partner_id, token=token.id), by=by)
    return token


# Note whether webhooks arrive; sending stops for a partner whose server takes nothing for long.


def note_taken(*, partner_id: UUID, by: Actor) -> None:
    """Note that a partner's server took what it was told: what failed before is over."""
    access.require(by, access.MANAGE_PARTNERS)
    PartnerOrganisation.objects.filter(Q(webhook_failures__gt=0), id=partner_id).update(
        webhook_failures=0, webhook_failing_since=None
    )


@transaction.atomic
def note_not_taken(*, partner_id: UUID, by: Actor) -> None:
    """Note that a webhook was not taken; after many failures over a long time, sending stops.

    Saving the partner's address again starts it again.
    """
    access.require(by, access.MANAGE_PARTNERS)
    partner = PartnerOrganisation.objects.select_for_update().filter(id=partner_id).first()
    if partner is None or partner.webhook_stopped_at is not None:
        return
    now = clock.now()
    partner.webhook_failures += 1
    partner.webhook_failing_since = partner.webhook_failing_since or now
    if is_webhook_given_up(
        failures=partner.webhook_failures, for_so_long=now - partner.webhook_failing_since
    ):
        partner.webhook_stopped_at = now
        record(PartnerWebhookStopped(subject=partner.id, failures=partner.webhook_failures), by=by)
    partner.save(update_fields=("webhook_failures", "webhook_failing_since", "webhook_stopped_at"))
