"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.accounts.queries import holders_of
from balise.foundation.accounts.roles import Scope
from balise.foundation.actors import SYSTEM
from balise.foundation.budgets.rules import MIB, Budget
from balise.foundation.grants import ALL, API, PUBLIC, STAFF, Declared, Grant, Queues, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, dropped, past
from balise.foundation.statistics.boards import Board
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.foundation.web.quick_exit import Kept, Where
from balise.hotline.reports import access
from balise.hotline.reports.actions.claiming import forget_drafts
from balise.hotline.reports.demonstration.past import fill
from balise.hotline.reports.events import (
    ContentAssessed,
    ContentDecided,
    ContentInherited,
    ContentReappeared,
    ContentRemoved,
    IllegalCounted,
    ItemsCounted,
    RemovalAsked,
    ReportFinished,
    ReportReceived,
    VerdictTakenBack,
)
from balise.hotline.reports.figures import FIGURES
from balise.hotline.reports.indicators import INDICATORS
from balise.hotline.reports.models import Content, Report, SavedView, VerdictDraft
from balise.hotline.reports.queries.dialogues import dangers_to_read, words_to_read
from balise.hotline.reports.queries.views import in_danger, to_assess
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tasks import knowing, working
from balise.hotline.reports.web.due import of_queue, of_words
from balise.hotline.reports.web.following import WAY
from balise.hotline.reports.web.public import KEPT
from balise.hotline.reports.web.search import SEARCHES
from balise.takedown.watch.figures import figures_of
from balise.takedown.watch.measures import measures_of

# What is counted about reports and contents.


MEASURES = (
    Measure(
        "hotline.reports.received",
        counts=ReportReceived,
        by=("channel",),
        day="received_on",
        amount="contents",
    ),
    Measure(
        "hotline.contents.known",
        counts=ReportReceived,
        by=("channel",),
        day="received_on",
        amount="known",
    ),
    Measure(
        "hotline.reports.finished",
        counts=ReportFinished,
        by=("category", "age_band", "abandoned"),
        day="received_on",
    ),
    Measure("hotline.verdicts", counts=ContentDecided, by=("verdict",)),
    Measure(
        "hotline.verdicts.taken-back", counts=VerdictTakenBack, by=("verdict",), day="decided_on"
    ),
    Measure("hotline.verdicts.grounds", counts=ContentAssessed, by=("ground",)),
    Measure("hotline.time-to-verdict", counts=ContentDecided, by=("band",), amount="seconds"),
    Measure("hotline.time-to-removal", counts=ContentRemoved, by=("band",), amount="seconds"),
    # INHOPE's headings are said of these codes (takedown/law/rules/mappings).
    Measure(
        "hotline.items",
        counts=ItemsCounted,
        by=("age", "sex", "act"),
        day="decided_on",
        amount="items",
    ),
    Measure(
        "hotline.illegal",
        counts=IllegalCounted,
        by=("country", "site_type", "commerciality", "baseline"),
        day="decided_on",
        sign="contents",
    ),
    Measure(
        "hotline.illegal.shown",
        counts=IllegalCounted,
        by=("age", "sex"),
        day="decided_on",
        sign="contents",
        is_yearly=True,
    ),
    Measure("hotline.removed", counts=ContentRemoved, by=("country",), by_days="seconds"),
    Measure("hotline.asked", counts=RemovalAsked, by=("to",), by_days="seconds"),
    Measure("hotline.contents.reappeared", counts=ContentReappeared, by=("category",)),
    Measure("hotline.contents.inherited", counts=ContentInherited, by=("way",)),
    Measure("hotline.contents.turned", counts=ContentInherited, by=("turn",)),
    Measure("hotline.looks.spared", counts=ContentInherited, by=("way",), amount="spared"),
)


# What the hotline deletes, and when. Defaults for the data protection officer to confirm.


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


