"""A listener looks at a picture: written down, and counted as exposure."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.journal.book import record
from balise.helpline.pictures import access, queries
from balise.helpline.pictures.documents.drawing import drawn_again, opened
from balise.helpline.pictures.events import PictureSeen
from balise.helpline.pictures.models import Looks, Picture


def look(*, picture_id: UUID, by: Actor) -> bytes:
    """Return a picture as WebP, to who may see it (`queries.require_sees`)."""
    access.require(by, access.SEE)
    with transaction.atomic():
        one = Picture.locked(picture_id)
        queries.require_sees(one, who=by)
        drawn = opened(one)
        if one.seen_at is None:
            one.seen_at = now()
            one.save(update_fields=("seen_at",))
        count(by=by)
        record(PictureSeen(subject=one.id, conversation=one.conversation), by=by)
    return drawn


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
