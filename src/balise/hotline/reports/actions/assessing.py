"""The verdict: given once, looked at twice where the offence asks it, and then final."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now, today
from balise.foundation.encryption.envelope import JSON
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.hotline.reports import access
from balise.hotline.reports.events import (
    ContentAssessed,
    ContentDecided,
    VerdictOverturned,
    items_counted,
)
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.models.writing import LINE, RATIONALE
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.words import Confidence, State, Verdict
from balise.takedown.law import actions as law
from balise.takedown.law.rules import (
    Certainty,
    Facts,
    Offence,
    check_citable,
    check_days,
    offence_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an analyst decides: `facts_on` is the day by whose law the offence is named.

    It is the last of the days of the facts; `facts_from` is the first, None where there is none or
    nobody knows it; `certainty` says how sure they are.

    `rationale` is written in the language `written_in` (`fr`, `en`); `translations` say the same
    in others, by language; `answers` are those that led to the offence, by question.
    """

    verdict: Verdict
    category: str
    offence: str
    facts_on: date
    facts_from: date | None = None
    certainty: Certainty = Certainty.EXACT
    confidence: Confidence
    rationale: str
    written_in: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        return Facts(self.facts_on, self.facts_from, self.certainty)


def assess(*, content_id: UUID, decision: Decision, by: Actor) -> State:
    """Give a verdict, or the second look on one, and return the state that follows.

    Refuses what is decided, what another analyst holds, an illegal content without its offence, an
    offence without a text on the day of the facts, a text annulled since, days that are still to
    come or out of order, and a second look by the first pair of eyes. The text and the pack that
    it was read in are frozen with it. A second analyst who decides otherwise has the
    last word; both assessments are kept.
    """
    access.require(by, access.ASSESS)
    assessing.check_offence_named(decision.verdict, decision.offence)
    moment = now()
    with transaction.atomic():
        content = Content.objects.select_for_update().get(id=content_id)
        state = State(content.state)
        first = content.assessments.order_by("at").last() if state is State.SECOND_LOOK else None
        assessing.check_can_assess(state, first_by=first.by if first else "", by=by.key)
        if _is_held(content, by, moment):
            raise assessing.ClaimedByAnother(str(assessing.CLAIMED_BY_ANOTHER))
        check_days(decision.facts, today=today())
        offence = _named(decision)
        final = first is not None or not _asks_second_look(decision, offence)
        _write_down(content, decision, offence, final=final, at=moment, by=by)
        if first is not None and first.verdict != decision.verdict:
            fact = VerdictOverturned(subject=content.id, verdict=Verdict(first.verdict))
            record(fact, by=by)
        return _move_on(content, decision, offence, final=final, at=moment, by=by)


def close_out_of_scope(*, content_ids: list[UUID], by: Actor) -> int:
    """Close contents that are no business of a hotline, many at once; return how many were open.

    Only what waits for its first verdict and is held by nobody else is closed.
    """
    access.require(by, access.CLOSE_MANY)
    moment = now()
    closed = 0
    with transaction.atomic():
        waiting = Content.objects.select_for_update().filter(
            id__in=content_ids, state=State.WAITING
        )
        for content in waiting.order_by("identity_key"):  # intake's order: nobody waits crosswise
            if _is_held(content, by, moment):
                continue
            decision = Decision(
                verdict=Verdict.OUT_OF_SCOPE,
                category=content.category,
                offence="",
                facts_on=day_of(content.waits_since),
                confidence=Confidence.SURE,
                rationale="",
            )
            _write_down(content, decision, None, final=True, at=moment, by=by)
            _move_on(content, decision, None, final=True, at=moment, by=by)
            closed += 1
    return closed


def _is_held(content: Content, by: Actor, moment: datetime) -> bool:
    return assessing.is_held_by_another(
        content.claimed_by, content.claimed_at, by=by.key, at=moment
    )


def _named(decision: Decision) -> Offence | None:
    """Return the offence that a decision names in the text of the day, or refuse it."""
    if not decision.offence:
        return None
    offence = offence_on(decision.offence, on=decision.facts_on, country=settings.COUNTRY)
    check_citable(offence)
    return offence


def _asks_second_look(decision: Decision, offence: Offence | None) -> bool:
    return assessing.asks_second_look(
        decision.verdict,
        offence_asks=offence is not None and offence.second_look,
        confidence=decision.confidence,
    )


def _write_down(
    content: Content,
    decision: Decision,
    offence: Offence | None,
    *,
    final: bool,
    at: datetime,
    by: Actor,
) -> None:
    assessment_id = uuid4()
    key = key_of_line(LINE, content.id)
    if final:  # of a content that was put back, the verdict of before gives way
        content.assessments.filter(is_final=True).update(is_final=False)
    Assessment.objects.create(
        id=assessment_id,
        content=content,
        by=by.key,
        at=at,
        verdict=decision.verdict,
        category=decision.category,
        offence=decision.offence,
        facts_on=decision.facts_on,
        facts_from=decision.facts_from,
        facts_certainty=decision.certainty,
        law_text=offence.version if offence else "",
        law_pack=law.freeze(country=settings.COUNTRY, by=by) if offence else "",
        confidence=decision.confidence,
        is_final=final,
        sealed=key.seal(_reasons(decision), where=RATIONALE, row=assessment_id),
    )


def _reasons(decision: Decision) -> dict[str, JSON]:
    return {
        "text": decision.rationale,
        "written_in": decision.written_in,
        "translations": dict(decision.translations),
        "answers": dict(decision.answers),
    }


def _move_on(
    content: Content,
    decision: Decision,
    offence: Offence | None,
    *,
    final: bool,
    at: datetime,
    by: Actor,
) -> State:
    took = max(at - content.waits_since, assessing.NO_TIME)
    seconds, band = int(took.total_seconds()), Code(assessing.band(took))
    state = assessing.state_after(decision.verdict) if final else State.SECOND_LOOK
    content.state = state
    content.category = decision.category
    content.verdict = decision.verdict
    content.offence = decision.offence
    content.decided_at = at if final else None
    content.claimed_by, content.claimed_at = "", None
    content.save(
        update_fields=(
            "state",
            "category",
            "verdict",
            "offence",
            "decided_at",
            "claimed_by",
            "claimed_at",
        )
    )
    fact = ContentAssessed(
        subject=content.id,
        verdict=decision.verdict,
        category=Code(decision.category),
        offence=Code(decision.offence),
        law_text=Code(offence.version if offence else ""),
        confidence=decision.confidence,
        second_look=not final,
        final=final,
        seconds=seconds,
        band=band,
    )
    record(fact, by=by)
    if final:
        decided = ContentDecided(
            subject=content.id,
            verdict=decision.verdict,
            state=state,
            category=Code(decision.category),
            seconds=seconds,
            band=band,
        )
        record(decided, by=by)
    if final and decision.verdict is Verdict.ILLEGAL:
        shown = (item.shown for item in content.items.order_by("id"))
        record_many(items_counted(content.id, shown), by=by)
    return state
