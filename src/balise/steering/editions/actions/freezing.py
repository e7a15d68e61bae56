"""Freeze an edition, draw its files, publish it: what is frozen never changes."""

from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.editions import access, events
from balise.steering.editions.documents import FORMS, drawn_as
from balise.steering.editions.models import Edition, File
from balise.steering.editions.queries import making
from balise.steering.editions.rules import deck as decks
from balise.steering.editions.rules.preparing import EditionDraft, NotReady


@transaction.atomic
def freeze(*, edition_id: UUID, by: Actor) -> None:
    """Freeze an edition: its pages and tables, masked, stay as they are.

    Of two who freeze at once the first does; the second is told since when it is frozen. Refuses
    one with a page that is not ready. Comments and links to read it end with it.
    """
    access.require(by, access.FREEZE)
    edition = Edition.locked_draft(edition_id)
    made = making.deck_of(edition, leaving=True)
    if stops := making.stops(edition, made):
        raise NotReady(_("Not ready: %(reasons)s") % {"reasons": " ".join(dict.fromkeys(stops))})
    edition.deck, edition.digest = decks.as_json(made), decks.digest(made)
    edition.made_at = edition.frozen_at = now()
    edition.frozen_by = by.key
    edition.save(update_fields=("deck", "digest", "made_at", "frozen_at", "frozen_by"))
    record(
        events.EditionFrozen(
            subject=edition.id,
            day=edition.day,
            figures=len(made.figures),
            digest=Code(edition.digest[:16]),
        ),
        by=by,
    )


def draw(*, edition_id: UUID, by: Actor) -> None:
    """Draw the files of a frozen edition that are not kept yet, and keep them."""
    edition = Edition.objects.get(id=edition_id)
    if edition.frozen_at is None:
        raise EditionDraft(_("This edition is not frozen."))
    deck = decks.read(edition.deck)
    kept = {(one.form, one.language) for one in edition.files.all()}
    drawn = []
    for language in deck.languages:
        for form in FORMS:
            if (form, language) in kept:
                continue
            drawn.append((form, language, drawn_as(form, deck, language)))
    with transaction.atomic():
        Edition.locked(edition_id)
        for form, language, octets in drawn:
            File.objects.get_or_create(
                edition=edition,
                form=form,
                language=language,
                defaults={
                    "octets": octets,
                    "sha256": sha256(octets).hexdigest(),
                    "versions": deck.versions,
                },
            )
        if drawn:
            record(events.EditionDrawn(subject=edition.id, files=len(drawn)), by=by)


@transaction.atomic
def publish(*, edition_id: UUID, by: Actor) -> None:
    """Let everyone read a frozen edition; one that is public stays so."""
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    if edition.frozen_at is None:
        raise EditionDraft(_("Freeze the edition first."))
    if edition.published_at is not None:
        return
    edition.published_at = now()
    edition.save(update_fields=("published_at",))
    record(events.EditionPublished(subject=edition.id, day=edition.day), by=by)
