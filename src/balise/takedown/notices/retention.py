"""What is forgotten of notices, and when. Defaults for the data protection officer to confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balise.foundation.encryption.sealing import forget
from balise.foundation.retention.rules import Rule
from balise.takedown.notices.models import Answer, Contest, Hold, Mailing, Notice
from balise.takedown.notices.rules.states import State

# A yearly report is due on them, and a host may contest one for six months (DSA, Article 20).
_ENDED = timedelta(days=365)
# A draft that nobody sent, a notice that nobody closed.
_LEFT = timedelta(days=180)
# What a recipient said: as long as it may matter how its notice was closed.
_SETTLED = timedelta(days=365)
# Unrecognised mails and automatic ones: long enough to look for something lost.
_STRAY = timedelta(days=30)
# An objection and its reasons: as long as a court may ask for them after the last of them.
_RULED = timedelta(days=730)
_AT_ONCE = 1_000


def notices_due(at: datetime) -> Iterable[UUID]:
    """Return the notices whose words are no longer needed: ended a year ago, or left as drafts."""
    ended = Q(closed_at__lte=at - _ENDED)
    left = Q(state__in=(State.DRAFT, State.FAILED), drafted_at__lte=at - _LEFT)
    return (
        Notice.objects.filter(ended | left)
        .exclude(sealed=b"")
        .order_by("drafted_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_notices(notice_ids: Sequence[UUID]) -> int:
    """Destroy what notices said and the keys to it; that they were sent, and the outcome, stays."""
    with transaction.atomic():
        forget(notice_ids)
        return Notice.objects.filter(id__in=notice_ids).update(sealed=b"")


def answers_due(at: datetime) -> Iterable[UUID]:
    """Return the answers whose words are no longer needed."""
    settled = Q(settled_at__lte=at - _SETTLED)
    stray = Q(notice__isnull=True, mailing__isnull=True) | ~Q(kind="answer")
    return (
        Answer.objects.filter(settled | (stray & Q(received_at__lte=at - _STRAY)))
        .exclude(sealed=b"")
        .order_by("received_at")
        .values_list("id", flat=True)[:_AT_ONCE]
    )


def erase_answers(answer_ids: Sequence[UUID]) -> int:
    """Destroy what recipients said and the keys to it; that they answered, and how, stays."""
    with transaction.atomic():
        forget(answer_ids)
        return Answer.objects.filter(id__in=answer_ids).update(sealed=b"")


def contests_due(at: datetime) -> Iterable[UUID]:
    """Return the objections that were decided two years ago."""
    ruled = Contest.objects.filter(ruled_at__lte=at - _RULED).exclude(sealed=b"")
    return ruled.order_by("ruled_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_contests(contest_ids: Sequence[UUID]) -> int:
    """Destroy grounds, addresses and reasons; that it was contested, and the outcome, stays."""
    with transaction.atomic():
        forget(contest_ids)
        return Contest.objects.filter(id__in=contest_ids).update(sealed=b"", reasons=b"")


def mails_due(at: datetime) -> Iterable[UUID]:
    """Return the mails with words of a person that were written a year ago."""
    written = Mailing.objects.filter(created_at__lte=at - _SETTLED).exclude(sealed=b"")
    return written.order_by("created_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_mails(mailing_ids: Sequence[UUID]) -> int:
    """Destroy what people wrote in mails, and whom to; that a mail was sent stays."""
    with transaction.atomic():
        forget(mailing_ids)
        return Mailing.objects.filter(id__in=mailing_ids).update(sealed=b"")


def holds_due(at: datetime) -> Iterable[UUID]:
    """Return the holds that ended a year ago."""
    ended = Hold.objects.filter(ended_at__lte=at - _ENDED)
    return ended.order_by("ended_at").values_list("id", flat=True)[:_AT_ONCE]


def erase_holds(hold_ids: Sequence[UUID]) -> int:
    """Delete holds; the journal keeps that there were some."""
    erased, _of_each = Hold.objects.filter(id__in=hold_ids).delete()
    return erased


RULES = (
    Rule(
        name="takedown.notices",
        forgets=Notice,
        line="takedown",
        says=_(
            "The text of a notice: one year after it ended, or six months after an abandoned draft"
        ),
        due=notices_due,
        erase=erase_notices,
    ),
    Rule(
        name="takedown.notices.answers",
        forgets=Answer,
        line="takedown",
        says=_(
            "A host’s answer: one year after it was settled; automatic e-mails and e-mails about "
            "no notice of ours, after one month"
        ),
        due=answers_due,
        erase=erase_answers,
    ),
    Rule(
        name="takedown.notices.contests",
        forgets=Contest,
        line="takedown",
        says=_("An objection to a notice, and the reasons of the decision: after two years"),
        due=contests_due,
        erase=erase_contests,
    ),
    Rule(
        name="takedown.notices.mails",
        forgets=Mailing,
        line="takedown",
        says=_("Our messages to a host or an author about a notice: after one year"),
        due=mails_due,
        erase=erase_mails,
    ),
    Rule(
        name="takedown.notices.holds",
        forgets=Hold,
        line="takedown",
        says=_("The fact that a notice was on hold: one year after it ended"),
        due=holds_due,
        erase=erase_holds,
    ),
)
