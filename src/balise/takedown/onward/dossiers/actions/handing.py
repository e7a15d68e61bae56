"""Hand a dossier over: its package taken out by hand, or mailed sealed, once.

A mail cannot be taken back, so nothing is ever sent on a guess. `mailing_at` is committed before
the server is spoken to and emptied when it is known what became of the mail. A worker that finds
it set sends nothing: the dossier is in doubt, and a person asks.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.usual import band
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.events import (
    DossierDownloaded,
    DossierHandedOver,
    DossierNotMailed,
    DossierQueued,
)
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.states import (
    Channel,
    ChannelClosed,
    DossierState,
    Failure,
    NotPacked,
    check_step,
)

# Longer than any server takes to answer; after it a mail that was handed over is in doubt.
MAILED_FOR_AT_MOST = timedelta(minutes=10)
MAX_ATTEMPTS = 8


class BeingMailed(RuntimeError):
    """Another worker is sending it, or died doing so: look again later."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package as a file: its name, and its bytes."""

    name: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail that is to be sent: to whom, in which language, about which dossier, with what."""

    number: str
    to: str
    language: str
    package: Package


def download(*, dossier_id: UUID, sealed: bool, by: Actor) -> Package:
    """Return a dossier's package for download, and log who downloaded it.

    `sealed` to the authority's key, or open: for a portal that takes files over an encrypted line.
    """
    with transaction.atomic():
        dossier = access.found(Dossier, dossier_id, access.HAND_OVER, by=by)
        _check_packed(dossier, sealed=sealed)
        package = _package(dossier, sealed=sealed)
        record(DossierDownloaded(**dossier.about, sealed=sealed), by=by)
    return package


def hand_over(*, dossier_id: UUID, channel: Channel, by: Actor) -> None:
    """Note that someone put the dossier into the authority's portal; or queue its mail.

    Refuses a dossier that is not packed and a channel on which the authority cannot be reached. A
    mail counts as handed over once the authority's mail server took it.
    """
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.HAND_OVER, by=by)
        check_step("hand-over", dossier.stands)
        if channel not in queries.ways_to(dossier.authority):
            raise ChannelClosed(_("This authority cannot be reached through this channel."))
        _check_packed(dossier, sealed=channel is Channel.MAIL)
        if channel is not Channel.MAIL:
            _note_handed_over(dossier, channel, by=by)
            return
        dossier.state, dossier.failure = DossierState.QUEUED.value, ""
        dossier.attempts, dossier.mailing_at = 0, None
        dossier.save(update_fields=("state", "failure", "attempts", "mailing_at"))
        record(DossierQueued(**dossier.about), by=by)


def claim_mail(*, dossier_id: UUID, by: Actor) -> Mailing | None:
    """Claim a dossier for one attempt to mail it; None: do not send.

    None where it does not wait to be mailed, and where it is in doubt or forgotten (this is written
    down). Raises BeingMailed while another worker may be at it. The caller then speaks to the
    server and calls `note_mailed` or `note_not_mailed`.
    """
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.HAND_OVER, by=by)
        if dossier.stands is not DossierState.QUEUED:
            return None
        if dossier.mailing_at is not None:
            if now() - dossier.mailing_at <= MAILED_FOR_AT_MOST:
                raise BeingMailed
            _note_failed(dossier, Failure.IN_DOUBT, by=by)
            return None
        to = queries.mail_of(dossier.authority)
        try:
            package = _package(dossier, sealed=True)
        except KeyForgotten:
            package = None
        if package is None or not to:
            _note_failed(dossier, Failure.REFUSED, by=by)
            return None
        dossier.mailing_at, dossier.attempts = now(), dossier.attempts + 1
        dossier.save(update_fields=("mailing_at", "attempts"))
    language = queries.authority_of(dossier).language
    return Mailing(number=dossier.number, to=to, language=language, package=package)


def note_mailed(*, dossier_id: UUID, by: Actor) -> None:
    """Note that the authority's mail server accepted the package."""
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.HAND_OVER, by=by)
        if dossier.mailing_at is not None:
            _note_handed_over(dossier, Channel.MAIL, by=by)


def note_not_mailed(*, dossier_id: UUID, why: Failure, by: Actor) -> bool:
    """Note that nothing was sent, or that nobody knows; return whether to try again."""
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.HAND_OVER, by=by)
        if dossier.mailing_at is None:
            return False
        if why is Failure.UNREACHABLE and dossier.attempts < MAX_ATTEMPTS:
            dossier.mailing_at = None
            dossier.save(update_fields=("mailing_at",))
            return True
        _note_failed(dossier, why, by=by)
    return False


def _check_packed(dossier: Dossier, *, sealed: bool) -> None:
    if dossier.packed_at is None:
        raise NotPacked(_("The dossier is being prepared: check again in a moment."))
    if sealed and not dossier.is_sealed:
        raise NotPacked(
            _("The dossier is not encrypted: the centre has no key for this authority.")
        )


def _package(dossier: Dossier, *, sealed: bool) -> Package:
    parts = queries.parts_of(dossier)
    chosen = names.without_open(parts) if sealed else names.without_sealed(parts)
    folder = f"dossier-{dossier.number}"
    return Package(f"{folder}.zip", names.zipped(chosen, folder=folder))


def _note_handed_over(dossier: Dossier, channel: Channel, *, by: Actor) -> None:
    at = now()
    took = max(at - dossier.received_at, timedelta())
    hours = queries.authority_of(dossier).remind_after_hours
    dossier.state, dossier.channel = DossierState.HANDED_OVER.value, channel.value
    dossier.handed_over_by, dossier.handed_over_at = by.key, at
    dossier.remind_at = at + timedelta(hours=hours)
    dossier.mailing_at, dossier.attempts, dossier.failure = None, 0, ""
    dossier.save()
    fact = DossierHandedOver(
        **dossier.about,
        channel=channel,
        seconds=int(took.total_seconds()),
        band=Code(band(took)),
    )
    record(fact, by=by)


def _note_failed(dossier: Dossier, why: Failure, *, by: Actor) -> None:
    """Write a failure down: the dossier is approved as before and waits for a person."""
    dossier.state, dossier.failure = DossierState.APPROVED.value, why.value
    dossier.mailing_at = None
    dossier.save(update_fields=("state", "failure", "mailing_at"))
    record(DossierNotMailed(**dossier.about, failure=why), by=by)
