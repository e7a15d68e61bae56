"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.foundation.budgets.rules import Budget
from balise.foundation.encryption.sealing import forget
from balise.foundation.files import keeping
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Indicator, Per, Step, Version
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry
from balise.helpline.cases import access
from balise.helpline.cases.demonstration import fill
from balise.helpline.cases.events import (
    CaseMetAgain,
    CaseOpened,
    DutyDecided,
    ReferralClosed,
    ReferralReceived,
    ReferralSent,
    ReferralTaken,
    SentAccepted,
    SentDone,
    SentExpired,
    SentRefused,
)
from balise.helpline.cases.models import Case, Entry, Referral, SentReferral
from balise.helpline.cases.queries.sent import receivers
from balise.helpline.cases.rules.duties import Decision
from balise.helpline.cases.rules.received import AgeBand as AgeOfChild, Outcome
from balise.helpline.cases.tasks import SCHEDULE
from balise.helpline.cases.web.due import of_cases, of_referrals
from balise.helpline.cases.web.partners import OPENED
from balise.helpline.cases.web.search import SEARCHES

# The figures of referrals, cases and duties, in words.


_REFERRALS = ngettext_lazy("%(many)s referral", "%(many)s referrals", "count")
_TAKEN = ngettext_lazy("%(many)s referral taken", "%(many)s referrals taken", "count")
_CLOSED = ngettext_lazy("%(many)s referral closed", "%(many)s referrals closed", "count")
_CASES = ngettext_lazy("%(many)s case opened", "%(many)s cases opened", "count")
_SENT = ngettext_lazy("%(many)s referral sent", "%(many)s referrals sent", "count")
_ACCEPTED = ngettext_lazy("%(many)s referral accepted", "%(many)s referrals accepted", "count")
_DONE = ngettext_lazy("%(many)s referral done", "%(many)s referrals done", "count")
_TURNED_DOWN = ngettext_lazy("%(many)s referral refused", "%(many)s referrals refused", "count")
_EXPIRED = ngettext_lazy(
    "%(many)s referral without an answer", "%(many)s referrals without an answer", "count"
)
_DUTIES = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")


def _receivers() -> dict[str, object]:
    return {one.code: one.name for one in receivers()}


FIGURES = (
    Figure(
        board="helpline",
        code="referrals",
        measure="helpline.referrals.received",
        title=_("Referrals over time"),
        counted=_REFERRALS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="referral-ages",
        measure="helpline.referrals.received",
        title=_("Referrals by age"),
        counted=_REFERRALS,
        form=Form.CODES,
        by="age_band",
        labels=lambda: dict(AgeOfChild.choices),
        in_given_order=True,
    ),
    Figure(
        board="helpline",
        code="time-to-listener",
        measure="helpline.referrals.taken",
        title=_("From referral to listener"),
        counted=_TAKEN,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="outcomes",
        measure="helpline.referrals.closed",
        title=_("Referral outcomes"),
        counted=_CLOSED,
        form=Form.CODES,
        by="outcome",
        labels=lambda: dict(Outcome.choices),
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="cases",
        measure="helpline.cases.opened",
        title=_("Cases opened over time"),
        counted=_CASES,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="sent",
        measure="helpline.sent.told",
        title=_("Referrals sent, by receiver"),
        counted=_SENT,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="time-to-acceptance",
        measure="helpline.sent.accepted",
        title=_("From sending to acceptance"),
        counted=_ACCEPTED,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="sent-done",
        measure="helpline.sent.done",
        title=_("Referrals done, by receiver"),
        counted=_DONE,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        board="helpline",
        code="sent-refused",
        measure="helpline.sent.refused",
        title=_("Referrals refused, by receiver"),
        counted=_TURNED_DOWN,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        board="helpline",
        code="sent-expired",
        measure="helpline.sent.expired",
        title=_("Referrals without an answer in time"),
        counted=_EXPIRED,
        form=Form.CODES,
        by="receiver",
        labels=_receivers,
    ),
    Figure(
        board="helpline",
        code="duties",
        measure="helpline.duties.decided",
        title=_("Duty to report: decisions"),
        counted=_DUTIES,
        form=Form.CODES,
        by="decision",
        labels=lambda: dict(Decision.choices),
    ),
)


# The figures of cases that a committee speaks of, defined.


INDICATORS = (
    Indicator(
        code="HEL-SUP",
        line="helpline",
        name=_("Cases with support, in a month"),
        definition=_(
            "A case in which a listener gave support in a month counts once in that month, "
            "however many contacts it had. A contact that belongs to no case counts as one: "
            "nobody knows whether it is of the same person. Wrong numbers, silent calls and "
            "requests for information alone are not in it. The months of the period are "
            "averaged; days of a month count as a part of it."
        ),
        unit=ngettext_lazy("%(many)s case", "%(many)s cases", "count"),
        source=Per(
            Counts("helpline.contacts.wrapped", only=(("is_counselling", ("yes",)),)),
            Step.MONTH,
            twice=Counts("helpline.cases.again", sums=True),
        ),
        owner=_("Helpline: cases and records of contacts"),
        versions=(Version(2, None, ""),),  # of contacts, first; all of the past is counted anew
    ),
)


