"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.foundation.budgets.rules import Budget
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.hotline.laboratory import access, events as e
from balise.hotline.laboratory.demonstration import fill
from balise.hotline.laboratory.models import Case
from balise.hotline.laboratory.queries.tracking import waiting
from balise.hotline.laboratory.rules.standing import CaseState, Ground, ItemKind, Said
from balise.hotline.laboratory.rules.turned import TURNS
from balise.hotline.laboratory.tasks import SCHEDULE
from balise.hotline.laboratory.web.public import CODE, WAY

# The figures of the laboratory, in words.


_CASES = ngettext_lazy("%(many)s laboratory case", "%(many)s laboratory cases", "count")
_PRINTS = ngettext_lazy("%(many)s fingerprint sent", "%(many)s fingerprints sent", "count")
_ANSWERS = ngettext_lazy("%(many)s answer of a partner", "%(many)s answers of partners", "count")
_BLOCKED = ngettext_lazy("%(many)s copy blocked", "%(many)s copies blocked", "count")
_FIRST = ngettext_lazy("%(many)s first block", "%(many)s first blocks", "count")
_BACK = ngettext_lazy("%(many)s picture withdrawn", "%(many)s pictures withdrawn", "count")
_DISPUTES = ngettext_lazy("%(many)s dispute", "%(many)s disputes", "count")

FIGURES = (
    Figure(
        board="hotline",
        code="laboratory-cases",
        measure="hotline.laboratory.cases",
        title=_("People who had a picture stopped"),
        counted=_CASES,
        form=Form.NUMBER,
    ),
    Figure(
        board="hotline",
        code="laboratory-hashes",
        measure="hotline.laboratory.cases",
        title=_("Fingerprints sent by victims"),
        counted=_PRINTS,
        form=Form.NUMBER,
        sums=True,
    ),
    Figure(
        board="hotline",
        code="laboratory-answers",
        measure="hotline.laboratory.answers",
        title=_("Answers of partners about fingerprints"),
        counted=_ANSWERS,
        form=Form.CODES,
        by="answer",
        labels=lambda: dict(Said.choices),
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="laboratory-turns",
        measure="hotline.laboratory.turns",
        title=_("Copies blocked, by how they were turned"),
        counted=_BLOCKED,
        form=Form.CODES,
        by="turn",
        labels=lambda: TURNS | {"": pgettext_lazy("turn", "not said")},
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="laboratory-first-blocked",
        measure="hotline.laboratory.first-blocked",
        title=_("From sending to the first block"),
        counted=_FIRST,
        form=Form.SPANS,
        by="band",
    ),
    Figure(
        board="hotline",
        code="laboratory-withdrawn",
        measure="hotline.laboratory.withdrawn",
        title=_("Fingerprints withdrawn"),
        counted=_BACK,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(ItemKind.choices),
    ),
    Figure(
        board="hotline",
        code="laboratory-disputes",
        measure="hotline.laboratory.disputes",
        title=_("Disputed fingerprints"),
        counted=_DISPUTES,
        form=Form.CODES,
        by="ground",
        labels=lambda: dict(Ground.choices),
    ),
)


# The figures of the laboratory that a committee speaks of, defined.


_OWNER = _("Hotline: laboratory")

INDICATORS = (
    Indicator(
        code="LAB-N",
        line="hotline",
        name=_("People who had a picture stopped"),
        definition=_(
            "A case counts once, on the day its fingerprints were sent. Someone who sends twice "
            "under two codes counts twice; what was saved and never sent does not count."
        ),
        unit=ngettext_lazy("%(many)s laboratory case", "%(many)s laboratory cases", "count"),
        source=Flow(Counts("hotline.laboratory.cases")),
        owner=_OWNER,
    ),
    Indicator(
        code="LAB-BLOCK",
        line="hotline",
        name=_("Cases with a copy blocked"),
        definition=_(
            "A case counts once, on the day a partner first said that it blocked a copy. What "
            "partners block without saying so is not in it."
        ),
        unit=ngettext_lazy("%(many)s first block", "%(many)s first blocks", "count"),
        source=Flow(Counts("hotline.laboratory.first-blocked")),
        owner=_OWNER,
    ),
)


