"""Freeze an edition, draw its files, publish it: what is frozen never changes."""

from hashlib import sha256
from itertools import product
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.editions import access, events
from balise.steering.editions.documents import FORMS
from balise.steering.editions.models import Edition, File
from balise.steering.editions.queries import making
from balise.steering.editions.queries.drawing import drawn_file
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.preparing import EditionDraft, EditionInside, NotReady


@transaction.atomic
def freeze(*, edition_id: UUID, by: Actor) -> None:
    """Freeze an edition: its pages and tables, masked, stay as they are.

    Of two who freeze at once the first does; the second is told since when it is frozen. Refuses
    one with a page that is not ready. Comments and links to read it end with it.
    """
    access.require(by, access.FREEZE)
    edition = Edition.locked_draft(edition_id)
    made = making.deck_of(edition)
    if stops := making.stops(edition, made):
        raise NotReady(_("Not ready: %(reasons)s") % {"reasons": " ".join(dict.fromkeys(stops))})
    edition.deck, edition.digest = editions_deck.as_json(made), editions_deck.digest(made)
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
    """Draw the files of a frozen edition that are not kept yet, and keep them.

    Those of freezing name each figure by its code: nobody outside can open a page of staff. Once
    everyone may read it, it is drawn for them too, with the addresses of its public pages.
    """
    edition = Edition.objects.get(id=edition_id)
    if edition.frozen_at is None:
        raise EditionDraft(_("This edition is not frozen."))
    deck = editions_deck.read(edition.deck)
    kept = {(one.is_public, one.form, one.language) for one in edition.files.defer("octets")}
    wanted = product((False, True) if edition.published_at else (False,), FORMS, deck.languages)
    drawn = [
        (one, drawn_file(deck, is_public=one[0], form=one[1], language=one[2]))
        for one in wanted
        if one not in kept
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
                },
            )
        if drawn:
            record(events.EditionDrawn(subject=edition.id, files=len(drawn)), by=by)


@transaction.atomic
def publish(*, edition_id: UUID, by: Actor) -> None:
    """Let everyone read a frozen edition; one that is public stays so.

    Refuses an edition whose template is for someone: it is handed to them.
    """
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    if not edition.kind.is_public:
        raise EditionInside(_("This edition is not for everyone: hand over its files."))
    if edition.frozen_at is None:
        raise EditionDraft(_("Freeze the edition first."))
    if edition.published_at is not None:
        return
    edition.published_at = now()
    edition.save(update_fields=("published_at",))
    record(events.EditionPublished(subject=edition.id, day=edition.day), by=by)
