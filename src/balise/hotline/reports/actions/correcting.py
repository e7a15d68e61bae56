"""A wrong verdict is taken back: undone at once by its author, or later by two people.

Its content waits again and nothing of the verdict is offered. Whoever was told is told again.
"""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _, override

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find
from balise.foundation.journal.book import record, record_many
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.actions import counting, dialogue
from balise.hotline.reports.actions.dialogue import NobodyReads
from balise.hotline.reports.events import (
    ContentConsulted,
    ContentReopened,
    CorrectionEnded,
    VerdictProposedBack,
    VerdictTakenBack,
    items_counted,
)
from balise.hotline.reports.models import CORRECTION, LINE, REPORT_BODY, Content, Correction, Report
from balise.hotline.reports.queries.correcting import final_of, left_about
from balise.hotline.reports.rules.correcting import (
    NotToCorrect,
    check_decided,
    check_second,
    check_undoes,
)
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.joining import Standing, join, waiting_again
from balise.hotline.reports.rules.words import (
    BY_FINGERPRINT,
    LOOKED_AT,
    REOPENED_FROM,
    ContentState,
    Verdict,
)
from balise.takedown.notices.actions import contesting
from balise.takedown.notices.rules.redress import read_grounds

# Put decided content back in the queue, because an analyst asks. Its file is kept.


class NotToReopen(Refused, code="not-to-reopen"):
    """Only what is closed or removed goes back to the queue."""


def reopen(*, content_id: UUID, because_of: UUID | None = None, by: Actor) -> None:
    """Put a content back in the queue, nearer the front where a report gives reason to.

    `because_of` is a report about it; NotHere for any other. Refuses what waits
    already, and what is being removed: there, the verdict is contested with the notice.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = Content.locked(content_id)
        if content.state in LOOKED_AT:
            raise NotToReopen(_("This content is in the queue already."))
        if content.state not in REOPENED_FROM:
            raise NotToReopen(_("Only closed or removed content can be reopened."))
        said = _answers(find(Report, id=because_of, contents=content)) if because_of else None
        put_back(content=content, because_of=said, by=by)


def put_back(*, content: Content, because_of: Answers | None = None, by: Actor) -> None:
    """Let a locked content wait again, and write it down. Its verdict and file are kept.

    A verdict that nobody gave, but its fingerprints, is not offered as the earlier one.
    `because_of` is what a report says of it: heeded now, where it was only counted as it came.
    """
    country = settings.COUNTRY
    again = waiting_again(Standing.of(content), country=country)
    if because_of is not None:
        others = again._replace(report_count=again.report_count - 1)
        again = join(others, because_of, country=country)
    for name, value in again._asdict().items():
        setattr(content, name, value)
    content.decided_at, content.removed_at, content.reopened_at = None, None, now()
    stood = Verdict(content.verdict)
    if content.assessments.filter(is_final=True, ground__in=BY_FINGERPRINT).exists():
        content.verdict, content.offence = "", ""
    content.save()
    record(ContentReopened(subject=content.id, verdict=stood), by=by)


def _answers(report: Report) -> Answers:
    key = key_of_line(LINE, report.id)
    return Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))


def undo(*, content_id: UUID, by: Actor) -> None:
    """Take back one's own verdict within ten minutes, while nothing has left the house.

    Notices that wait are withdrawn. Refuses a colleague's, one that is older, and one that left.
    """
    access.require(by, access.ASSESS)
    moment = now()
    with transaction.atomic():
        content = Content.locked(content_id)
        final = final_of(content)
        check_undoes(
            ContentState(content.state),
            decided_at=content.decided_at,
            by_author=final is not None and final.by == by.key,
            has_left=left_about(content_id).is_any,
            at=moment,
        )
        _take_back(content, undone=True, by=by)


def ask(*, content_id: UUID, instead: Verdict, reason: str, by: Actor) -> UUID:
    """Ask that a final verdict is taken back, and return the id; a second person agrees.

    Nothing changes until then. Refuses a reason that says nothing, what has no final verdict, the
    same verdict instead, and a second request while one waits.
    """
    access.require(by, access.ASSESS)
    words = read_grounds(reason)
    with transaction.atomic():
        content = Content.locked(content_id)
        check_decided(ContentState(content.state))
        if instead == content.verdict:
            raise NotToCorrect(str(_("Choose another verdict: this is the one that stands.")))
        one = Correction(
            id=uuid4(),
            content=content,
            verdict=content.verdict,
            instead=instead.value,
            asked_by=by.key,
            asked_at=now(),
        )
        key = key_of_line(LINE, content.id)
        one.sealed = key.seal({"reason": words}, where=CORRECTION, row=one.id)
        try:
            with transaction.atomic():
                one.save(force_insert=True)
        except IntegrityError:
            raise NotToCorrect(str(_("Someone has asked already: agree, or do not."))) from None
        record(VerdictProposedBack(subject=content.id, verdict=Verdict(content.verdict)), by=by)
    return one.id


def agree(*, correction_id: UUID, by: Actor) -> None:
    """Agree that a verdict is taken back, as someone other than who asked.

    Whoever got a notice is told in a text of its own, and its clock stops; reporters are told, and
    figures corrected on the day of the verdict. The content waits again.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        one = _open(correction_id)
        check_second(asked_by=one.asked_by, by=by.key)
        content = Content.locked(one.content_id)
        check_decided(ContentState(content.state))
        _end(one, is_agreed=True, by=by)
        _take_back(content, undone=False, by=by)
        _tell_reporters(content, by=by)


