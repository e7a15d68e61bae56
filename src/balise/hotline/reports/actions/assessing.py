"""The verdict: given once, looked at twice where the offence asks it, and then final."""

from collections.abc import Mapping, Sequence
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
from balise.foundation.statistics.usual import band
from balise.hotline.reports import access
from balise.hotline.reports.actions import counting
from balise.hotline.reports.actions.claiming import check_turn, forget_drafts
from balise.hotline.reports.events import (
    ContentAssessed,
    ContentDecided,
    ReviewsDiffer,
    ReviewsSettled,
    VerdictOverturned,
    items_counted,
)
from balise.hotline.reports.models import LINE, RATIONALE, Assessment, Content
from balise.hotline.reports.queries.reviews import of_round, said
from balise.hotline.reports.rules import assessing
from balise.hotline.reports.rules.assessing import Look, Said
from balise.hotline.reports.rules.words import (
    BY_FINGERPRINT,
    SEEN_VERDICTS,
    Confidence,
    ContentState,
    Ground,
    Verdict,
)
from balise.takedown.law import actions as law
from balise.takedown.law.rules import (
    Certainty,
    Facts,
    Offence,
    check_citable,
    check_days,
    offence_on,
)
from balise.takedown.tracing import access as traces, queries as tracing
from balise.takedown.tracing.rules.live import Found
from balise.takedown.watch import access as watching, queries as watch
from balise.takedown.watch.rules import WatchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an analyst decides: `facts_on` is the day by whose law the offence is named.

    It is the last of the days of the facts; `facts_from` is the first, None where there is none or
    nobody knows it; `certainty` says how sure they are.

    `rationale` is written in the language `written_in` (`fr`, `en`); `translations` say the same
    in others, by language; `answers` are those that led to the offence, by question. `ground` is
    how one knows; None for what is known, or was found. `look` counts where someone looked.
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
    ground: Ground | None = None
    look: Look = field(default_factory=Look)

    @property
    def facts(self) -> Facts:
        return Facts(self.facts_on, self.facts_from, self.certainty)


