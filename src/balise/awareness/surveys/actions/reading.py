"""Read free texts: each is shown, perhaps redacted, or not shown, by someone who read it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.surveys import access, events
from balise.awareness.surveys.models import FreeText
from balise.awareness.surveys.queries import desk
from balise.awareness.surveys.rules.refusals import TextChanged
from balise.awareness.surveys.rules.words import Reading
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record


@transaction.atomic
def open_texts(*, survey_id: UUID, by: Actor) -> Sequence[desk.Text]:
    """Return free texts that nobody read yet, in no order; who opened how many is written."""
    access.require(by, access.TEXTS)
    many = desk.waiting_texts(survey_id).count()
    if many:
        record(events.TextsOpened(subject=survey_id, many=many), by=by)
    return desk.texts(survey_id, seen_by=by)


@transaction.atomic
def show(*, text_id: UUID, redacted: str, by: Actor) -> None:
    """Let a text be shown as it was redacted: without names, places, and what tells of one person.

    Refuses one that someone else decided about meanwhile, and an empty one (TextChanged).
    """
    access.require(by, access.TEXTS)
    row = FreeText.locked(text_id)
    if row.stands is not Reading.WAITING:
        raise TextChanged(_("Someone else has read this text meanwhile."))
    if not redacted.strip():
        raise TextChanged(_("Nothing is left of this text: withhold it."))
    row.shown, row.reading = redacted.strip(), Reading.SHOWN
    row.save(update_fields=("shown", "reading"))
    record(events.TextShown(subject=row.id), by=by)


@transaction.atomic
def withhold(*, text_id: UUID, by: Actor) -> None:
    """Keep a text from being shown, or from being shown any longer, in published results too.

    Refuses one that is withheld already (TextChanged).
    """
    access.require(by, access.TEXTS)
    row = FreeText.locked(text_id)
    if row.stands is Reading.WITHHELD:
        raise TextChanged(_("This text is withheld already."))
    row.shown, row.reading = "", Reading.WITHHELD
    row.save(update_fields=("shown", "reading"))
    record(events.TextWithheld(subject=row.id), by=by)
