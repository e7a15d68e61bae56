"""What the hotline deletes, and when. Defaults for the data protection officer to confirm."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.queries import holders_of
from balise.foundation.actors import SYSTEM
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past
from balise.hotline.reports import access
from balise.hotline.reports.actions.drafting import forget_drafts
from balise.hotline.reports.models import Content, Report, SavedView, VerdictDraft
from balise.hotline.reports.rules.words import ContentState, Verdict

_OUT_OF_SCOPE = timedelta(days=7)
_TREATED = timedelta(days=61)
_DIALOGUE = timedelta(days=90)
_KNOWN = timedelta(days=3 * 365)
_DRAFT = timedelta(days=7)
_UNDONE = timedelta(days=1)


def reports_due(at: datetime) -> QuerySet[Report]:
    """Return the reports of which all content has ended, and whose dialogue is silent.

    Two months after the last of it: the report came, the content was decided, removed or given
    up. A week where all of it was out of scope; three months after the last message.
    """
    settled = Q(state__in=(ContentState.REMOVED, ContentState.CLOSED)) & (
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
    )


def _all_before(moment: datetime) -> Q:
    """Return the condition that a content ended before a moment, whatever ended it."""
    ended = Q(decided_at__lte=moment)
    for column in ("removed_at", "given_up_at"):
        ended &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": moment})
    return ended


def views_due(at: datetime) -> QuerySet[SavedView]:
    """Return the views that were deleted, and those of people who no longer read the queue."""
    readers = [str(one) for one in holders_of(access.READ)]
    return SavedView.objects.filter(
        Q(deleted_at__lte=at - _UNDONE) | ~Q(account__in=readers)
    ).order_by()


def erase_contents(content_ids: Sequence[UUID]) -> int:
    """Delete contents, their assessments, drafts and keys; the figures stay."""
    forget_drafts(content_ids=content_ids, by=SYSTEM)
    return deleted(Content)(content_ids)


RULES = (
    Rule(
        name="hotline.reports",
        forgets=Report,
        says=_(
            "A report is deleted two months after it arrived and its last content was decided, "
            "removed or closed, and three months after the last message; one week after it "
            "arrived if it was out of scope."
        ),
        due=reports_due,
        erase=deleted(Report),
    ),
    Rule(
        name="hotline.contents",
        forgets=Content,
        says=_(
            "Content is deleted three years after its verdict. Until then, repeats are recognised."
        ),
        due=past(Content, "decided_at", _KNOWN, mentions__isnull=True),
        erase=erase_contents,
    ),
    Rule(
        name="hotline.drafts",
        forgets=VerdictDraft,
        says=_(
            "The draft of a verdict is deleted one week after its last change, or when a verdict "
            "is saved."
        ),
        due=past(VerdictDraft, "at", _DRAFT),
        erase=deleted(VerdictDraft),
    ),
    Rule(
        name="hotline.views",
        forgets=SavedView,
        says=_(
            "A saved view of the queue is deleted one day after its owner deletes it, or when "
            "they leave."
        ),
        due=views_due,
        erase=dropped(SavedView),
    ),
)
