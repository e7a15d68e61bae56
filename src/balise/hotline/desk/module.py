"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.foundation.accounts.queries import partner_names
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Board, Figure, Form
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.desk import access
from balise.hotline.desk.demonstration import fill
from balise.hotline.desk.events import PartnerReportProcessed, PartnerReportReceived
from balise.hotline.desk.models import Batch
from balise.hotline.desk.queries.own import waiting_count
from balise.hotline.desk.web.due import of_own, of_questions

# The figures of partners, in words.


_PARTNERS_REPORTS = ngettext_lazy(
    "%(many)s report of a partner", "%(many)s reports of partners", "count"
)
_PROCESSED = ngettext_lazy("%(many)s report processed", "%(many)s reports processed", "count")


FIGURES = (
    Figure(
        board="partners",
        code="partners-received",
        measure="hotline.partners.received",
        title=_("Partner reports over time"),
        counted=_PARTNERS_REPORTS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="partners",
        code="partners-received-by",
        measure="hotline.partners.received",
        title=_("Reports received, by partner"),
        counted=_PARTNERS_REPORTS,
        form=Form.CODES,
        by="partner",
        labels=partner_names,
    ),
    Figure(
        board="partners",
        code="partners-processed",
        measure="hotline.partners.processed",
        title=_("Reports processed, by partner"),
        counted=_PROCESSED,
        form=Form.CODES,
        by="partner",
        labels=partner_names,
        is_key=True,
    ),
    Figure(
        board="partners",
        code="partners-time",
        measure="hotline.partners.time-to-processed",
        title=_("From report to the last verdict"),
        counted=_PROCESSED,
        form=Form.SPANS,
        by="band",
        is_key=True,
    ),
)


# What is counted of partners: what each sent, and how much of it is processed.


MEASURES = (
    Measure(
        "hotline.partners.received",
        counts=PartnerReportReceived,
        by=("partner",),
        day="received_on",
    ),
    Measure(
        "hotline.partners.processed",
        counts=PartnerReportProcessed,
        by=("partner",),
        day="processed_on",
    ),
    Measure(
        "hotline.partners.time-to-processed",
        counts=PartnerReportProcessed,
        by=("band",),
        day="processed_on",
        amount="seconds",
    ),
)


# What the desk deletes. Defaults for the data protection officer to confirm.


RULES = (
    Rule(
        name="hotline.desk.drafts",
        forgets=Batch,
        says=_("Drafts of the partner portal are deleted one month after their last change."),
        due=past(Batch, "changed_at", timedelta(days=30)),
        erase=deleted(Batch),
    ),
)


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
