"""A listener looks at a picture: counted as exposure; seen once it was drawn on their screen."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.journal.book import record
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.documents.drawing import drawn_again, opened
from balise.helpline.pictures.events import PictureOpened, PictureShown
from balise.helpline.pictures.models import Looks, Picture


def look(*, picture_id: UUID, by: Actor) -> bytes:
    """Return a picture as WebP, to who may see it (`queries.require_sees`)."""
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        drawn = opened(one)
        count(by=by)
        record(PictureOpened(subject=one.id, conversation=one.conversation), by=by)
    return drawn


def shown(*, picture_id: UUID, by: Actor) -> None:
    """Note that a picture was drawn on the screen of who may see it: it counts as seen from now on.

    Only the first time is written down.
    """
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        if one.seen_at is not None:
            return
        one.seen_at = now()
        one.save(update_fields=("seen_at",))
        record(PictureShown(subject=one.id, conversation=one.conversation), by=by)


def look_at(*, octets: bytes, by: Actor) -> bytes:
    """Return a picture that came to a case another way, drawn again as WebP; the look is counted.

    Whoever asks has asked whether they may see it, and writes it down. Refuses (NoPicture).
    """
    access.require(by, access.SEE)
    drawn = drawn_again(octets)
    with transaction.atomic():
        count(by=by)
    return drawn


def count(*, by: Actor) -> None:
    """Count one more look of someone's day, within the caller's transaction."""
    day = day_of(now())
    Looks.objects.get_or_create(account=by.key, day=day)
    Looks.objects.filter(account=by.key, day=day).update(many=F("many") + 1)
