"""Ask the banks whether something is known: once for all its hashes, in all its turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.journal.book import record
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import seeing
from balise.hotline.matching.banks.events import LookUpMade, LookUpPartial, match_of
from balise.hotline.matching.banks.memory.logged import Noted, book
from balise.hotline.matching.banks.models import ASKED, LINE, LookUp
from balise.hotline.matching.banks.queries.hits import Missing, Near, hits_of, seen_lately
from balise.hotline.matching.banks.rules import asking, deciding
from balise.hotline.matching.banks.rules.asking import Asker, kinds_of, outcome_of
from balise.hotline.matching.banks.rules.deciding import Hit, Settled, decide
from balise.hotline.matching.signals.rules.kinds import Clip, Signal

__all__ = ["Hit", "LookedUp", "Near", "Settled", "look_up", "look_up_quickly"]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer to a look-up. One that `is_partial` is never "no match": ask again."""

    id: UUID
    hits: tuple[Hit, ...]
    near: tuple[Near, ...]
    is_partial: bool
    verdict: Settled | None

    @property
    def is_known(self) -> bool:
        """Whether the content inherits a verdict."""
        return self.verdict is not None and self.verdict.is_known


def look_up(
    *,
    signals: Sequence[Signal | Clip],
    handle: UUID | None = None,
    asker: Asker = Asker.ANALYST,
    by: Actor,
) -> LookedUp:
    """Ask what is known of one content, by all the hashes that it has.

    `asker` is whose question it is, for the list of past ones. `handle` stands for the content:
    where it is given, and no bank knows the content, its hashes stay for a set time, and what is
    alike among those seen lately is returned. Raises `QuestionFaulty` for what is no hash,
    `QuestionTooLong` for films that are.
    """
    hits, missing, verdict = _asked(signals, by)
    near = seen_lately(signals, but=handle) if handle else ()
    answer = LookedUp(uuid4(), hits, near, bool(missing), verdict)
    with transaction.atomic():
        _write(answer, signals, handle, asker, by)
        seeing.count(entries=[hit.entry for hit in hits], by=by)
        if handle and not answer.is_known:
            seeing.remember(signals=signals, handle=handle, by=by)
        if handle and answer.is_known and verdict and verdict.hit:
            record(match_of(handle, verdict.hit, verdict.rule, is_late=False), by=by)
        if missing:
            record(LookUpPartial(subject=answer.id, missing=len(missing)), by=by)
    return answer


def look_up_quickly(*, signals: Sequence[Signal | Clip], by: Actor) -> LookedUp:
    """Ask as a partner's program does: what was asked is written down within a second.

    Nothing is kept beside, and no handle is taken. One that is not whole is not written. Refuses
    what `look_up` refuses.
    """
    hits, missing, verdict = _asked(signals, by)
    answer = LookedUp(uuid4(), hits, (), bool(missing), verdict)
    if not missing:
        book().note(Noted(answer.id, clock.now(), signals, hits, verdict, by))
    return answer


def _asked(
    signals: Sequence[Signal | Clip], by: Actor
) -> tuple[tuple[Hit, ...], Missing, Settled | None]:
    """Return what the banks know, what did not answer, and what that comes to, for every door."""
    access.require(by, access.LOOK_UP)
    asking.check_asked(signals)
    hits, missing = hits_of(signals)
    return hits, missing, decide(hits, is_partial=bool(missing))


def _write(
    answer: LookedUp,
    signals: Sequence[Signal | Clip],
    handle: UUID | None,
    asker: Asker,
    by: Actor,
) -> None:
    rule = answer.verdict.rule if answer.verdict else None
    key = new_key(LINE, answer.id)
    payload = deciding.said(signals, answer.hits, is_partial=answer.is_partial)
    LookUp.objects.create(
        id=answer.id,
        at=clock.now(),
        subject=handle,
        actor_kind=by.kind,
        actor_key=by.key,
        asker=asker,
        kinds=kinds_of(signals),
        hits=len(answer.hits),
        rule=rule or "",
        outcome=outcome_of(rule),
        sealed=key.seal(payload, where=ASKED, row=answer.id),
    )
    keep(key)
    record(LookUpMade(subject=answer.id, hits=len(answer.hits)), by=by)
