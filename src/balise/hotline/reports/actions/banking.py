"""A person's verdict becomes the opinion of the centre's own bank on the content's hashes.

What was decided otherwise since, or waits again, is stopped in the bank first and asked after; what
inherited from it goes before a person.
"""

from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.actions.keeping import BankThere
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal
from balise.hotline.reports import access
from balise.hotline.reports.actions.correcting import put_back
from balise.hotline.reports.events import FingerprintsBanked, InheritanceRecalled, MatchJudged
from balise.hotline.reports.models import Content, Fingerprint, Match, Recognition
from balise.hotline.reports.rules.known import OWN, Standing, Why, opinion_of
from balise.hotline.reports.rules.words import BY_FINGERPRINT, DECIDED_STATES, ContentState, Verdict


def bank_verdict(*, content_id: UUID, by: Actor) -> Opinion | None:
    """Let the centre's own bank think of a content's hashes what its final verdict says.

    Return what it thinks now, None where it keeps none of them. Of a content that waits again, its
    hashes are held. The sources of other entries that match hear what a person decided.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        final = content.assessments.filter(is_final=True).first()
        hashes = list(content.fingerprints.order_by("at", "id"))
        banked = [one for one in hashes if one.entry is not None]
        if content.state not in DECIDED_STATES:
            held = [one for one in banked if one.opinion != Opinion.DISPUTED]
            if held:
                keeping.hold(entries=[one.entry for one in held if one.entry is not None], by=by)
                _keep(content, held, Opinion.DISPUTED, by=by)
            return Opinion.DISPUTED if banked else None
        thinks = opinion_of(final.verdict, final.ground) if final else None
        if thinks is None:
            changed = [one for one in banked if one.opinion]
            if changed:
                keeping.withdraw(entries=[one.entry for one in changed if one.entry], by=by)
                _keep(content, changed, None, by=by)
        else:
            _think(content, hashes, thinks, by=by)
            _judge(content, thinks, by=by)
    return thinks


def recall(*, entry: int, by: Actor) -> int:
    """Put before a person what inherited its verdict from an entry that left its bank.

    Return how many contents. One of which nobody was asked to remove anything waits again;
    of any other the verdict stands until a person contests it. What a person has decided since is
    left alone.
    """
    access.require(by, access.ASSESS)
    ids = list(
        Match.objects.filter(entry=entry, counts=True)
        .order_by("content")
        .values_list("content", "bank")
    )
    return sum(_recall(content_id, bank, entry, by=by) for content_id, bank in ids)


def _recall(content_id: UUID, bank: str, entry: int, *, by: Actor) -> bool:
    with transaction.atomic():
        content = Content.locked(content_id)
        known = Recognition.objects.select_for_update().get(content=content)
        inherited = content.assessments.filter(is_final=True, ground__in=BY_FINGERPRINT)
        if content.state not in DECIDED_STATES or not inherited.exists():
            return False
        if known.standing == Standing.RECALLED:
            return False
        waits = content.state == ContentState.CLOSED or (
            content.state == ContentState.REMOVING and content.removal_asked_at is None
        )
        known.standing, known.why = Standing.RECALLED, Why.RECALLED
        known.save(update_fields=("standing", "why"))
        fact = InheritanceRecalled(subject=content.id, bank=Code(bank), entry=entry, reopened=waits)
        record(fact, by=by)
        if waits:
            put_back(content=content, by=by)
    return True


def _add(content: Content, one: Fingerprint, thinks: Opinion, *, by: Actor) -> int:
    """Add a hash to the centre's own bank, which the first one makes; return its entry."""
    add = partial(
        keeping.add,
        bank=OWN,
        signals=[Signal(HashKind(one.kind), bytes(one.value), one.quality)],
        opinion=thinks,
        labels=_labels(content),
        reference=str(content.id),
        by=by,
    )
    try:
        (entry,) = add()
    except NotHere:
        with suppress(BankThere):
            keeping.add_bank(code=OWN, by=by)
        (entry,) = add()
    return entry


def _think(content: Content, hashes: list[Fingerprint], thinks: Opinion, *, by: Actor) -> None:
    """Add the hashes that the bank lacks; change what it thinks of the others."""
    changed = [one for one in hashes if one.opinion != thinks]
    for one in changed:
        held = one.opinion == Opinion.DISPUTED
        if one.entry is None or not one.opinion:
            one.entry = _add(content, one, thinks, by=by)
        else:
            keeping.set_opinion(entries=[one.entry], opinion=thinks, by=by)
            if held:
                keeping.release(entries=[one.entry], by=by)
    if changed:
        _keep(content, changed, thinks, by=by)


def _judge(content: Content, thinks: Opinion, *, by: Actor) -> None:
    """Write down what a person decided of a content that entries of others match."""
    for one in Match.objects.filter(content=content).exclude(bank=OWN).order_by("entry"):
        fact = MatchJudged(
            subject=content.id,
            bank=Code(one.bank),
            entry=one.entry,
            distance=one.distance,
            verdict=Verdict(content.verdict),
            opinion=Code(thinks.value),
        )
        record(fact, by=by)


def _keep(
    content: Content, changed: list[Fingerprint], thinks: Opinion | None, *, by: Actor
) -> None:
    for one in changed:
        one.opinion = thinks.value if thinks else ""
        one.save(update_fields=("entry", "opinion"))
    opinion = Code(thinks.value if thinks else "")
    record(FingerprintsBanked(subject=content.id, count=len(changed), opinion=opinion), by=by)


def _labels(content: Content) -> tuple[str, ...]:
    return tuple(code for code in (content.offence, content.category) if code)
