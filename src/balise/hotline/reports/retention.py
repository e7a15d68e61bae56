"""What the hotline forgets, and when. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.hotline.reports.actions.drafting import forget_drafts
from balise.hotline.reports.models import Content, Report, VerdictDraft
from balise.hotline.reports.rules.words import State, Verdict

_OUT_OF_SCOPE = timedelta(days=7)
_TREATED = timedelta(days=61)
_DIALOGUE = timedelta(days=90)
_KNOWN = timedelta(days=3 * 365)
_DRAFT = timedelta(days=7)
_AT_ONCE = 1_000


def reports_due(at: datetime) -> Iterable[UUID]:
    """Return the reports whose contents all came to their end, and whose dialogue is silent.

    Two months after the last of it: the report came, the content was decided, removed or given
    up. A week where all of it was out of scope; three months after the last word.
    """
    settled = Q(state__in=(State.REMOVED, State.CLOSED)) & (
        _all_before(at - _TREATED)
        | Q(verdict=Verdict.OUT_OF_SCOPE) & _all_before(at - _OUT_OF_SCOPE)
    )
    contents = Content.objects.filter(reports=OuterRef("id"))
    unsettled = contents.exclude(settled)
    in_scope = contents.exclude(verdict=Verdict.OUT_OF_SCOPE)
    return (
        Report.objects.filter(is_finished=True, last_answer_at__lte=at - _OUT_OF_SCOPE)
        .exclude(messages__at__gt=at - _DIALOGUE)
        .exclude(Exists(unsettled))
        .exclude(Exists(in_scope), received_at__gt=at - _TREATED)
        .order_by("received_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def _all_before(moment: datetime) -> Q:
    """Return the condition that a content ended before a moment, whatever ended it."""
    ended = Q(decided_at__lte=moment)
    for column in ("removed_at", "given_up_at"):
        ended &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": moment})
    return ended


def erase_reports(report_ids: Sequence[UUID]) -> int:
    """Destroy reports, their dialogues and their keys; the contents and the figures stay."""
    with transaction.atomic():
        forget(report_ids)
        erased, _of_each = Report.objects.filter(id__in=report_ids).delete()
    return len(report_ids) if erased else 0


def contents_due(at: datetime) -> Iterable[UUID]:
    """Return the contents decided three years ago that no report is about any longer."""
    return (
        Content.objects.filter(decided_at__lte=at - _KNOWN, mentions__isnull=True)
        .order_by("decided_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_contents(content_ids: Sequence[UUID]) -> int:
    """Destroy contents, their assessments, drafts and keys; the figures stay."""
    with transaction.atomic():
        forget_drafts(content_ids=content_ids, by=SYSTEM)
        forget(content_ids)
        Content.objects.filter(id__in=content_ids).delete()
    return len(content_ids)


def drafts_due(at: datetime) -> Iterable[UUID]:
    """Return the contents with a verdict that nobody has gone on typing for a week."""
    due = VerdictDraft.objects.filter(at__lte=at - _DRAFT).order_by("at")
    return due.values_list("content", flat=True)[:_AT_ONCE]


def erase_drafts(content_ids: Sequence[UUID]) -> int:
    """Destroy the verdicts that were begun on contents, and their keys; return how many."""
    with transaction.atomic():
        count = VerdictDraft.objects.filter(content__in=content_ids).count()
        forget_drafts(content_ids=content_ids, by=SYSTEM)
    return count


RULES = (
    Rule(
        name="hotline.reports",
        forgets=Report,
        line="hotline",
        says=_(
            "A report is deleted two months after it arrived and its last content was decided, "
            "removed or closed, and three months after the last message; one week after it "
            "arrived if it was out of scope."
        ),
        due=reports_due,
        erase=erase_reports,
    ),
    Rule(
        name="hotline.contents",
        forgets=Content,
        line="hotline",
        says=_(
            "Content is deleted three years after its verdict. Until then, repeats are recognised."
        ),
        due=contents_due,
        erase=erase_contents,
    ),
    Rule(
        name="hotline.drafts",
        forgets=VerdictDraft,
        line="hotline",
        says=_(
            "The draft of a verdict is deleted one week after its last change, or when a verdict "
            "is saved."
        ),
        due=drafts_due,
        erase=erase_drafts,
    ),
)
