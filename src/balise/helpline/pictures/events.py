"""What happened to pictures: ids and codes; the subject is the picture, or the conversation."""

from uuid import UUID

from balise.foundation.journal.events import Event
from balise.helpline.pictures.rules.showing import Outcome


class PictureDeclined(Event, name="helpline.picture.declined"):
    """A child chose not to send a picture; the subject is the conversation."""


class PictureOffered(Event, name="helpline.picture.offered"):
    """A child showed a picture."""

    conversation: UUID


class PictureOpened(Event, name="helpline.picture.seen"):  # as books already written say it
    """Its bytes went to someone of the staff: counted as exposure."""

    conversation: UUID


class PictureShown(Event, name="helpline.picture.shown"):
    """It was drawn on a screen of the staff, for the first time: the child reads it."""

    conversation: UUID


class KeepingAsked(Event, name="helpline.picture.asked"):
    """The child was asked whether it may be kept in a case."""

    conversation: UUID
    case: UUID


class PictureKept(Event, name="helpline.picture.kept"):
    """The child agreed."""

    conversation: UUID
    case: UUID


class PictureErased(Event, name="helpline.picture.erased"):
    """The child refused or took it back, or a member of the case took it out; or it was time."""

    conversation: UUID


class PictureSealed(Event, name="helpline.picture.sealed"):
    """Someone said that it should not be here: one supervisor decides, nobody else sees it."""

    conversation: UUID


class SealedTaken(Event, name="helpline.picture.taken"):
    """One supervisor is from now on the only one who may open it."""


class SealedOpened(Event, name="helpline.picture.opened"):
    """That supervisor opened it, the only time."""


class SealedPacked(Event, name="helpline.picture.packed"):
    """It was taken out, encrypted to the authority's key; nobody here can open that."""


class SealedSettled(Event, name="helpline.picture.settled"):
    """It was decided, and is erased here."""

    outcome: Outcome
