"""What happened to a content and what comes: each module's own facts, merged by a rule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from balise.foundation.accounts.queries import names_of
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.models import Entry
from balise.hotline.reports import access, events
from balise.hotline.reports.models import LINE, Content, Message, Report
from balise.hotline.reports.queries.listing import ContentRow
from balise.hotline.reports.queries.reviews import Reviews, offence_of, reviews
from balise.hotline.reports.rules.timeline import Coming, Step, What, comes, happened, usual
from balise.hotline.reports.rules.words import Author, ContentState, Ground, PlaceKind, Verdict
from balise.takedown.notices import queries as notices
from balise.takedown.notices.events import (
    NoticeAcknowledged,
    NoticeReminded,
    NoticeSent,
    OutcomeRecorded,
)
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.notices.rules.outcomes import Outcome
from balise.takedown.onward.dossiers import access as dossiers_access, queries as dossiers
from balise.takedown.onward.dossiers.queries import Standing
from balise.takedown.watch import access as watching, queries as watch
from balise.takedown.watch.queries.looking import History
from balise.takedown.watch.rules.removals import duration_words

# Whether the police should be told of a content, and what they were told.


@dataclass(frozen=True, slots=True)
class Police:
    """The state of a content with the police.

    `is_asked`: they should be told of the offence, and nobody has begun to.
    """

    standing: Standing
    is_asked: bool
    may_prepare: bool


@dataclass(frozen=True, slots=True)
class ToCall:
    """A number of danger: its code, how it is read, whose it is, what a press of it opens."""

    code: str
    number: str
    label: str
    opens: str


@dataclass(frozen=True, slots=True)
class PoliceNow:
    """What one needs to tell the police at once of a danger that nobody decided yet.

    `numbers` are those of the centre's pack; `received`: how many reports tell of it, since when.
    """

    standing: Standing
    numbers: tuple[ToCall, ...]
    reports: int
    first_at: datetime
    may_draft: bool
    is_asked: bool = False


def police_now(row: ContentRow, *, seen_by: Actor) -> PoliceNow | None:
    """Return it for a content of danger without a verdict, None for any other."""
    access.require(seen_by, access.READ)
    if not row.danger or row.is_decided or not seen_by.may(dossiers_access.READ):
        return None
    standing = dossiers.standing(line=LINE, subject=row.id, seen_by=seen_by)
    may = seen_by.may(access.ASSESS) and seen_by.may(dossiers_access.DRAFT)
    told = Report.objects.filter(contents=row.id, danger=True)
    found = told.aggregate(count=Count("id"), first=Min("received_at"))
    return PoliceNow(
        standing=standing,
        numbers=tuple(
            ToCall(one.code, one.number, str(one.label), one.opens)
            for one in settings.CENTRE.numbers_on("danger")
            if not one.is_text
        ),
        reports=found["count"],
        first_at=found["first"] or row.first_reported_at,
        may_draft=may and not standing.is_told,
    )


def police(*, content_id: UUID, seen_by: Actor) -> Police | None:
    """Return it for a content that was found illegal, None for any other."""
    access.require(seen_by, access.READ)
    content = find(Content.objects.only("id", "verdict", "minor", "concerned"), id=content_id)
    if content.verdict != Verdict.ILLEGAL or not seen_by.may(dossiers_access.READ):
        return None
    final = content.assessments.filter(is_final=True).first()
    if final is None:
        return None
    standing = dossiers.standing(line=LINE, subject=content_id, seen_by=seen_by)
    offence = offence_of(content, final)
    may_draft = seen_by.may(access.ASSESS) and seen_by.may(dossiers_access.DRAFT)
    return Police(
        standing=standing,
        is_asked=offence.tell_police and not standing.dossiers,
        may_prepare=may_draft and not standing.is_told,
    )


type Told = Police | PoliceNow

_LONGEST = 200
_LATEST = 12
_OF_THE_CONTENT = {
    events.ContentClaimed.name: What.TAKEN,
    events.ContentOpened.name: What.OPENED,
    events.ContentReleased.name: What.RELEASED,
    events.ContentReopened.name: What.REOPENED,
    events.ContentRemoved.name: What.REMOVED,
    events.ContentReappeared.name: What.REAPPEARED,
    events.RemovalGivenUp.name: What.GIVEN_UP,
    events.ContentAssessed.name: What.DECIDED,
    events.VerdictTakenBack.name: What.TAKEN_BACK,
    events.VerdictProposedBack.name: What.CORRECTION_ASKED,
    events.PoliceCalled.name: What.POLICE_CALLED,
    events.ReviewsDiffer.name: What.DIFFER,
    events.ReviewsSettled.name: What.SETTLED,
}
_OF_A_NOTICE = {
    NoticeSent.name: What.NOTICE_SENT,
    NoticeReminded.name: What.NOTICE_REMINDED,
    NoticeAcknowledged.name: What.NOTICE_RECEIVED,
    OutcomeRecorded.name: What.NOTICE_ENDED,
}


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, the first first, and what comes after it."""

    happened: list[Step]
    comes: list[Coming]

    @property
    def earlier(self) -> list[Step]:
        """What is folded away of a long one."""
        return self.happened[:-_LATEST]

    @property
    def latest(self) -> list[Step]:
        return self.happened[-_LATEST:]


