"""What is deleted of notices, and when. Defaults for the data protection officer to confirm."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, emptied, past
from balise.takedown.notices.models import Answer, Contest, Hold, Mailing, Notice
from balise.takedown.notices.rules.states import NoticeState

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


def notices_due(at: datetime) -> QuerySet[Notice]:
    """Return the notices whose words are no longer needed: ended a year ago, or left as drafts."""
    ended = Q(closed_at__lte=at - _ENDED)
    left = Q(state__in=(NoticeState.DRAFT, NoticeState.FAILED), drafted_at__lte=at - _LEFT)
    return Notice.objects.filter(ended | left).exclude(sealed=b"")


def answers_due(at: datetime) -> QuerySet[Answer]:
    """Return the answers whose words are no longer needed."""
    settled = Q(settled_at__lte=at - _SETTLED)
    stray = Q(notice__isnull=True, mailing__isnull=True) | ~Q(kind="answer")
    old = Answer.objects.filter(settled | (stray & Q(received_at__lte=at - _STRAY)))
    return old.exclude(sealed=b"")


RULES = (
    Rule(
        name="takedown.notices",
        forgets=Notice,
        says=_(
            "The text of a notice: one year after it ended, or six months after an abandoned draft"
        ),
        due=notices_due,
        erase=emptied(Notice, "sealed"),
    ),
    Rule(
        name="takedown.notices.answers",
        forgets=Answer,
        says=_(
            "A host’s answer: one year after it was settled; automatic e-mails and e-mails about "
            "no notice of ours, after one month"
        ),
        due=answers_due,
        erase=emptied(Answer, "sealed"),
    ),
    Rule(
        name="takedown.notices.contests",
        forgets=Contest,
        says=_("An objection to a notice, and the reasons of the decision: after two years"),
        due=past(Contest, "ruled_at", _RULED, holding="sealed"),
        erase=emptied(Contest, "sealed", "reasons"),
    ),
    Rule(
        name="takedown.notices.mails",
        forgets=Mailing,
        says=_("Our messages to a host or an author about a notice: after one year"),
        due=past(Mailing, "created_at", _SETTLED, holding="sealed"),
        erase=emptied(Mailing, "sealed"),
    ),
    Rule(
        name="takedown.notices.holds",
        forgets=Hold,
        says=_("The fact that a notice was on hold: one year after it ended"),
        due=past(Hold, "ended_at", _ENDED),
        erase=deleted(Hold),
    ),
)
