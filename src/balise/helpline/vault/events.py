"""What happened around vaults: ids and codes, never a word or a hash of anyone's."""

from uuid import UUID

from balise.foundation.journal.events import Code, Event
from balise.helpline.vault.rules.handing import How, Who


class InvitationMade(Event, name="helpline.vault.invited"):
    """A listener made eight words for sharing; the subject is the case."""


class InvitationTaken(Event, name="helpline.vault.invitation-taken"):
    """A device asked with the words, and committed; the subject is the id of the case's key."""


class InvitationAnswered(Event, name="helpline.vault.invitation-answered"):
    """The side of the case drew its part of the four words; the subject is the key's id."""


class WordsRevealed(Event, name="helpline.vault.words-revealed"):
    """A device showed its part: both sides show four words; the subject is the key's id."""


class AskedInChat(Event, name="helpline.vault.asked"):
    """A listener asked in a chat to share with its case; the subject is the conversation."""

    case: UUID


class AskTakenBack(Event, name="helpline.vault.ask-taken-back"):
    """The listener asks no longer; the subject is the conversation."""


class AskDeclined(Event, name="helpline.vault.ask-declined"):
    """The young person said no; the subject is the conversation."""


class AskTakenUp(Event, name="helpline.vault.ask-taken-up"):
    """A vault took the key of the case by the chat's session; the subject is the conversation."""


class AskToldShared(Event, name="helpline.vault.ask-shared"):
    """The chat was told that something came to its case; the subject is the conversation."""


class ItemShared(Event, name="helpline.vault.shared"):
    """A device shared an item with a case; the subject is the share."""

    key: UUID


class ShareOpened(Event, name="helpline.vault.opened"):
    """Someone on the case opened an item; the young person can read when."""

    case: UUID


class ShareDrawn(Event, name="helpline.vault.drawn"):
    """Someone on the case looked at a picture of an item: counted as exposure."""

    case: UUID


class ShareShown(Event, name="helpline.vault.shown"):
    """An item was drawn on a screen here, for the first time: the young person can read when."""

    case: UUID


class ShareRevoked(Event, name="helpline.vault.revoked"):
    """The device took an item back: header and body are erased."""


class ShareClosed(Event, name="helpline.vault.closed"):
    """Someone said of a picture that it should not be here; it is erased from the case."""

    case: UUID


class BackupBegun(Event, name="helpline.vault.backup-begun"):
    """A device began a backup."""


class BackupErased(Event, name="helpline.vault.backup-erased"):
    """A device erased its backup."""


class LinkMade(Event, name="helpline.vault.link-made"):
    """A device made a link for someone else."""


class LinkOpened(Event, name="helpline.vault.link-opened"):
    """Someone with the link took the item."""


class LinkWithdrawn(Event, name="helpline.vault.link-withdrawn"):
    """The device took the link back."""


class StampAsked(Event, name="helpline.vault.stamp-asked"):
    """A device asked for a timestamp."""


class Stamped(Event, name="helpline.vault.stamped"):
    """A timestamp was brought, and holds."""


class YesNoted(Event, name="helpline.vault.yes-noted"):
    """A young person agreed that items go to an authority; the subject is the yes."""

    case: UUID
    authority: Code
    said_by: Who
    said_how: How
    items: int


class YesTakenBack(Event, name="helpline.vault.yes-taken-back"):
    """They took it back before anything was handed over; the subject is the yes."""

    case: UUID


class PaperRead(Event, name="helpline.vault.paper-read"):
    """Someone on the case opened the paper for the authority; the subject is the yes."""

    case: UUID


class EvidenceHanded(Event, name="helpline.vault.handed"):
    """What they agreed to was handed over, as a dossier; the subject is the yes."""

    case: UUID
    dossier: UUID
    authority: Code
    items: int


class EvidencePacked(Event, name="helpline.vault.packed"):
    """Someone on the case took out its dossier; the subject is the case."""

    items: int
