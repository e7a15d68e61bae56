"""The figures of the field, in words. A person met twice is counted twice, and the titles say so.

The return rate is no count of a day: it stands on the pages of staff, with what it is made of.
"""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy as _, ngettext_lazy

from balise.awareness.places.fieldwork.rules.schools import schools
from balise.awareness.places.fieldwork.rules.visits import Line
from balise.awareness.places.fieldwork.rules.workshops import Band, Method
from balise.awareness.publications.queries import kits
from balise.foundation.statistics.boards import Figure, Form

_WORKSHOPS = ngettext_lazy("%(many)s workshop", "%(many)s workshops", "count")
_PEOPLE = ngettext_lazy("%(many)s person met", "%(many)s people met", "count")


def _kits() -> Mapping[str, object]:
    found = kits.current(language=get_language() or settings.LANGUAGE_CODE)
    return {"": _("No kit"), **{str(each.kit): each.title for each in found}}


def _groups() -> Mapping[str, object]:
    country = schools(settings.COUNTRY)
    return {**country.levels, **country.professions}


FIGURES = (
    Figure(
        board="awareness",
        code="workshops",
        measure="awareness.workshops",
        title=_("Workshops declared over time"),
        counted=_WORKSHOPS,
        form=Form.DAYS,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="workshops-kit",
        measure="awareness.workshops",
        title=_("Workshops, by kit used"),
        counted=_WORKSHOPS,
        form=Form.CODES,
        by="kit",
        labels=_kits,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="workshops-method",
        measure="awareness.workshops",
        title=_("Workshops, by how heads were counted"),
        counted=_WORKSHOPS,
        form=Form.CODES,
        by="method",
        labels=lambda: dict(Method.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="people-band",
        measure="awareness.people",
        title=_("People met in workshops, by age (someone met twice counts twice)"),
        counted=_PEOPLE,
        form=Form.CODES,
        by="band",
        labels=lambda: dict(Band.choices),
        in_given_order=True,
        sums=True,
        is_key=True,
    ),
    Figure(
        board="awareness",
        code="interventions-line",
        measure="awareness.interventions",
        title=_("People met in interventions, by line"),
        counted=_PEOPLE,
        form=Form.CODES,
        by="host_line",
        labels=lambda: dict(Line.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="interventions-group",
        measure="awareness.groups",
        title=_("People met in interventions, by class level or profession"),
        counted=_PEOPLE,
        form=Form.CODES,
        by="group",
        labels=_groups,
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="interventions-asked",
        measure="awareness.asked",
        title=_("Interventions asked for, by whether the place was met before"),
        counted=ngettext_lazy("%(many)s request", "%(many)s requests", "count"),
        form=Form.CODES,
        by="is_again",
        labels=lambda: {"yes": _("Met before"), "no": _("First time")},
        in_given_order=True,
    ),
)