def timeline(
    row: ContentRow,
    *,
    about: Iterable[NoticeRow],
    police: Told | None,
    watched: History | None,
    seen_by: Actor,
    seen: Reviews | None = None,
) -> Timeline:
    """Return it for one content: what its own module knows, and what the others told its page.

    `about` are its notices, `police` and `watched` what is known of it there. Nothing sealed is
    opened.
    """
    access.require(seen_by, access.READ)
    found, seen = list(about), seen or reviews(row, seen_by=seen_by)
    return Timeline(
        happened(
            _reports(row),
            _content(row, seen, seen_by=seen_by),
            _notices(found, seen_by=seen_by),
            _dossiers(police),
            _sightings(watched),
            _answers(row.id),
        ),
        comes(_next(row, seen, found, police, seen_by=seen_by), _watch(watched)),
    )


def _reports(row: ContentRow) -> Iterator[Step]:
    at = Report.objects.filter(contents=row.id).aggregate(
        last=Max("received_at"), danger=Min("received_at", filter=Q(danger=True))
    )
    yield Step(at=row.first_reported_at, what=What.REPORTED, count=1)
    if row.report_count > 1 and at["last"]:
        yield Step(
            at=max(at["last"], row.first_reported_at),
            what=What.REPORTED,
            says=_("the last of %(count)d") % {"count": row.report_count},
        )
    if at["danger"]:
        yield Step(at=at["danger"], what=What.DANGER)


def _content(row: ContentRow, seen: Reviews, *, seen_by: Actor) -> Iterator[Step]:
    """Tell it; while a first review is blind, nothing of it, and of what is told no other name."""
    found = Entry.objects.filter(subject=row.id, event__in=_OF_THE_CONTENT)
    blind = seen.is_blind
    if blind:
        found = found.exclude(event=events.ContentAssessed.name, at__gte=row.waits_since)
    entries = list(found.order_by("id")[:_LONGEST])
    told = {entry.actor_key for entry in entries if not blind or entry.actor_key == seen_by.key}
    names = names_of(told)
    for entry in entries:
        what, says = _OF_THE_CONTENT[entry.event], ""
        if what is What.DECIDED:
            what = What.DECIDED if entry.facts["final"] else What.REVIEWED
            says = _decided(entry.facts)
        elif what is What.POLICE_CALLED:
            says = _number(entry.facts["number"])
        elif what is What.SETTLED and entry.facts["by_lead_alone"]:
            says = _("by the lead, one of the two: there was no third person")
        yield Step(at=entry.at, what=what, who=names.get(entry.actor_key, ""), says=says)


