"""An item that came in pieces: its upload becomes the body of one share or one link.

Nothing is copied, and nothing is stored that was not sent: an upload is taken once.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.finding import NotHere
from balise.helpline.vault import queries
from balise.helpline.vault.models import Backup, Piece
from balise.helpline.vault.rules.bounds import Malformed, NotPassing, check_length, check_pieces


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that a device names: its place, how many pieces it has, how many octets count."""

    place: queries.Place
    pieces: int
    length: int


def taken(upload: Upload) -> Backup:
    """Return an upload, locked, to be kept as a body; its place is nobody's from then on.

    Call it in the transaction of what keeps it. Refuses (NotPassing) a backup, the wrong token,
    one that was taken and one whose pieces are not all there, (Malformed, TooLarge, NotSealed) a
    length that is not within the pieces.
    """
    check_pieces(upload.pieces)
    check_length(upload.length)
    refusal = NotPassing(_("An item is sent by an upload of its own."))
    try:
        found = queries.backup_at(upload.place, among=queries.OPEN.select_for_update(of=("self",)))
    except NotHere:
        raise refusal from None
    pieces = Piece.objects.filter(backup=found)
    there = set(pieces.values_list("number", flat=True))
    if not found.is_passing or there != set(range(upload.pieces)):
        raise refusal
    if upload.length > queries.octets_in(pieces):
        raise Malformed("bytes are not within the pieces")
    return found


def first_octets(upload: Backup) -> bytes:
    """Return the octets of the first piece."""
    first = Piece.objects.filter(backup=upload).order_by("number").first()
    return bytes(first.octets) if first else b""


def dropped(upload_id: UUID | None) -> None:
    """Delete an upload with its pieces; nothing where there is none."""
    if upload_id is not None:
        Piece.objects.filter(backup=upload_id).delete()
        Backup.objects.filter(id=upload_id).delete()
