"""What is deleted of pictures: with their conversation, or with the case that keeps them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.clock import day_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped
from balise.helpline.pictures.models import Looks, Picture
from balise.helpline.pictures.rules.showing import IN_THE_CHAT, PictureState

LOOKS_KEPT = timedelta(days=90)


def pictures_due(_at: datetime) -> QuerySet[Picture]:
    """Return the pictures whose conversation, or whose case once kept, has lost its key.

    One that is sealed stays until a supervisor has decided.
    """
    talked = Exists(KeyWrap.objects.filter(record=OuterRef("conversation")))
    filed = Exists(KeyWrap.objects.filter(record=OuterRef("case")))
    in_chat = Q(state__in=IN_THE_CHAT) | Q(state=PictureState.KEPT, has_own_key=False)
    return Picture.objects.filter(in_chat & ~talked | Q(state=PictureState.KEPT) & ~filed)


def erase_pictures(picture_ids: Sequence[UUID]) -> int:
    """Delete the keys and what they encrypted; the empty rows stay."""
    forget(picture_ids)
    return Picture.objects.filter(id__in=picture_ids).update(sealed=b"", state=PictureState.GONE)


def looks_due(at: datetime) -> QuerySet[Looks]:
    """Return the counts of looks of more than ninety days ago."""
    return Looks.objects.filter(day__lt=day_of(at) - LOOKS_KEPT)


RULES = (
    Rule(
        name="helpline.pictures",
        forgets=Picture,
        says=_("Pictures of a chat are deleted with it; those kept in a case, with the case."),
        due=pictures_due,
        erase=erase_pictures,
    ),
    Rule(
        name="helpline.looks",
        forgets=Looks,
        says=_("How often a listener looked at pictures, day by day: after ninety days."),
        due=looks_due,
        erase=dropped(Looks),
    ),
)
