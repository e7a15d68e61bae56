"""Which picture a form has."""

from collections.abc import Callable, Mapping
from typing import Final

from balise.steering.editions.documents.drawing.bars import bars, stack
from balise.steering.editions.documents.drawing.columns import columns
from balise.steering.editions.documents.drawing.multiples import multiples
from balise.steering.editions.documents.drawing.places import has_map, places
from balise.steering.editions.documents.drawing.shapes import Picture
from balise.steering.editions.documents.drawing.slopes import slopes
from balise.steering.editions.documents.told import Figure
from balise.steering.editions.rules.deck import Form, Map


def pictures(
    figure: Figure, language: str, width: float, height: float, *, known: Map | None = None
) -> tuple[Picture, ...]:
    """Return the pictures of a chart: none of a number or a table, a map and its bars of places."""
    form = figure.fitted.form
    if form in {Form.NUMBER, Form.TABLE}:
        return ()
    main = _DRAWN[form](figure, language, width, height)
    if form is Form.PLACES and known is not None and has_map(figure, known):
        return places(figure, known, width, height), main
    return (main,)


_DRAWN: Final[Mapping[Form, Callable[[Figure, str, float, float], Picture]]] = {
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