def refuse(*, correction_id: UUID, by: Actor) -> None:
    """Do not agree that a verdict is taken back, or give up one's own request: it stands."""
    access.require(by, access.ASSESS)
    with transaction.atomic():
        _end(_open(correction_id), is_agreed=False, by=by)


def read_reason(*, correction_id: UUID, by: Actor) -> str:
    """Open why someone asks that a verdict is taken back, and write down who read it."""
    access.require(by, access.ASSESS)
    one = find(Correction, id=correction_id)
    with transaction.atomic():
        record(ContentConsulted(subject=one.content_id), by=by)
    key = key_of_line(LINE, one.content_id)
    reason: str = key.open(one.sealed, where=CORRECTION, row=one.id)["reason"]
    return reason


def _open(correction_id: UUID) -> Correction:
    one = Correction.locked(correction_id)
    if one.ended_at is not None:
        raise NotToCorrect(str(_("This request has ended already.")))
    return one


def _end(one: Correction, *, is_agreed: bool, by: Actor) -> None:
    one.ended_by, one.ended_at, one.is_agreed = by.key, now(), is_agreed
    one.save(update_fields=("ended_by", "ended_at", "is_agreed"))
    record(CorrectionEnded(subject=one.content_id, agreed=is_agreed), by=by)


def _take_back(content: Content, *, undone: bool, by: Actor) -> None:
    """Let a locked content wait again without its verdict, and take that out of the figures."""
    verdict, day = Verdict(content.verdict), day_of(content.decided_at or now())
    if verdict is Verdict.ILLEGAL:
        contesting.take_back_about(line=LINE, subject=content.id, by=by)
        shown = (item.shown for item in content.items.order_by("id"))
        record_many(items_counted(content.id, shown, on=day, times=-1), by=by)
        counting.take_out(content_id=content.id, by=by)
    record(
        VerdictTakenBack(subject=content.id, verdict=verdict, decided_on=day, undone=undone), by=by
    )
    content.assessments.filter(is_final=True).update(is_final=False)
    content.given_up_at, content.removal_asked_at, content.removal_refused_at = None, None, None
    put_back(content=content, by=by)
    content.verdict, content.offence = "", ""
    content.save(update_fields=("verdict", "offence"))


def _tell_reporters(content: Content, *, by: Actor) -> None:
    """Write to each reporter who can read it, in the language of their report."""
    for report in Report.objects.filter(contents=content).order_by("received_at").defer("sealed"):
        language = report.language[:2]
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with override(known):
            text = _(
                "We told you what we had decided about this content. We were wrong, and have taken "
                "that back. We are examining it again: you can read what comes of it here."
            )
        try:
            dialogue.write_as_hotline(report_id=report.id, text=text, by=by)
        except NobodyReads:
            continue
