"""The usual file of a grant: each figure of the European pack, and no number of nobody's grant."""

from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.rules.kinds import EUROPEAN
from balise.steering.indicators.rules.grant import read


def test_it_names_each_figure_of_the_european_pack() -> None:
    grant = read()
    named = {one.indicator for one in grant.kpis}
    asked = {one.code for page in EUROPEAN.pages for one in page.asked}
    assert len(asked) > 30
    assert named == asked
    assert named <= set(INDICATORS)
    assert all(one.target is None and one.baseline is None for one in grant.kpis)
