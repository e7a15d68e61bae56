"""The card of this module: what the rest of Balise reads of it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.mail.receiving import InboxUrlFaulty, read_inbox_url
from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, emptied, past
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.notices import access
from balise.takedown.notices.models import Answer, Contest, Hold, Mailing, Notice
from balise.takedown.notices.queries.desk import open_count, overdue_count
from balise.takedown.notices.rules.customs import customs_of
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.notices.tasks import SCHEDULE
from balise.takedown.notices.web.due import of_desk
from balise.takedown.notices.web.search import SEARCHES

# What is deleted of notices, and when. Defaults for the data protection officer to confirm.


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


# What the public process may do with notices: recipients answer or contest one by a link.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("takedown_notices_mailing", "takedown_notices_mailingitem", "takedown_notices_notice"),
        to=(PUBLIC,),
        why="A recipient is shown what they answer to; what the notice says stays sealed.",
        read=ALL,
    ),
    Grant(
        on=("takedown_notices_answer", "takedown_notices_contest"),
        to=(PUBLIC,),
        why="They answer, or contest; a person of ours decides.",
        read=ALL,
        add=True,
    ),
    Tells(facts=("takedown.answer.received", "takedown.notice.contested"), by=(PUBLIC,)),
)


MODULE = Module(
    public=(Mount(namespace="notices"),),
    staff=(Mount("takedown/notices/", "notices"),),
    abilities={
        "analyst": (access.READ, access.SEND, access.RECORD, access.JUDGE),
        "listener": (access.READ, access.SEND, access.RECORD),
        "hotline_lead": (access.SET_CUSTOMS,),
        "helpline_lead": (access.JUDGE,),
    },
    searches=SEARCHES,
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Notices"),
            says=_("Notices to hosts and their outcome."),
            url_name="staff:notices:notices",
            icon="mail",
            ability=access.READ,
            beside="hotline.reports.read",
            key="n",
            count=open_count,
            tabs="hotline",
            late=overdue_count,
            late_says=pgettext_lazy("tab", "overdue"),
            due=of_desk,
        ),
    ),
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
)


# System checks of the country's sending settings and of the mailbox for answers.


@register()
def notices_can_be_sent_and_answered(**_options: Any) -> list[CheckMessage]:
    """E421: the country's customs. E422: the mailbox that answers come to."""
    messages: list[CheckMessage] = []
    try:
        customs_of(settings.COUNTRY)
    except PackFaulty as fault:
        messages.append(Error(str(fault), id="balise.E421"))
    if settings.NOTICES_INBOX:
        try:
            read_inbox_url(settings.NOTICES_INBOX)
        except InboxUrlFaulty as fault:
            hint = "Write BALISE_INBOX as imaps://user:password@host/INBOX."
            messages.append(Error(f"BALISE_INBOX: {fault}.", hint=hint, id="balise.E422"))
    return messages
