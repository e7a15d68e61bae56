"""The card of this module, which a centre turns on once counsel has answered (decision 67)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.budgets.rules import GIB, MIB, Budget
from balise.foundation.clock import day_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import forget
from balise.foundation.grants import PUBLIC, Declared, Grant, Tells
from balise.foundation.journal.book import subscribe
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped
from balise.foundation.statistics.boards import Figure, Form, Plural, Wording
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import Pulse, StaffEntry
from balise.helpline.conversations.events import ConversationErased
from balise.helpline.pictures import access, events as e, tasks
from balise.helpline.pictures.actions import sealing
from balise.helpline.pictures.events import PictureErased, PictureKept
from balise.helpline.pictures.models import Looks, Picture
from balise.helpline.pictures.rules.showing import IN_THE_CHAT, Outcome, PictureState
from balise.helpline.pictures.web import staff
from balise.helpline.vault import ports as vaults

# The figures of pictures, in words: counts, and nothing of what is in them.


_SHOWN = ngettext_lazy("%(many)s picture shown", "%(many)s pictures shown", "count")
_NOT_SENT = ngettext_lazy("%(many)s picture not sent", "%(many)s pictures not sent", "count")
_OPENED = ngettext_lazy("%(many)s opening", "%(many)s openings", "count")
_SEEN = ngettext_lazy("%(many)s picture seen", "%(many)s pictures seen", "count")
_KEPT = ngettext_lazy("%(many)s picture kept", "%(many)s pictures kept", "count")
_CLOSED = ngettext_lazy("%(many)s picture closed", "%(many)s pictures closed", "count")
_DECIDED = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")


def _number(code: str, title: Wording, counted: Plural) -> Figure:
    return Figure(
        board="helpline",
        code=f"pictures-{code}",
        measure=f"helpline.pictures.{code}",
        title=title,
        counted=counted,
        form=Form.NUMBER,
    )


FIGURES = (
    _number("offered", _("Pictures that children showed"), _SHOWN),
    _number("declined", _("Pictures that children chose not to send"), _NOT_SENT),
    _number("opened", _("Times that staff opened a picture"), _OPENED),
    _number("seen", _("Pictures that staff saw on a screen"), _SEEN),
    _number("kept", _("Pictures kept with the child’s agreement"), _KEPT),
    _number("sealed", _("Pictures closed because they should not be here"), _CLOSED),
    Figure(
        board="helpline",
        code="pictures-settled",
        measure="helpline.pictures.settled",
        title=_("Decisions about closed pictures"),
        counted=_DECIDED,
        form=Form.CODES,
        by="outcome",
        labels=lambda: dict(Outcome.choices),
        in_given_order=True,
    ),
)


# What is counted about pictures: how many, and no more.


MEASURES = (
    Measure("helpline.pictures.offered", counts=e.PictureOffered),
    Measure("helpline.pictures.declined", counts=e.PictureDeclined),
    Measure("helpline.pictures.opened", counts=e.PictureOpened),
    Measure("helpline.pictures.seen", counts=e.PictureShown),
    Measure("helpline.pictures.kept", counts=e.PictureKept),
    Measure("helpline.pictures.sealed", counts=e.PictureSealed),
    Measure("helpline.pictures.settled", counts=e.SealedSettled, by=("outcome",)),
)


# What is deleted of pictures: with their conversation, or with the case that keeps them.


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


# What the public may do with pictures: show one, let it be kept, take it back; never read one.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_pictures_picture",),
        to=(PUBLIC,),
        why="A young person shows a picture and takes it back; the public door cannot read one.",
        read=("id", "conversation", "state", "case_id", "offered_at", "seen_at", "has_own_key"),
        add=True,
        change=("state", "sealed"),
    ),
    Tells(
        facts=(
            *("helpline.picture.declined", "helpline.picture.offered"),
            *("helpline.picture.kept", "helpline.picture.erased"),
        ),
        by=(PUBLIC,),
    ),
)


def connect() -> None:
    """Plug what the vault asks of pictures, and register the subscribers of events."""
    vaults.draw.plug(sealing.look_at)
    vaults.veil.plug(staff.veiled)
    vaults.close.plug(sealing.take_in)
    subscribe("pictures.kept", tasks.move_kept, PictureKept)
    subscribe("pictures.erased", tasks.forget_erased, PictureErased)
    subscribe("pictures.conversations", tasks.erase_with, ConversationErased)


MODULE = Module(
    budgets=(
        # The chat goes on without.
        Budget("helpline.pictures", near=512 * MIB, each=8_000_000, in_all=20 * GIB),
    ),
    public=(Mount(namespace="picture"),),
    staff=(Mount("helpline/pictures/", "pictures"),),
    abilities={"listener": (access.SEE,), "helpline_lead": (access.DECIDE,)},
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Closed pictures"),
            says=_("Pictures that should not be here: one supervisor decides."),
            url_name="staff:pictures:sealed",
            icon="lock",
            ability=access.DECIDE,
        ),
    ),
    pulses=(Pulse(ability=access.DECIDE, url_name="staff:pictures:pulse"),),
    measures=MEASURES,
    figures=FIGURES,
    retention=RULES,
    grants=GRANTS,
    parts={
        "talk.room": staff.room,
        "talk.composer": staff.composer,
        "talk.pane": staff.pane,
        "cases.case": staff.case,
    },
    connect=connect,
)
