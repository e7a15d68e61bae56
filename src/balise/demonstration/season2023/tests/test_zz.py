import pytest
from balise.demonstration.season2023.tests.test_season import *
from balise.demonstration.season2023.tests import test_season as t
pytestmark = [pytest.mark.django_db]
for n in [n for n in dir() if n.startswith("test_")]: del globals()[n]
def test_probe(season):
    edition, deck, files = showing.deck_of_day(ENDS)
    for number, table in deck.figures.items():
        print("FIG", number, table.code, len(table.rows), [ (r.cells[0].value) for r in table.rows][:3], table.rows[0].cells[0])
    year = (date(ENDS.year, 1, 1), ENDS)
    codes = {table.code for table in deck.figures.values()}
    for row in ROWS:
        print("ROW", row.ids, row.code, row.part, row.period==year, row.code in codes, planned(row, PLAN), row.period)
