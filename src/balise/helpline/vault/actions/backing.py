"""A device backs its vault up: padded ciphertext under a place that only it can name."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import today
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.vault import queries
from balise.helpline.vault.events import BackupBegun, BackupErased
from balise.helpline.vault.models import Backup, Piece
from balise.helpline.vault.rules.bounds import BACKED_UP_FOR, MOST_PIECES, check_piece


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
    *,
    locator: object,
    auth: object,
    number: int,
    of: int,
    octets: bytes,
    is_passing: bool = False,
    by: Actor = ANYONE,
) -> Standing:
    """Keep a piece, over one of the same number; the first makes the backup, with its token.

    One that `is_passing` carries an item to a case or a link, which take it; else it is kept for
    a day at most.

    Pieces beyond `of`, the number in all, are dropped. Refuses what `check_piece` does, (Malformed)
    a place that has none, and (NotHere) the wrong token. The journal tells of the first alone: how
    often a telephone backs up is nobody's concern.
    """
    check_piece(number, of, len(octets))
    place = queries.place_of(locator, auth)
    with transaction.atomic():
        made, is_new = Backup.objects.get_or_create(
            locator_hash=place.where,
            defaults={
                "secret_hash": place.token,
                "used_on": today(),
                "is_passing": is_passing,
            },
        )
        backup = _locked(place)
        if is_new:
            record(BackupBegun(subject=made.id), by=by)
        Piece.objects.update_or_create(backup=backup, number=number, defaults={"octets": octets})
        Piece.objects.filter(backup=backup, number__gte=of).delete()
        backup.pieces_said = of
        return _used(backup)


def stand(*, locator: object, auth: object, by: Actor = ANYONE) -> Standing:  # noqa: ARG001
    """Return what there is of a backup; asking keeps it for another year. Refuses (NotHere)."""
    with transaction.atomic():
        return _used(_locked(queries.place_of(locator, auth)))


def piece(*, locator: object, auth: object, number: int, by: Actor = ANYONE) -> bytes:  # noqa: ARG001
    """Return one piece of a backup. Refuses (NotHere)."""
    with transaction.atomic():
        backup = _locked(queries.place_of(locator, auth))
        found = find(Piece, backup=backup, number=min(number, MOST_PIECES))
        _used(backup)
    return bytes(found.octets)


def erase(*, locator: object, auth: object, by: Actor = ANYONE) -> None:
    """Erase a backup with all its pieces. Refuses (NotHere)."""
    with transaction.atomic():
        backup = _locked(queries.place_of(locator, auth))
        record(BackupErased(subject=backup.id), by=by)
        Piece.objects.filter(backup=backup).delete()
        Backup.objects.filter(id=backup.id).delete()


def _locked(place: queries.Place) -> Backup:
    return queries.backup_at(place, among=queries.OPEN.select_for_update(of=("self",)))


def _used(backup: Backup) -> Standing:
    backup.used_on = today()
    backup.save(update_fields=("used_on", "pieces_said"))
    there = Piece.objects.filter(backup=backup).order_by("number").values_list("number", flat=True)
    return Standing(tuple(there), backup.pieces_said, backup.used_on + BACKED_UP_FOR)
