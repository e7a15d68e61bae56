"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Board
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.desk import access
from balise.hotline.desk.demonstration import fill
from balise.hotline.desk.figures import FIGURES
from balise.hotline.desk.measures import MEASURES
from balise.hotline.desk.queries.questions import waiting_count
from balise.hotline.desk.retention import RULES
from balise.hotline.desk.web.due import of_own, of_questions

MODULE = Module(
    staff=(Mount("hotline/desk/", "desk"),),
    abilities={"analyst": (access.ANSWER,), "partner_member": (access.USE,)},
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Partners’ questions"),
            says=_("Partner questions waiting for an answer."),
            url_name="staff:desk:questions",
            icon="mail",
            ability=access.ANSWER,
            tabs="hotline",
            late=waiting_count,
            late_says=pgettext_lazy("tab", "to answer"),
            due=of_questions,
        ),
        StaffEntry(
            line="hotline",
            label=_("My reports"),
            says=_("Reports of your organisation and their status."),
            url_name="staff:desk:home",
            icon="inbox",
            ability=access.USE,
            due=of_own,
        ),
        StaffEntry(
            line="hotline",
            label=_("New report"),
            says=_("One report, with the details the police need."),
            url_name="staff:desk:new",
            icon="plus",
            ability=access.USE,
        ),
        StaffEntry(
            line="hotline",
            label=_("Import reports"),
            says=_("A spreadsheet of reports; each line gets a result."),
            url_name="staff:desk:new-batch",
            icon="upload",
            ability=access.USE,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    boards=(Board(code="partners", line="hotline", title=_("Partner figures")),),
    retention=RULES,
    demonstration=fill,
)
