"""What partners say reaches the case: the public door reads this, and nothing of the exchange."""

from collections import defaultdict
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics.usual import band
from balise.hotline.laboratory.events import FirstBlocked, PartnerAnswered
from balise.hotline.laboratory.models import BANK, Case, Heard, Item, Partner
from balise.hotline.laboratory.rules.prints import item_of
from balise.hotline.laboratory.rules.standing import OFF_THE_LIST, Said, Word, followed, joined
from balise.hotline.laboratory.rules.turned import code_of
from balise.hotline.matching.exchange.queries import Answer, answers_of, askers, holders
from balise.hotline.matching.signals.rules.kinds import Turn

_NONE: Final = timedelta()


def hear(*, reference: str, by: Actor = SYSTEM) -> None:
    """Write down what each partner says of an item of ours; a reference of others is passed.

    Again, or late, changes nothing: it reads what stands.
    """
    item_id = item_of(reference)
    if item_id is None:
        return
    found = Item.objects.filter(id=item_id).values_list("case_id", flat=True).first()
    if found is None:
        return
    with transaction.atomic():
        case, item = Case.locked(found), Item.locked(item_id)
        said: defaultdict[UUID, list[Answer]] = defaultdict(list)
        for one in answers_of([reference]):
            said[one.partner].append(one)
        for partner, answers in said.items():
            before = Heard.objects.filter(item=item, partner=partner).first()
            word = joined([_word(one) for one in answers])
            if before is not None:
                is_off = item.stands in OFF_THE_LIST
                word = followed(_heard(before), word, is_off=is_off)
            _note(item, before, partner, answers[-1].name, word, by=by)
            if word.blocked_at is not None and case.first_blocked_at is None:
                _note_first(case, word, by=by)


def _note(
    item: Item, before: Heard | None, partner: UUID, name: str, word: Word, *, by: Actor
) -> None:
    if before is not None and (before.said, before.count) == (word.said, word.copies):
        return
    one = before or Heard(item=item, partner=partner)
    one.name, one.said, one.turn, one.count = name, word.said, word.turn, word.copies
    one.at, one.blocked_at = word.at, word.blocked_at
    one.confirmed_at = word.at if word.said is Said.WITHDRAWN else None
    one.save()
    turn = "" if word.turn is None else code_of(Turn(word.turn))
    event = PartnerAnswered(
        subject=item.id, case=item.case_id, answer=Code(word.said), turn=Code(turn)
    )
    record(event, by=by)


def _note_first(case: Case, word: Word, *, by: Actor) -> None:
    if word.blocked_at is None or case.sent_at is None:
        return
    case.first_blocked_at = word.blocked_at
    case.save(update_fields=("first_blocked_at",))
    took = max(word.blocked_at - case.sent_at, _NONE)
    event = FirstBlocked(subject=case.id, seconds=int(took.total_seconds()), band=Code(band(took)))
    record(event, by=by)


def note_partners(*, by: Actor = SYSTEM) -> None:  # noqa: ARG001 - an action names its actor
    """Set whom fingerprints go to now: names of partners, and whether each holds the list."""
    current = {one.partner: (one.name, False) for one in askers(BANK)}
    current |= {one.partner: (one.name, True) for one in holders(BANK)}
    with transaction.atomic():
        Partner.objects.exclude(id__in=current).delete()
        for partner, (name, holds) in current.items():
            Partner.objects.update_or_create(id=partner, defaults={"name": name, "holds": holds})


def _heard(one: Heard) -> Word:
    return Word(Said(one.said), one.turn, one.count, one.at, one.blocked_at)


def _word(one: Answer) -> Word:
    turn = None if one.turn is None else int(one.turn)
    return Word(Said(one.replied), turn, one.count, one.at, one.blocked_at)