def _number(code: str) -> str:
    """Return a number of danger and its name, by its code; the code of one that is gone."""
    found = [one for one in settings.CENTRE.numbers_on("danger") if one.code == code]
    return f"{found[0].number} · {found[0].label}" if found else code


def _decided(facts: Mapping[str, Any]) -> str:
    """Say a verdict and how one knew, no more: what is of before this was kept says nothing."""
    verdict, ground = Verdict(facts["verdict"]), facts.get("ground", "")
    return f"{verdict.label} · {Ground(ground).label}" if ground else str(verdict.label)


def _notices(found: list[NoticeRow], *, seen_by: Actor) -> Iterator[Step]:
    events_told = (NoticeSent, NoticeReminded, NoticeAcknowledged, OutcomeRecorded)
    by_id = {one.id: one for one in found}
    for moment in notices.history_of(found, events=events_told, seen_by=seen_by):
        one = by_id[moment.subject]
        what = _OF_A_NOTICE[moment.event]
        yield Step(
            at=moment.at,
            what=what,
            who=one.host_name,
            says=Outcome(moment.facts["outcome"]).label if what is What.NOTICE_ENDED else "",
            url=reverse("staff:notices:notice", args=[one.id]),
        )


def _dossiers(police: Told | None) -> Iterator[Step]:
    for one in police.standing.dossiers if police else ():
        moments = (
            (What.DOSSIER_DRAFTED, one.drafted_at),
            (What.DOSSIER_APPROVED, one.approved_at),
            (What.DOSSIER_SENT, one.handed_over_at),
            (What.DOSSIER_RECEIVED, one.acknowledged_at),
        )
        url = reverse("staff:dossiers:dossier", args=[one.id])
        for what, at in moments:
            if at is not None:
                yield Step(at=at, what=what, says=one.number, url=url)


def _sightings(watched: History | None) -> Iterator[Step]:
    for run in watched.runs if watched else ():
        yield Step(
            at=run.since, what=What.SEEN, says=run.seen.label, count=run.looks, until=run.until
        )


def _answers(content_id: UUID) -> Iterator[Step]:
    written = Message.objects.filter(report__contents=content_id, author=Author.HOTLINE)
    for at in written.order_by("-at").values_list("at", flat=True)[:_LONGEST]:
        yield Step(at=at, what=What.ANSWERED)


def _next(
    row: ContentRow,
    seen: Reviews,
    found: list[NoticeRow],
    police: Told | None,
    *,
    seen_by: Actor,
) -> Iterator[Coming]:
    if row.state is ContentState.WAITING:
        yield Coming(words=pgettext("timeline", "Verdict"))
    elif row.state is ContentState.SECOND_LOOK:
        third, second = _("Decision by a third person"), _("Second review by someone else")
        yield Coming(words=third if seen.given else second)
    if row.state is not ContentState.REMOVING:
        return
    if police and police.is_asked:
        yield Coming(words=_("Police dossier to prepare"))
    waiting = [one for one in found if one.sent_at and not one.outcome]
    if not found and row.kind is PlaceKind.WEB:
        yield Coming(words=_("Notice to the host to draft"))
    for host, name in {one.host: one.host_name for one in waiting}.items():
        yield Coming(
            words=_("Removal by %(host)s") % {"host": name},
            usually=_usually(host, seen_by=seen_by),
        )


def _usually(host: UUID, *, seen_by: Actor) -> str:
    times = watch.times_of_host(host, seen_by=seen_by) if seen_by.may(watching.READ) else None
    if times is None:
        return ""
    median = times.percentiles[0]
    return usual(median, of=times.count, in_words=duration_words(median))


def _watch(watched: History | None) -> Iterator[Coming]:
    at = watched.watched.next_check_at if watched and not watched.watched.has_ended else None
    if at is not None:
        yield Coming(words=_("Next check by monitoring"), at=max(at, now()))