# What is counted of the laboratory: none of it leaves the house.


MEASURES = (
    Measure("hotline.laboratory.cases", counts=e.CaseSent, by=("threat",), amount="hashes"),
    Measure("hotline.laboratory.answers", counts=e.PartnerAnswered, by=("answer",)),
    Measure(
        "hotline.laboratory.turns",
        counts=e.PartnerAnswered,
        by=("turn",),
        only=(("answer", "blocked"),),
    ),
    Measure(
        "hotline.laboratory.first-blocked", counts=e.FirstBlocked, by=("band",), amount="seconds"
    ),
    Measure("hotline.laboratory.withdrawn", counts=e.ItemWithdrawn, by=("kind",)),
    Measure("hotline.laboratory.disputes", counts=e.DisputeOpened, by=("ground",)),
)


# What is deleted of the laboratory, and when. The figures stay.


DRAFTS_KEPT: Final = timedelta(days=30)
ENDED_KEPT: Final = timedelta(days=90)

RULES = (
    Rule(
        name="hotline.laboratory-drafts",
        forgets=Case,
        says=_("Fingerprints that were saved and never sent: after thirty days."),
        due=past(Case, "began_at", DRAFTS_KEPT, state=CaseState.DRAFT),
        erase=deleted(Case),
    ),
    Rule(
        name="hotline.laboratory-cases",
        forgets=Case,
        says=_("A case of the laboratory: ninety days after its last fingerprint was withdrawn."),
        due=past(Case, "ended_at", ENDED_KEPT),
        erase=deleted(Case),
    ),
)


# What the public may do in the laboratory: send sealed hashes, follow them, take them back.
#
# The public door writes no entry of the bank: the worker, which holds the hotline's key, opens
# what was sent and banks it. So a hole in the public door adds no hash to a list.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("hotline_laboratory_case",),
        to=(PUBLIC,),
        why="Someone stops, sends and comes back with a code; hashes are sealed until banked.",
        read=ALL,
        add=True,
        change=(
            *("state", "is_threat", "sealed", "sent_at", "opened_on", "ended_at"),
            *("has_report", "sent_as"),
        ),
    ),
    Grant(
        on=("hotline_laboratory_item",),
        to=(PUBLIC,),
        why="A case has pictures and clips, as kinds and counts; its bearer takes one back.",
        read=ALL,
        add=True,
        change=("state",),
    ),
    Grant(
        on=("hotline_laboratory_heard", "hotline_laboratory_partner"),
        to=(PUBLIC,),
        why="The tracker says what partners answered; the door reads nothing of the exchange.",
        read=ALL,
    ),
    Grant(
        on=("hotline_laboratory_dispute",),
        to=(PUBLIC,),
        why="The bearer of a code is asked about a dispute, and answers.",
        read=ALL,
        change=("sealed", "answered_at"),
    ),
    Tells(
        facts=(
            *("hotline.laboratory.saved", "hotline.laboratory.sent"),
            *("hotline.laboratory.withdrawal-asked", "hotline.laboratory.dispute-answered"),
        ),
        by=(PUBLIC,),
    ),
)


# A clip is opened in memory, to draw a frame a second; nothing else may be.
_FILMS = {"media-src": ("blob:",)}

MODULE = Module(
    budgets=(Budget("hotline.laboratory", in_all=0, comes_first=True),),
    public=(Mount(namespace="laboratory", sources={"choose": _FILMS, "send": _FILMS}),),
    staff=(Mount("hotline/", "laboratory"),),
    abilities={"analyst": (access.LOOK,), "hotline_lead": (access.LOOK, access.DECIDE)},
    public_ways=(
        PublicEntry(
            line="hotline",
            label=_("Stop an intimate image"),
            says=_("Without showing it: only a fingerprint leaves the device."),
            url_name="laboratory:start",
        ),
    ),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Laboratory"),
            says=_("Fingerprints of victims: disputes to decide, cases. No picture is here."),
            url_name="staff:laboratory:disputes",
            icon="fingerprint",
            ability=access.LOOK,
            count=waiting,
        ),
    ),
    keeps=CODE.kept,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
