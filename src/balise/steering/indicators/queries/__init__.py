"""Values of indicators, from the tallies and the readings alone; no line's table is read here."""

from balise.steering.indicators.queries.tables import table
from balise.steering.indicators.queries.values import values

__all__ = ("table", "values")
