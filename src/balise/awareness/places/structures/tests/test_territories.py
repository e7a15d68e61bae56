"""Organisations by territory: the figure, and the outlines that it is drawn on."""

import pytest

from balise.awareness.places.structures.queries.register import outlines
from balise.awareness.places.structures.tests.makers import make_structure
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.statistics.protection import Exposure
from balise.steering.indicators.queries import values
from balise.steering.indicators.rules.values import Ask
from balise.steering.rules.periods import Period


def test_each_outline_is_of_an_area_that_the_figure_names() -> None:
    areas, credit = outlines()
    names = INDICATORS["AMB-AREA"].labels()
    assert {code for code, _path, _frame, _box in areas} <= names.keys()
    assert credit


@pytest.mark.django_db
def test_an_organisation_counts_where_it_is_and_is_in_a_public_list() -> None:
    make_structure()
    while tick():
        pass
    [found] = values([Ask("AMB-AREA", Period(today(), today()), parts=True)], seen_by=SYSTEM)
    [part] = found.parts
    assert (part.code in INDICATORS["AMB-AREA"].labels(), part.events) == (True, 1)
    assert exposure_of("awareness.structures-joined", "area") is Exposure.PUBLIC
