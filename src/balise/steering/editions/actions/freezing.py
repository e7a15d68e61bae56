"""Freeze an edition, draw its files, publish it at a moment: what is frozen never changes."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.editions import access, events
from balise.steering.editions.models import Edition, File
from balise.steering.editions.queries import making
from balise.steering.editions.queries.drawing import drawn_file
from balise.steering.editions.queries.showing import missing_files
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.life import (
    EditionState,
    Erratum,
    FilesMissing,
    ReadOther,
    Step,
    check_other,
    check_step,
)
from balise.steering.editions.rules.preparing import EditionDraft, EditionInside, NotReady


@transaction.atomic
def freeze(*, edition_id: UUID, alone: str = "", by: Actor) -> None:
    """Freeze an edition: its pages and tables, masked, stay as they are.

    It is what a second person approved, and not they freeze it; or the edition says why one person
    `alone` read it. Of two who freeze at once the first does; the second is told since when it is
    frozen. Refuses one with a page that is not ready. Comments and links to read it end with it.
    """
    access.require(by, access.FREEZE)
    edition = Edition.locked_draft(edition_id)
    is_alone = bool(alone.strip()) and edition.state is not EditionState.APPROVED
    check_step(Step.FREEZE_ALONE if is_alone else Step.FREEZE, edition.state)
    made = making.deck_of(edition)
    if stops := making.stops(edition, made):
        raise NotReady(_("Not ready: %(reasons)s") % {"reasons": " ".join(dict.fromkeys(stops))})
    if not is_alone:
        check_other(by.key, edition.approved_by)
        if editions_deck.content_digest(made) != edition.approved:
            raise ReadOther(_("Numbers changed since it was approved. Count again."))
    edition.deck, edition.digest = editions_deck.as_json(made), editions_deck.digest(made)
    edition.made_at = edition.frozen_at = now()
    edition.frozen_by, edition.alone = by.key, alone.strip() if is_alone else ""
    edition.save(update_fields=("deck", "digest", "made_at", "frozen_at", "frozen_by", "alone"))
    record(
        events.EditionFrozen(
            subject=edition.id,
            day=edition.day,
            figures=len(made.figures),
            digest=Code(edition.digest[:16]),
            alone=is_alone,
        ),
        by=by,
    )
    if edition.corrects and not edition.kind.is_public:
        _replace(edition, edition.frozen_at, by=by)  # it is handed over in the other's place


def draw(*, edition_id: UUID, by: Actor) -> None:
    """Draw the files of a frozen edition that are not kept yet, and keep them.

    Those of freezing name each figure by its code: nobody outside can open a page of staff. One
    that everyone may read is drawn for them too, with the addresses of its public pages.
    """
    edition = Edition.objects.get(id=edition_id)
    if edition.frozen_at is None:
        raise EditionDraft(_("This edition is not frozen."))
    deck = editions_deck.read(edition.deck)
    drawn = [
        (one, drawn_file(deck, mark=edition.mark, is_public=one[0], form=one[1], language=one[2]))
        for one in missing_files(edition, deck)
    ]
    with transaction.atomic():
        Edition.locked(edition_id)
        for (is_public, form, language), octets in drawn:
            File.objects.get_or_create(
                edition=edition,
                is_public=is_public,
                form=form,
                language=language,
                defaults={
                    "octets": octets,
                    "sha256": sha256(octets).hexdigest(),
                    "versions": deck.versions,
                    "address": settings.PUBLIC_ADDRESS if is_public else "",
                },
            )
        if drawn:
            record(events.EditionDrawn(subject=edition.id, files=len(drawn)), by=by)


@transaction.atomic
def publish(*, edition_id: UUID, publish_at: datetime | None = None, by: Actor) -> None:
    """Let everyone read a frozen edition from a moment, or now; one that is public stays so.

    Refuses an edition whose template is for someone: it is handed to them; and one whose files are
    still being drawn. From the same moment one that it corrects says that it is replaced.
    """
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    if not edition.kind.is_public:
        raise EditionInside(_("This edition is not for everyone: hand over its files."))
    if edition.frozen_at is None:
        raise EditionDraft(_("Freeze the edition first."))
    if edition.state is EditionState.PUBLISHED:
        return
    check_step(Step.PUBLISH, edition.state)
    if missing_files(edition, editions_deck.read(edition.deck)):
        raise FilesMissing(_("Its files are still being drawn. Publish it in a moment."))
    edition.published_at = max(publish_at or now(), now())
    edition.save(update_fields=("published_at",))
    record(
        events.EditionPublished(subject=edition.id, day=edition.day, at=edition.published_at),
        by=by,
    )
    if edition.corrects:
        _replace(edition, edition.published_at, by=by)


@transaction.atomic
def hold(*, edition_id: UUID, by: Actor) -> None:
    """Give up an embargo before it ends: the edition is frozen, and nobody reads it."""
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    check_step(Step.HOLD, edition.state)
    if edition.corrects:
        _replace(edition, None, by=by)
    edition.published_at = None
    edition.save(update_fields=("published_at",))
    record(events.EditionHeld(subject=edition.id, day=edition.day), by=by)


def _replace(new: Edition, at: datetime | None, *, by: Actor) -> None:
    """Say of the edition that `new` corrects from when it is replaced; None for no longer.

    One that told what it must not is withdrawn at the same moment, if it was not before.
    """
    assert new.corrects_id  # noqa: S101 - asked by who calls
    old = Edition.locked(new.corrects_id)
    old.replaced_at = at
    if new.corrects_as is Erratum.PROTECTION and old.withdrawal_at is None:
        old.withdrawn_at = at
        old.withdrawal_reasons = new.reasons if at else {}
    old.save(update_fields=("replaced_at", "withdrawn_at", "withdrawal_reasons"))
    if at is not None:
        record(events.EditionReplaced(subject=old.id, by=new.id, at=at), by=by)