# What is counted of people referred to the helpline, and of cases.


MEASURES = (
    Measure("helpline.referrals.received", counts=ReferralReceived, by=("age_band",)),
    Measure("helpline.referrals.taken", counts=ReferralTaken, by=("band",), amount="seconds"),
    Measure("helpline.referrals.closed", counts=ReferralClosed, by=("outcome",)),
    Measure("helpline.cases.opened", counts=CaseOpened, by=("channel",)),
    Measure("helpline.cases.again", counts=CaseMetAgain, day="day", amount="amount"),
    Measure("helpline.sent.told", counts=ReferralSent, by=("receiver", "ground", "way")),
    Measure(
        "helpline.sent.accepted", counts=SentAccepted, by=("receiver", "band"), amount="seconds"
    ),
    Measure("helpline.sent.refused", counts=SentRefused, by=("receiver", "refusal")),
    Measure("helpline.sent.done", counts=SentDone, by=("receiver",)),
    Measure("helpline.sent.expired", counts=SentExpired, by=("receiver",)),
    Measure("helpline.duties.decided", counts=DutyDecided, by=("end", "decision")),
)


# What is deleted of cases and referrals, and when. The figures stay.


_KEPT = timedelta(days=2 * 365)
_CASE_KEPT = timedelta(days=3 * 365)
_CASE_LEFT_OPEN = timedelta(days=5 * 365)


def cases_due(at: datetime) -> QuerySet[Case]:
    """Return the cases that were closed three years ago, or that nobody wrote in for five."""
    left = Q(closed_at__isnull=True, changed_at__lte=at - _CASE_LEFT_OPEN)
    return Case.objects.filter(Q(closed_at__lte=at - _CASE_KEPT) | left)


def erase_cases(case_ids: Sequence[UUID]) -> int:
    """Delete cases with keys, documents, history and referrals; return how many there were."""
    documents = Entry.objects.filter(case__in=case_ids, file__isnull=False)
    files = [file for file in documents.values_list("file", flat=True) if file is not None]
    told = SentReferral.objects.filter(case__in=case_ids).values_list("id", flat=True)
    forget([*files, *told])
    count = deleted(Case)(case_ids)
    keeping.erase(files)
    return count


RULES = (
    Rule(
        name="helpline.cases",
        forgets=Case,
        says=_("A case is deleted three years after it was closed, five after its last entry."),
        due=cases_due,
        erase=erase_cases,
    ),
    Rule(
        name="helpline.referrals",
        forgets=Referral,
        says=_("A referral is deleted two years after it was closed."),
        due=past(Referral, "closed_at", _KEPT),
        erase=deleted(Referral),
    ),
)


# What the public may do with cases: send a referral, and answer one by its link.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_cases_referral",),
        to=(PUBLIC,),
        why="A reporter asks the helpline for help.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("helpline_cases_casecode",),
        to=(PUBLIC,),
        why="A young person follows, by a conversation’s code, whom we told with their consent.",
        read=ALL,
    ),
    Grant(
        on=("helpline_cases_sentreferral",),
        to=(PUBLIC,),
        why="A receiver reads, by a link, what the helpline tells it, and answers.",
        read=ALL,
        change=(
            *("opened_count", "state", "remind_at", "answered_at", "ended_at", "refusal"),
            "sealed_answer",
        ),
    ),
    Tells(
        facts=(
            *("helpline.referral.received", "helpline.sent-referral.link-opened"),
            *("helpline.sent-referral.document-taken", "helpline.sent-referral.accepted"),
            *("helpline.sent-referral.refused", "helpline.sent-referral.done"),
        ),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    budgets=(Budget("helpline.cases", in_all=0, comes_first=True),),
    public=(Mount(namespace="partner"),),
    staff=(
        Mount("helpline/", "helpline"),
        Mount("helpline/cases/", "cases", listed="case_files"),
    ),
    abilities={
        "listener": (access.READ, access.WORK, access.BREAK_GLASS),
        "helpline_lead": (access.GIVE_BACK_OTHERS, access.SUPERVISE),
    },
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Referrals"),
            says=_("People referred by the hotline, with their consent."),
            url_name="staff:helpline:referrals",
            icon="heart",
            ability=access.READ,
            key="r",
            due=of_referrals,
        ),
        StaffEntry(
            line="helpline",
            label=pgettext_lazy("case", "Cases"),
            says=_("Cases assigned to you: people, facts, tasks, people told."),
            url_name="staff:cases:cases",
            icon="folder",
            ability=access.READ,
            key="l",
            due=of_cases,
        ),
        StaffEntry(
            line="helpline",
            label=_("Receivers"),
            says=_("Receivers of referrals, and contact persons."),
            url_name="staff:cases:directory",
            icon="compass",
            ability=access.READ,
        ),
    ),
    searches=SEARCHES,
    keeps=OPENED.kept,
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line="helpline",
    grants=GRANTS,
    demonstration=fill,
)
