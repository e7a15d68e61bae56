"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.accounts.roles import Scope
from balise.foundation.budgets.rules import MIB, Budget
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Board
from balise.foundation.web.keeping import Kept, Where
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.hotline.reports import access
from balise.hotline.reports.demonstration.past import fill
from balise.hotline.reports.figures import FIGURES
from balise.hotline.reports.grants import GRANTS
from balise.hotline.reports.indicators import INDICATORS
from balise.hotline.reports.measures import MEASURES
from balise.hotline.reports.queries.views import in_danger, to_assess
from balise.hotline.reports.queries.words import dangers_to_read, words_to_read
from balise.hotline.reports.retention import RULES
from balise.hotline.reports.tasks import knowing, working
from balise.hotline.reports.web.due import of_queue, of_words
from balise.hotline.reports.web.following import WAY
from balise.hotline.reports.web.search import SEARCHES
from balise.hotline.reports.web.tickets import KEPT
from balise.takedown.watch.figures import figures_of
from balise.takedown.watch.measures import measures_of

MODULE = Module(
    budgets=(Budget("hotline.reports", near=256 * MIB, in_all=0, comes_first=True),),
    indicators=INDICATORS,
    public=(Mount(namespace="hotline"),),
    staff=(Mount("hotline/", "hotline"),),
    partners="hotline",
    abilities={
        "analyst": (access.READ, access.ASSESS, access.CONFIRM, access.ANSWER),
        "hotline_lead": (access.CLOSE_MANY, access.RELEASE_OTHERS, access.IMPORT),
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
