"""A device backs its vault up: padded ciphertext under a place that only it can name."""

import hmac
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import today
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record
from balise.helpline.vault.events import BackupBegun, BackupErased
from balise.helpline.vault.models import Backup, Piece
from balise.helpline.vault.rules.bounds import (
    BACKED_UP_FOR,
    MOST_PIECES,
    Malformed,
    check_piece,
    read_secret,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A backup: the pieces that are there, how many the device said, and until when it is kept."""

    pieces: tuple[int, ...]
    of: int
    until: date

    @property
    def is_whole(self) -> bool:
        """Whether every piece is there: half a backup is said to be half."""
        return self.of > 0 and self.pieces == tuple(range(self.of))


def put(
    *, locator: object, auth: object, number: int, of: int, octets: bytes, by: Actor = ANYONE
) -> Standing:
    """Keep a piece, over one of the same number; the first makes the backup, with its token.

    Pieces beyond `of`, the number in all, are dropped. Refuses what `check_piece` does, (Malformed)
    a place that has none, and (NotHere) the wrong token. The journal tells of the first alone: how
    often a telephone backs up is nobody's concern.
    """
    check_piece(number, of, len(octets))
    where, token = _hashes(locator, auth)
    with transaction.atomic():
        made, is_new = Backup.objects.get_or_create(
            locator_hash=where, defaults={"secret_hash": token, "used_on": today()}
        )
        backup = _locked(where, token)
        if is_new:
            record(BackupBegun(subject=made.id), by=by)
        Piece.objects.update_or_create(backup=backup, number=number, defaults={"octets": octets})
        Piece.objects.filter(backup=backup, number__gte=of).delete()
        backup.pieces_said = of
        return _used(backup)


def stand(*, locator: object, auth: object, by: Actor = ANYONE) -> Standing:  # noqa: ARG001
    """Return what there is of a backup; asking keeps it for another year. Refuses (NotHere)."""
    with transaction.atomic():
        return _used(_locked(*_hashes(locator, auth)))


def piece(*, locator: object, auth: object, number: int, by: Actor = ANYONE) -> bytes:  # noqa: ARG001
    """Return one piece of a backup. Refuses (NotHere)."""
    with transaction.atomic():
        backup = _locked(*_hashes(locator, auth))
        found = find(Piece, backup=backup, number=min(number, MOST_PIECES))
        _used(backup)
    return bytes(found.octets)


def erase(*, locator: object, auth: object, by: Actor = ANYONE) -> None:
    """Erase a backup with all its pieces. Refuses (NotHere)."""
    with transaction.atomic():
        backup = _locked(*_hashes(locator, auth))
        record(BackupErased(subject=backup.id), by=by)
        Piece.objects.filter(backup=backup).delete()
        Backup.objects.filter(id=backup.id).delete()


def item_of(
    *, locator: object, auth: object, first: int, pieces: int, skip: int, length: int
) -> bytes:
    """Return some bytes of successive pieces: the body of an item that is shared from a backup.

    Refuses (NotHere) a piece that is not there, (Malformed) bytes that are not in them.
    """
    backup = _locked(*_hashes(locator, auth), for_update=False)
    wanted = range(first, first + min(max(pieces, 0), 64))
    found = Piece.objects.filter(backup=backup, number__in=wanted).order_by("number")
    octets = [bytes(one) for one in found.values_list("octets", flat=True)]
    if len(octets) != len(wanted):
        raise NotHere(Piece.__name__)
    whole = b"".join(octets)
    if not 0 <= skip < skip + length <= len(whole):
        raise Malformed("skip and bytes are not within the pieces")
    return whole[skip : skip + length]


def _hashes(locator: object, auth: object) -> tuple[bytes, bytes]:
    return sha256(read_secret(locator)).digest(), sha256(read_secret(auth)).digest()


def _locked(where: bytes, token: bytes, *, for_update: bool = True) -> Backup:
    rows = Backup.objects.select_for_update() if for_update else Backup.objects.all()
    backup = find(rows, locator_hash=where)
    if not hmac.compare_digest(bytes(backup.secret_hash), token):
        raise NotHere(Backup.__name__)
    return backup


def _used(backup: Backup) -> Standing:
    backup.used_on = today()
    backup.save(update_fields=("used_on", "pieces_said"))
    there = Piece.objects.filter(backup=backup).order_by("number").values_list("number", flat=True)
    return Standing(tuple(there), backup.pieces_said, backup.used_on + BACKED_UP_FOR)
