"""Ask the banks about a content, and do what follows: known content is never shown to anyone.

What follows is in one place (`rules/known.py`). A verdict is inherited, never the answer to a
report: words, danger or a child in one are read by a person whatever the banks know (decision 28).
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import key_of_line, keys_of_line
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.actions import looking
from balise.hotline.matching.banks.actions.looking import LookedUp
from balise.hotline.matching.banks.rules.asking import Asker
from balise.hotline.matching.banks.rules.deciding import Hit, Rule, rule_of
from balise.hotline.matching.signals.rules.kinds import Turn
from balise.hotline.reports import access
from balise.hotline.reports.actions import assessing
from balise.hotline.reports.actions.assessing import Decision, Given, Seen
from balise.hotline.reports.events import ContentInherited, ContentProposed, CopiesFound
from balise.hotline.reports.models import (
    LINE,
    RATIONALE,
    REPORT_BODY,
    Assessment,
    Content,
    Copy,
    Fingerprint,
    Match,
    Recognition,
    Report,
)
from balise.hotline.reports.queries import known as queries
from balise.hotline.reports.rules.assessing import CLAIM_LASTS
from balise.hotline.reports.rules.given import Answers, category_codes
from balise.hotline.reports.rules.joining import to_read
from balise.hotline.reports.rules.known import (
    OWN,
    Conclusion,
    Heard,
    Standing,
    Way,
    Why,
    asked_again_after,
    conclude,
    named,
    turned_back,
    within,
)
from balise.hotline.reports.rules.words import (
    SEEN_VERDICTS,
    Confidence,
    ContentState,
    Ground,
    ToRead,
    Verdict,
)
from balise.takedown.law.rules import Certainty, check_citable, law, offence_on

_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """The content of whose verdict an entry was made, that verdict, and whether it came first."""

    content: UUID
    final: Assessment
    is_before: bool
    is_excepted: bool


def recognise(*, content_id: UUID, by: Actor) -> Standing:
    """Ask the banks about a content's fingerprints; return where it stands afterwards.

    A content that waits and that nobody has in hand takes the verdict that the banks know. Without
    a whole answer it waits, and is asked again.
    """
    access.require(by, access.ASSESS)
    signals = queries.signals_of(content_id)
    alike = queries.alike_waiting(content_id, signals)
    moment = now()
    with transaction.atomic():
        content = Content.locked(content_id)
        known = Recognition.objects.select_for_update().get(content=content)
        looked = looking.look_up(signals=signals, handle=content.id, asker=Asker.CONTENT, by=by)
        _note_copies(content, looked, alike, by=by)
        origins = _origins(content, looked.hits, known)
        heard = _heard(content, looked, origins)
        is_held = content.claimed_at is not None and content.claimed_at >= moment - CLAIM_LASTS
        found = conclude(
            heard,
            is_partial=looked.is_partial,
            state=ContentState(content.state),
            verdict=content.verdict,
            is_held=is_held,
        )
        _note_matches(content, heard, found, at=moment)
        if found.standing is Standing.KNOWN and content.state == ContentState.WAITING and found.by:
            found = _inherit(content, found, origins.get(found.by.entry), at=moment, by=by)
        is_new = (known.standing, known.why) != (found.standing, found.why)
        if found.standing is Standing.PROPOSED and found.by and is_new:
            fact = ContentProposed(
                subject=content.id, why=found.why, bank=Code(found.by.bank), entry=found.by.entry
            )
            record(fact, by=by)
        _keep(known, found, at=moment)
    return found.standing


def ask_again(*, at: datetime, by: Actor) -> int:
    """Ask the banks once more about the contents that are due; return how many."""
    access.require(by, access.ASSESS)
    due = Recognition.objects.filter(ask_again_at__lte=at).order_by("ask_again_at")
    ids = list(due.values_list("content_id", flat=True)[:_READ_AT_ONCE])
    for content_id in ids:
        recognise(content_id=content_id, by=by)
    return len(ids)


def put_words_before_someone(*, content: Content, by: Actor) -> None:  # noqa: ARG001 - as said
    """Mark the reports of a content that nobody will come upon in the queue any longer.

    Who decided has been asked whether they may.
    """
    reports = Report.objects.filter(
        contents=content, is_finished=True, to_read=ToRead.NOTHING
    ).order_by("id")
    ids = list(reports.values_list("id", flat=True))
    for start in range(0, len(ids), _READ_AT_ONCE):
        some = Report.objects.filter(id__in=ids[start : start + _READ_AT_ONCE])
        keys = keys_of_line(LINE, [one.id for one in some])
        for one in some:
            if one.id in keys:
                fields = keys[one.id].open(one.sealed, where=REPORT_BODY, row=one.id)
                if reason := to_read(Answers.from_fields(fields)):
                    Report.objects.filter(id=one.id).update(to_read=reason)


def take_verdict(
    *, content: Content, like: Assessment, ground: Ground, at: datetime, by: Actor
) -> None:
    """Give a locked content the verdict of its copy, with its reasons, on its own day."""
    reasons = key_of_line(LINE, like.content_id).open(like.sealed, where=RATIONALE, row=like.id)
    decision = Decision(
        verdict=Verdict(like.verdict),
        category=like.category,
        offence=like.offence,
        facts_on=_facts_on(content),
        certainty=Certainty.AT_LATEST,
        confidence=Confidence(like.confidence),
        rationale=reasons["text"],
        written_in=reasons["written_in"],
        translations=reasons["translations"],
        answers=reasons["answers"],
    )
    _give(content, decision, ground, at=at, by=by)


def _inherit(
    content: Content, found: Conclusion, origin: Origin | None, *, at: datetime, by: Actor
) -> Conclusion:
    """Give a locked content the verdict that is known, if the law of its day has it."""
    hit = found.by
    if hit is None:
        return found
    spared = content.opened_at is None and not content.assessments.exists()
    with suppress(Refused):
        if origin is not None:
            ground, way = Ground.COPY, Way.OWN
            take_verdict(content=content, like=origin.final, ground=ground, at=at, by=by)
        else:
            way = Way.BANK
            decision = Decision(
                verdict=Verdict(hit.verdict),
                category=hit.category or content.category,
                offence=hit.offence,
                facts_on=_facts_on(content),
                certainty=Certainty.AT_LATEST,
                confidence=Confidence.SURE,
                rationale="",
            )
            _give(content, decision, Ground.BANK, at=at, by=by)
        fact = ContentInherited(
            subject=content.id,
            way=way,
            bank=Code(hit.bank),
            entry=hit.entry,
            turn=Code(hit.turn.name.lower()),
            within=within(hit.distance),
            spared=int(spared),
        )
        record(fact, by=by)
        return found
    return Conclusion(Standing.PROPOSED, hit, Why.UNNAMED)


def _give(content: Content, decision: Decision, ground: Ground, *, at: datetime, by: Actor) -> None:
    offence = None
    if decision.offence:
        offence = offence_on(decision.offence, on=decision.facts_on, country=settings.COUNTRY)
        check_citable(offence)
    given = Given(decision, Seen(ground), offence)
    assessing.write_down(content=content, given=given, final=True, at=at, by=by)
    assessing.move_on(content=content, given=given, final=True, at=at, by=by)
    put_words_before_someone(content=content, by=by)


def _facts_on(content: Content) -> date:
    return day_of(content.waits_since)


def _origins(content: Content, hits: Sequence[Hit], known: Recognition) -> Mapping[int, Origin]:
    """Return the contents of whose verdicts the entries were made that were hit, by entry."""
    made_of = Fingerprint.objects.filter(entry__in={hit.entry for hit in hits})
    made_of = made_of.exclude(content=content).select_related("content")
    excepted = set(
        Copy.objects.filter(content=content, is_excepted=True).values_list("of", flat=True)
    )
    found = {}
    for one in made_of:
        final = one.content.assessments.filter(is_final=True).first()
        if final is None or one.content.decided_at is None or one.entry is None:
            continue
        found[one.entry] = Origin(
            one.content_id,
            final,
            is_before=one.content.decided_at <= known.first_asked_at,
            is_excepted=one.content_id in excepted,
        )
    return found


def _heard(content: Content, looked: LookedUp, origins: Mapping[int, Origin]) -> list[Heard]:
    """Return the hits as the hotline heeds them, the one that counts most first.

    A content's own entry says nothing new of it.
    """
    own = set(content.fingerprints.values_list("entry", flat=True))
    settled = looked.verdict
    counts = settled.hit.entry if settled and settled.hit else 0
    heard: dict[int, Heard] = {}
    for hit in looked.hits:
        if hit.entry not in own:
            decides = bool(settled and settled.is_known and hit.entry == counts)
            one = _read(hit, origins.get(hit.entry), decides=decides)
            heard[hit.entry] = min(heard.get(hit.entry, one), one, key=lambda each: each.distance)
    return sorted(heard.values(), key=lambda one: (one.entry != counts, one.distance, one.entry))


def _read(hit: Hit, origin: Origin | None, *, decides: bool) -> Heard:
    read = Heard(hit.entry, hit.bank, hit.opinion, hit.distance, Turn(hit.turn), decides)
    if hit.bank == OWN and (origin is None or origin.final.verdict not in SEEN_VERDICTS):
        return read._replace(decides=False)  # that verdict does not stand, or says nothing of it
    if origin is not None:
        # Of our own, harmful content is a seed; a weak or quarantined hit is neither.
        return read._replace(
            decides=decides or rule_of(hit) is Rule.SEED,
            verdict=origin.final.verdict,
            offence=origin.final.offence,
            category=origin.final.category,
            is_before=origin.is_before,
            is_excepted=origin.is_excepted,
        )
    offence = named(hit.labels, codes=law(settings.COUNTRY).histories.keys())
    return read._replace(
        verdict=Verdict.ILLEGAL.value if offence else "",
        offence=offence,
        category=_category(hit.labels),
    )


def _category(labels: Sequence[str]) -> str:
    return named(labels, codes=category_codes(settings.COUNTRY))


def _note_copies(
    content: Content,
    looked: LookedUp,
    alike: Mapping[UUID, tuple[int, Turn]],
    *,
    by: Actor,
) -> None:
    """Keep which contents are near copies of this one: of those that wait, and seen lately."""
    near = dict(alike)
    for one in looked.near:
        if one.handle != content.id:
            found = (one.distance, Turn(one.turn))
            near[one.handle] = min(near.get(one.handle, found), found)
    known = set(Copy.objects.filter(content=content).values_list("of", flat=True))
    ids = Content.objects.filter(id__in=near.keys() - known - {content.id})
    others = list(ids.order_by("id").values_list("id", flat=True))
    rows = []
    for other in others:
        distance, turn = near[other]
        rows += [
            Copy(content=content, of_id=other, distance=distance, turn=turn),
            Copy(content_id=other, of=content, distance=distance, turn=turned_back(turn)),
        ]
    if rows:
        Copy.objects.bulk_create(rows, ignore_conflicts=True)
        record(CopiesFound(subject=content.id, count=len(others)), by=by)


def _note_matches(
    content: Content, heard: Sequence[Heard], found: Conclusion, *, at: datetime
) -> None:
    """Keep what matches; an entry that matched before and no longer does is kept with its day."""
    counts = found.by.entry if found.by else 0
    if counts:
        Match.objects.filter(content=content, counts=True).update(counts=False)
    for one in heard:
        Match.objects.update_or_create(
            content=content,
            entry=one.entry,
            defaults={
                "bank": one.bank,
                "opinion": one.opinion.value,
                "distance": one.distance,
                "turn": one.turn,
                "counts": one.entry == counts,
            },
            create_defaults={
                "bank": one.bank,
                "opinion": one.opinion.value,
                "distance": one.distance,
                "turn": one.turn,
                "counts": one.entry == counts,
                "at": at,
            },
        )


def _keep(known: Recognition, found: Conclusion, *, at: datetime) -> None:
    """Write where a content stands; when it is asked again, if it waits for an answer."""
    waits = found.standing is Standing.PARTIAL or found.why is Why.IN_HAND
    known.standing, known.why, known.at = found.standing, found.why, at
    known.ask_again_at = at + asked_again_after(known.tries) if waits else None
    known.tries = known.tries + 1 if waits else 0
    known.save(update_fields=("standing", "why", "at", "ask_again_at", "tries"))
