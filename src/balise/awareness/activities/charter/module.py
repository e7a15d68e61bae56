"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.charter import access
from balise.awareness.activities.charter.demonstration import fill
from balise.awareness.activities.charter.events import ChartersCounted, RulesCounted
from balise.awareness.activities.charter.models import LINE
from balise.awareness.activities.charter.retention import RULES
from balise.awareness.activities.charter.rules.bank import Band, bank
from balise.awareness.activities.charter.rules.charter import SEVERAL
from balise.awareness.activities.charter.rules.picks import Of, What, several
from balise.awareness.activities.charter.tasks import SCHEDULE
from balise.awareness.activities.charter.web.public import KEPT
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Indicator, Level, Share
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of charters, in words.


_FAMILIES = ngettext_lazy("%(many)s family", "%(many)s families", "count")


def _bands() -> Mapping[str, object]:
    return {**dict(Band.choices), SEVERAL: several()}


def _practices() -> Mapping[str, object]:
    return {each.code: each.says for each in bank(settings.COUNTRY).practices}


FIGURES = (
    Figure(
        board="awareness",
        code="charters",
        measure="awareness.charters",
        title=_("Family charters, where the family agrees to be counted"),
        counted=_FAMILIES,
        form=Form.CODES,
        by="what",
        labels=lambda: dict(What.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="charter-rules",
        measure="awareness.charter-rules",
        title=_("Rules of charters: chosen, and kept"),
        counted=_FAMILIES,
        form=Form.CODES,
        by="of",
        labels=lambda: dict(Of.choices),
        in_given_order=True,
        sums=True,
    ),
)


# The figures of family charters that a committee speaks of, defined.


_CHARTERS = "awareness.charters"
_STARTED = Counts(_CHARTERS, only=(("what", (What.STARTED.value,)),), sums=True)
_FINISHED = Counts(_CHARTERS, only=(("what", (What.FINISHED.value,)),), sums=True)
_REOPENED = Counts(_CHARTERS, only=(("what", (What.REOPENED.value,)),), sums=True)

INDICATORS = (
    Indicator(
        code="FAM-START",
        line="awareness",
        name=_("Family charters started"),
        definition=_(
            "A charter that is begun counts once, where the family agrees to be counted. "
            "All that were ever begun with this tool."
        ),
        unit=ngettext_lazy("%(many)s charter", "%(many)s charters", "count"),
        source=Level(_STARTED),
        owner=_("Family charter"),
        bound=Bound.AT_LEAST,
    ),
    Indicator(
        code="FAM-CHARTER",
        line="awareness",
        name=_("Families with a charter"),
        definition=_(
            "A charter that was agreed to its end counts once, where the family agrees to "
            "be counted."
        ),
        unit=_FAMILIES,
        source=Level(_FINISHED),
        owner=_("Family charter"),
        bound=Bound.AT_LEAST,
    ),
    Indicator(
        code="FAM-KEEP",
        line="awareness",
        name=_("Charters opened again after 30 days"),
        definition=_(
            "Of the charters finished in the period, how many were opened again after 30 "
            "days; those may have been finished in a period before."
        ),
        unit=ngettext_lazy(
            "%(many)s per cent of charters", "%(many)s per cent of charters", "count"
        ),
        source=Share(_REOPENED, _FINISHED),
        owner=_("Family charter"),
    ),
)


# What is counted of charters.


MEASURES = (
    Measure(
        "awareness.charters",
        counts=ChartersCounted,
        by=("what", "band"),
        day="day",
        amount="families",
    ),
    Measure(
        "awareness.charter-rules",
        counts=RulesCounted,
        by=("of", "practice", "band"),
        day="day",
        amount="families",
    ),
)


# What the public door may do: count families, read the bank, take an address for challenges.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_charter_chartertally",),
        to=(PUBLIC,),
        why="A family that says yes is counted in the tally of the day.",
        read=("id", "day", "what", "band", "times"),
        add=True,
        change=("times",),
    ),
    Grant(
        on=("activities_charter_ruletally",),
        to=(PUBLIC,),
        why="A family that says yes has its rules counted in the tally of the day.",
        read=("id", "day", "of", "practice", "band", "times"),
        add=True,
        change=("times",),
    ),
    Grant(
        on=("activities_charter_practiceversion",),
        to=(PUBLIC,),
        why="Families choose from the bank as the centre has it.",
        read=ALL,
    ),
    Grant(
        on=("activities_charter_challenged",),
        to=(PUBLIC,),
        why="Who asks for challenges leaves an address, sealed, and is never read here.",
        add=True,
    ),
    Tells(
        facts=(
            *("awareness.challenges.asked", "awareness.challenges.confirmed"),
            "awareness.challenges.left",
        ),
        by=(PUBLIC,),
    ),
)


MODULE = Module(
    public=(Mount(namespace="charter"),),
    staff=(Mount("awareness/charter/", "charter"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "awareness_lead": (access.READ, access.WRITE),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Family charter"),
            says=_("Charters made, rules chosen and kept, of families that agree to be counted."),
            url_name="staff:charter:board",
            icon="home",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("The family charter"),
            says=_("Five rules that you choose together, and look at again."),
            url_name="charter:start",
        ),
    ),
    keeps=KEPT,
    retention=RULES,
    key_line=LINE,
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
)