@dataclass(frozen=True, slots=True)
class Seen:
    """The ground of a verdict, and when the content was seen; None where nobody saw it.

    `where` and `tool` say how someone looked. `opened_at`: when the encrypted data were opened.
    """

    ground: Ground
    at: datetime | None = None
    where: str = ""
    tool: str = ""
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A decision, its ground, and the offence in the text that it is decided by.

    `look` is its place among the reviews of this round.
    """

    decision: Decision
    seen: Seen
    offence: Offence | None = None
    look: int = 1


def assess(*, content_id: UUID, decision: Decision, by: Actor) -> ContentState:
    """Save a verdict, or another review of one, and return the state that follows.

    Refuses what is decided, what the analyst has not taken, what they say unseen, a report of
    danger that they have not read, an illegal content without its offence, an offence without a
    text on the day of the facts, a text annulled since, days that are still to come or out of
    order, and another look by the same eyes. The text and the pack that it was read in are frozen
    with it. Until a verdict stands (`rules.assessing`), the content says nothing of any review:
    the second one is blind. Where two differ, a third decides; all are kept.
    """
    access.require(by, access.ASSESS)
    assessing.check_offence_named(decision.verdict, decision.offence)
    moment = now()
    with transaction.atomic():
        content = Content.locked(content_id)
        check_turn(content=content, at=moment, by=by)
        before = of_round(content)
        seen = _seen(content, decision, at=moment, by=by)
        assessing.check_danger_read(is_unread=_is_danger_unread(content))
        check_days(decision.facts, today=today())
        offence = _named(decision)
        given = Given(decision, seen, offence, look=len(before) + 1)
        stands = assessing.stands(
            [said(one) for one in before],
            Said(decision.verdict, decision.offence),
            asks_second=_asks_second_look(decision, offence),
            in_danger=content.danger,
        )
        final = stands == len(before)
        last = write_down(content=content, given=given, final=final, at=moment, by=by)
        state = move_on(content=content, given=given, final=final, at=moment, by=by)
        _tell_reviewers(content, before, last, at=moment, by=by)
        if stands is not None and not final:
            return let_stand(content=content, one=before[stands], at=moment, by=by)
        return state


def let_stand(*, content: Content, one: Assessment, at: datetime, by: Actor) -> ContentState:
    """Give a locked content the verdict of a review that waited for another one."""
    content.assessments.filter(is_final=True).update(is_final=False)
    one.is_final = True
    one.save(update_fields=("is_final",))
    return _decide(
        content,
        verdict=Verdict(one.verdict),
        category=one.category,
        offence=one.offence,
        at=at,
        by=by,
    )


def _tell_reviewers(
    content: Content, before: Sequence[Assessment], last: Assessment, *, at: datetime, by: Actor
) -> None:
    """Write down that two differ, or what a third decided; mark it for those who are to read it."""
    otherwise = [one for one in before if said(one) != said(last)]
    if len(before) == 1 and otherwise:
        record(ReviewsDiffer(subject=content.id), by=by)
    elif before[1:]:
        alone = assessing.is_by_lead_alone([one.by for one in before], by=by.key)
        record(ReviewsSettled(subject=content.id, by_lead_alone=alone), by=by)
        for one in otherwise:
            record(VerdictOverturned(subject=content.id, verdict=Verdict(one.verdict)), by=by)
        otherwise = list(before)
    ids = [one.id for one in otherwise]
    Assessment.objects.filter(id__in=ids).update(differs_since=at)


def write_down(
    *, content: Content, given: Given, final: bool, at: datetime, by: Actor
) -> Assessment:
    """Save the decision on a locked content; its reasons are encrypted, its draft is deleted."""
    decision, offence = given.decision, given.offence
    assessment_id = uuid4()
    key = key_of_line(LINE, content.id)
    if final:  # of a content that was put back, the verdict of before gives way
        content.assessments.filter(is_final=True).update(is_final=False)
    one = Assessment.objects.create(
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
        ground=given.seen.ground,
        seen_at=given.seen.at,
        looked_where=given.seen.where,
        looked_with=given.seen.tool,
        opened_at=given.seen.opened_at,
        look=given.look,
        is_final=final,
        sealed=key.seal(_reasons(decision), where=RATIONALE, row=assessment_id),
    )
    forget_drafts(content_ids=[content.id], by=by)
    return one


def _seen(content: Content, decision: Decision, *, at: datetime, by: Actor) -> Seen:
    """Return the ground of a verdict, and the moment of a look; refuse one without any."""
    earlier = content.assessments.filter(is_final=True, verdict=decision.verdict)
    known = earlier.exclude(ground__in=BY_FINGERPRINT).first()
    is_gone, is_seen = decision.verdict is Verdict.GONE, decision.verdict in SEEN_VERDICTS
    looked = assessing.Looked(
        opened=content.opened_at is not None,
        known=known is not None,
        watch_found_gone=is_gone and _watch_found(WatchState.GONE, content, by),
        watch_found_online=is_seen and _watch_found(WatchState.ONLINE, content, by),
        name_leads_nowhere=is_gone and _leads_nowhere(content, by),
        fingerprinted=is_seen and content.fingerprints.exists(),
    )
    rests_on, opened_at = (
        assessing.ground(decision.verdict, decision.ground, looked),
        content.opened_at,
    )
    if rests_on is not Ground.LOOKED:
        return Seen(rests_on, opened_at=opened_at)
    look = decision.look
    seen_at = assessing.looked_at(look, since=content.first_reported_at, now=at)
    return Seen(rests_on, seen_at, look.where, look.tool, opened_at)


def _is_danger_unread(content: Content) -> bool:
    """Return whether a report of danger was not there when the content was opened last."""
    if not content.danger or content.opened_at is None:
        return content.danger
    later = content.reports.filter(danger=True, last_answer_at__gt=content.opened_at)
    return later.exists()


def _watch_found(state: WatchState, content: Content, by: Actor) -> bool:
    if not by.may(watching.READ):
        return False
    watched = watch.of(line=LINE, subjects=[content.id], seen_by=by).get(content.id)
    return watched is not None and watched.state == state


def _leads_nowhere(content: Content, by: Actor) -> bool:
    if not by.may(traces.READ):
        return False
    asked = tracing.last_asked(line=LINE, subject=content.id, seen_by=by)
    return asked is not None and asked.found is Found.NOWHERE


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


def _reasons(decision: Decision) -> dict[str, JSON]:
    return {
        "text": decision.rationale,
        "written_in": decision.written_in,
        "translations": dict(decision.translations),
        "answers": dict(decision.answers),
    }


def move_on(
    *, content: Content, given: Given, final: bool, at: datetime, by: Actor
) -> ContentState:
    """Give a locked content the state of its verdict, and record the events.

    One that is not final leaves nothing of itself on the content: the next review is blind.
    """
    decision, offence = given.decision, given.offence
    seconds, fell_in = _took(content, at)
    fact = ContentAssessed(
        subject=content.id,
        verdict=decision.verdict,
        category=Code(decision.category),
        offence=Code(decision.offence),
        law_text=Code(offence.version if offence else ""),
        confidence=decision.confidence,
        ground=given.seen.ground,
        second_look=not final,
        final=final,
        seconds=seconds,
        band=fell_in,
    )
    record(fact, by=by)
    if final:
        return _decide(
            content,
            verdict=decision.verdict,
            category=decision.category,
            offence=decision.offence,
            at=at,
            by=by,
        )
    content.state = ContentState.SECOND_LOOK
    _let_go(content)
    return ContentState.SECOND_LOOK


def _decide(
    content: Content, *, verdict: Verdict, category: str, offence: str, at: datetime, by: Actor
) -> ContentState:
    seconds, fell_in = _took(content, at)
    state = assessing.state_after(verdict)
    content.state, content.decided_at = state, at
    content.category, content.verdict, content.offence = category, verdict, offence
    _let_go(content, "category", "verdict", "offence")
    decided = ContentDecided(
        subject=content.id,
        verdict=verdict,
        state=state,
        category=Code(category),
        seconds=seconds,
        band=fell_in,
    )
    record(decided, by=by)
    if verdict is Verdict.ILLEGAL:
        shown = (item.shown for item in content.items.order_by("id"))
        record_many(items_counted(content.id, shown, on=day_of(at)), by=by)
        counting.enter(content=content, on=day_of(at), by=by)
    return state


def _let_go(content: Content, *also: str) -> None:
    content.claimed_by, content.claimed_at, content.opened_at = "", None, None
    content.closing = None
    kept = ("state", "decided_at", "claimed_by", "claimed_at", "opened_at", "closing")
    content.save(update_fields=(*kept, *also))


def _took(content: Content, at: datetime) -> tuple[int, Code]:
    took = max(at - content.waits_since, assessing.NO_TIME)
    return int(took.total_seconds()), Code(band(took))
