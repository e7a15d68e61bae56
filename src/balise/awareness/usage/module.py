"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.usage import access
from balise.awareness.usage.events import UseCounted
from balise.awareness.usage.rules.tallies import UsageKind
from balise.awareness.usage.tasks import SCHEDULE, keep_writing
from balise.foundation.grants import PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.boards import Board, Figure, Form
from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import StaffEntry

# The figures of use, in words.


_USES = ngettext_lazy("%(many)s use", "%(many)s uses", "count")

FIGURES = (
    Figure(
        board="awareness",
        code="uses",
        measure="awareness.usage",
        title=_("Use of resources over time"),
        counted=_USES,
        form=Form.DAYS,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="uses-kind",
        measure="awareness.usage",
        title=_("Use, by kind"),
        counted=_USES,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(UsageKind.choices),
        in_given_order=True,
        sums=True,
    ),
)


# The figures of use of our pages that a committee speaks of, defined.


_USED = "awareness.usage"

INDICATORS = (
    Indicator(
        code="RES-VIEW",
        line="awareness",
        name=_("Page views of resources"),
        definition=_(
            "A page counts each time it is shown, robots removed as far as they say so. "
            "It is counted on our server without a cookie: visitors are not known."
        ),
        unit=npgettext_lazy("figures", "%(many)s view", "%(many)s views", "count"),
        source=Flow(Counts(_USED, only=(("kind", (UsageKind.VIEW.value,)),), sums=True)),
        owner=_("Our own count of use"),
    ),
    Indicator(
        code="RES-DL",
        line="awareness",
        name=_("Downloads of resources"),
        definition=_(
            "A file counts each time it is fetched; the same file within half an hour counts once."
        ),
        unit=npgettext_lazy("figures", "%(many)s download", "%(many)s downloads", "count"),
        source=Flow(Counts(_USED, only=(("kind", (UsageKind.DOWNLOAD.value,)),), sums=True)),
        owner=_("Our own count of use"),
    ),
)


# What is counted of use: the journal is told of days, never of one use.


MEASURES = (
    Measure(
        "awareness.usage",
        counts=UseCounted,
        by=("kind",),
        day="day",
        amount="amount",
    ),
)


# What the public door may do: add to tallies, and follow short links.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_usage_daytally",),
        to=(PUBLIC,),
        why="Once a second it adds what was used. PostgreSQL reads a row that it adds to.",
        read=("day", "kind", "thing", "language", "campaign", "count"),
        add=True,
        change=("count",),
    ),
    Grant(
        on=("awareness_usage_shortlink",),
        to=(PUBLIC,),
        why="Anyone follows a short link; who opened it is not read.",
        read=("id", "code", "path", "campaign", "closed_at"),
    ),
)


MODULE = Module(
    public=(
        Mount(namespace="usage"),
        Mount(listed="plain", plain=True),
    ),
    staff=(Mount("awareness/usage/", "usage"),),
    abilities={
        "editor": (access.READ, access.LINK),
        "awareness_lead": (access.CLOSE,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Use of resources"),
            says=_("Views, downloads, prints and short links. Nobody is recognised."),
            url_name="staff:usage:board",
            icon="chart",
            ability=access.READ,
        ),
    ),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    boards=(Board(code="awareness", line="awareness", title=_("Awareness figures")),),
    schedule=SCHEDULE,
    grants=GRANTS,
    threads={"public": keep_writing},
)
