"""Which picture a form has."""

from collections.abc import Callable, Mapping
from typing import Final

from balise.steering.editions.documents.drawing.places import has_map, places
from balise.steering.editions.documents.told import Figure
from balise.steering.editions.rules.deck import Form, Map
from balise.steering.rules.drawing.bars import bars, stack
from balise.steering.rules.drawing.columns import columns
from balise.steering.rules.drawing.multiples import Drawn, multiples
from balise.steering.rules.drawing.shapes import Picture
from balise.steering.rules.drawing.slopes import slopes


def pictures(
    figure: Figure, language: str, width: float, height: float, *, known: Map | None = None
) -> tuple[Picture, ...]:
    """Return the pictures of a chart: none of a number or a table, a map and its bars of places."""
    form = figure.fitted.form
    if form in {Form.NUMBER, Form.TABLE}:
        return ()
    main = _DRAWN[form](figure.drawn, language, width, height)
    if form is Form.PLACES and known is not None and has_map(figure, known):
        return places(figure, known, width, height), main
    return (main,)


_DRAWN: Final[Mapping[Form, Callable[[Drawn, str, float, float], Picture]]] = {
    Form.COLUMNS: columns,
    Form.STACKED: columns,
    Form.SHARES: columns,
    Form.BARS: bars,
    Form.STEPS: bars,
    Form.PLACES: bars,
    Form.STACK: stack,
    Form.MULTIPLES: multiples,
    Form.SLOPE: slopes,
}
