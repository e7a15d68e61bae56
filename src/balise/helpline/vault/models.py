"""Ciphertext that only a device or a case opens, and what was asked and opened, in clear.

Nothing here opens a backup or a link: their keys never reach the centre. A shared item opens with
the key of its case, which is encrypted under the case's record key.
"""

from django.db import models
from django.db.models import Q

from balise.foundation.locking import Lockable
from balise.helpline.vault.rules.asking import AskState
from balise.helpline.vault.rules.handing import How, Stand, Who
from balise.helpline.vault.rules.sharing import ShareState

LINE = "helpline"
IDENTITY = "helpline_vault.casekey.sealed"
INVITED = "vault-invitation"  # the field of the blind index of an invitation's words


class CaseKey(Lockable):
    """The age key of a case. Its id is what a device knows the case by, and tells nothing."""

    case = models.UUIDField(unique=True, db_column="case_id")
    recipient = models.CharField(max_length=62)
    signature = models.BinaryField(max_length=64)
    signed_by = models.CharField(max_length=40)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()


class Invitation(Lockable):
    """Eight words, as a blind index, by which a device may share with a case for some days."""

    key = models.ForeignKey(CaseKey, models.CASCADE, related_name="invitations")
    index = models.BinaryField(max_length=16, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    # The four words that compare the key: the device commits, the side of the case answers, the
    # device reveals. The public door writes what the device says, the worker the rest.
    committed = models.BinaryField(max_length=32, default=b"", blank=True)
    answered_to = models.BinaryField(max_length=32, default=b"", blank=True)
    answer = models.BinaryField(max_length=32, default=b"", blank=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    revealed = models.BinaryField(max_length=32, default=b"", blank=True)


class Ask(Lockable):
    """What a listener asks for in a chat: to share with its case. It is taken up once.

    It holds no secret: the session of the chat is what takes it up.
    """

    conversation = models.UUIDField(unique=True, db_column="conversation_id")
    key = models.ForeignKey(CaseKey, models.CASCADE, related_name="asks")
    # The account of the listener: it stands while they are in the conversation.
    asked_by = models.CharField(max_length=36)
    state = models.CharField(max_length=8, choices=AskState, default=AskState.ASKED)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)


class Share(Lockable):
    """An item that a device shares with a case: an age header, its body, perhaps its timestamp."""

    locked_with = "key"

    key = models.ForeignKey(CaseKey, models.CASCADE, related_name="shares")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    state = models.CharField(max_length=7, choices=ShareState, default=ShareState.SHARED)
    header = models.BinaryField()
    # What was sent at once; what came in pieces is in the upload that became the body. The database
    # refuses to delete that one: Django would ask for columns that the public door may not read.
    body = models.BinaryField(default=b"", blank=True)
    upload = models.OneToOneField("Backup", models.DO_NOTHING, null=True, blank=True)
    length = models.PositiveIntegerField(default=0)
    # The whole answer of the timestamp authority, where the device has one.
    stamp = models.BinaryField(default=b"", blank=True)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    openings = models.PositiveIntegerField(default=0)
    # When it was first drawn on a screen here: a page that was opened may have shown nothing.
    seen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When it was handed over with their yes: no revocation calls that back.
    handed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("key", "received_at"), name="shares_of_case"),)
        constraints = (
            models.CheckConstraint(
                name="what_is_not_shared_holds_nothing",
                condition=Q(state=ShareState.SHARED)
                | Q(header=b"", body=b"", upload__isnull=True, ended_at__isnull=False),
            ),
        )


class Handing(Lockable):
    """A young person's yes to hand items of a case to an authority, and the dossier it became.

    Its id is what the dossier knows it by; it tells nothing of the case.
    """

    locked_with = "key"

    key = models.ForeignKey(CaseKey, models.CASCADE, related_name="handings")
    authority = models.CharField(max_length=20)
    said_by = models.CharField(max_length=12, choices=Who)
    said_how = models.CharField(max_length=9, choices=How)
    said_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    dossier = models.UUIDField(null=True, blank=True, db_column="dossier_id")

    class Meta:
        indexes = (models.Index(fields=("key", "noted_at"), name="handings_of_case"),)
        constraints = (
            models.CheckConstraint(
                name="what_was_taken_back_is_not_handed_over",
                condition=Q(handed_at__isnull=True, dossier__isnull=True)
                | Q(handed_at__isnull=False, dossier__isnull=False, taken_back_at__isnull=True),
            ),
        )

    @property
    def stand(self) -> Stand:
        """Where the yes stands."""
        if self.handed_at is not None:
            return Stand.HANDED
        return Stand.OPEN if self.taken_back_at is None else Stand.TAKEN_BACK


class HandedItem(models.Model):
    """One item that a yes is about."""

    handing = models.ForeignKey(Handing, models.CASCADE, related_name="items")
    share = models.ForeignKey(Share, models.CASCADE, related_name="handings")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("handing", "share"), name="an_item_is_in_a_yes_once"),
        )


class Backup(Lockable):
    """A vault's backup under an opaque place; the token that opens the place is kept as a hash.

    Or the upload of one item on its way, which becomes the body of one share or one link.
    """

    locator_hash = models.BinaryField(max_length=32, unique=True)
    secret_hash = models.BinaryField(max_length=32)
    pieces_said = models.PositiveIntegerField(default=0)
    # Not kept: a large item on its way to a case or to a link, in pieces.
    is_passing = models.BooleanField(default=False)
    used_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=("used_on",), name="backups_used"),)


class Piece(Lockable):
    """One padded piece of a backup."""

    backup = models.ForeignKey(Backup, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    octets = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("backup", "number"), name="a_piece_is_there_once"),
        )


class Link(Lockable):
    """An item for a lawyer or a school: its key is in the part of the address that nobody sends."""

    secret_hash = models.BinaryField(max_length=32, unique=True)
    body = models.BinaryField(default=b"", blank=True)
    upload = models.OneToOneField(Backup, models.DO_NOTHING, null=True, blank=True)
    length = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    openings = models.PositiveIntegerField()
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("until",), name="vault_links_until"),)


class Stamp(Lockable):
    """A commitment for which a timestamp was asked; when it came here, and what was answered."""

    commitment = models.BinaryField(max_length=32, unique=True)
    received_at = models.DateTimeField()
    answer = models.BinaryField(default=b"", blank=True)

    class Meta:
        indexes = (models.Index(fields=("received_at",), name="stamps_received"),)