# What the public may do with reports: bring them, and follow one by its receipt.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("hotline_reports_report",),
        to=(PUBLIC,),
        why="Someone reports, goes on with a report and follows it; what it says is sealed.",
        read=ALL,
        add=True,
        change=(
            *("category", "age_band", "danger", "is_finished", "follow_up", "sealed"),
            *("last_answer_at", "left_open_at", "to_read"),
            *("certificate_key", "certificate_signature", "passed_to_helpline_at"),
        ),
    ),
    Grant(
        on=("hotline_reports_content",),
        to=(PUBLIC,),
        why="A report joins what is known. It names no verdict, and clears none but to reopen it.",
        read=ALL,
        add=True,
        change=(
            *("report_count", "category", "danger", "concerned", "minor", "priority"),
            *("state", "closing_id", "decided_at", "waited_points", "reopened_at", "changed_at"),
        ),
    ),
    Grant(
        on=("hotline_reports_mention",),
        to=(PUBLIC,),
        why="A report names places; its reporter may correct one.",
        read=ALL,
        add=True,
        remove=True,
    ),
    Grant(
        on=("hotline_reports_message",),
        to=(PUBLIC,),
        why="A reporter reads our questions and answers them.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("hotline_reports_fingerprint",),
        to=(API,),
        why="A partner whose token says so gives fingerprints of what it reports.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("hotline_reports_recognition",),
        to=(API,),
        why="The banks are asked about what has new fingerprints; the answer is the worker's.",
        read=ALL,
        add=True,
        change=("standing", "at", "held_back_until", "ask_again_at", "tries"),
    ),
    Tells(facts=("hotline.content.fingerprinted",), by=(API,)),
    Queues(
        job="balise.hotline.reports.tasks.working.trace",
        by=STAFF,
        why="An analyst asks once more where content is hosted.",
    ),
    Tells(
        facts=(
            *("hotline.report.received", "hotline.report.finished"),
            *("hotline.content.reopened", "hotline.content.closing-left"),
            "hotline.content.removed-reported",
        ),
        by=(PUBLIC, API),
    ),
    Tells(
        facts=(
            *("hotline.report.late-answers-given", "hotline.content.corrected"),
            *("hotline.report.follow-up-declined", "hotline.certificate.asked"),
            *("hotline.message.written", "hotline.report.passed-to-helpline"),
        ),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    budgets=(Budget("hotline.reports", near=256 * MIB, in_all=0, comes_first=True),),
    indicators=INDICATORS,
    public=(Mount(namespace="hotline"),),
    staff=(Mount("hotline/", "hotline"),),
    partners="hotline",
    abilities={
        "analyst": (access.READ, access.ASSESS, access.CONFIRM, access.ANSWER),
        "hotline_lead": (
            *(access.CLOSE_MANY, access.RELEASE_OTHERS, access.IMPORT),
            access.TAKE_FILE,
        ),
        "partner_member": (access.SUBMIT, access.FOLLOW_OWN),
    },
    scopes=(
        Scope(access.SUBMIT, _("Send reports")),
        Scope(access.FOLLOW_OWN, _("Follow the reports it sent")),
        Scope(access.FINGERPRINT, _("Give fingerprints of what it reports")),
    ),
    public_ways=(
        PublicEntry(
            line="hotline",
            label=_("Report content"),
            says=_(
                "A page, a picture, a message: its address is all we need. No name, no account."
            ),
            url_name="hotline:report",
            icon="flag",
        ),
        PublicEntry(
            line="hotline",
            label=_("Follow my report"),
            says=_("Use the code you received."),
            url_name="hotline:follow",
        ),
    ),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Queue"),
            says=_("Content waiting for a first or second review, most urgent first."),
            url_name="staff:hotline:queue",
            icon="inbox",
            ability=access.READ,
            key="q",
            count=to_assess,
            tabs="hotline",
            late=in_danger,
            late_says=pgettext_lazy("tab", "in danger"),
            due=of_queue,
        ),
        StaffEntry(
            line="hotline",
            label=_("Reporter messages"),
            says=_("Messages, and reports about decided content, for someone to read."),
            url_name="staff:hotline:words",
            icon="mail",
            ability=access.ANSWER,
            key="m",
            count=words_to_read,
            tabs="hotline",
            late=dangers_to_read,
            late_says=pgettext_lazy("tab", "in danger"),
            due=of_words,
        ),
        StaffEntry(
            line="hotline",
            label=_("INHOPE report"),
            says=_("The yearly figures for INHOPE, as a file."),
            url_name="staff:hotline:inhope",
            icon="file",
            ability=access.TAKE_FILE,
        ),
    ),
    searches=SEARCHES,
    content_page={"hotline": "staff:hotline:content"},
    keeps=(
        *KEPT,
        Kept(Where.SESSION, "report-address"),
        Kept(Where.SESSION, "report-kind"),
    ),
    opens=(WAY,),
    measures=(*MEASURES, *measures_of("hotline")),
    figures=(*FIGURES, *figures_of("hotline")),
    boards=(
        Board(code="hotline", line="hotline", title=_("Hotline figures")),
        Board(code="removals", line="hotline", title=_("Removal figures")),
    ),
    retention=RULES,
    schedule=(*working.SCHEDULE, *knowing.SCHEDULE),
    key_line="hotline",
    grants=GRANTS,
    demonstration=fill,
)
