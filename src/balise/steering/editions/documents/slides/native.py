"""Charts that stay charts: native ones, with the masked table in the workbook inside.

What is not shown is an empty cell and a gap, never 0. Labels are text: no reader's locale changes
them. The inner plot has a fixed place: boxes and breaks are drawn over it.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from balise.steering.editions.documents.slides.axes import axis_format, name_every
from balise.steering.editions.documents.slides.parts import (
    FACE,
    Pen,
    Place,
    Run,
    describe,
    fill_with,
    rgb,
)
from balise.steering.editions.documents.told import Figure
from balise.steering.editions.rules.deck import Form, parts_of
from balise.steering.rules.drawing import bars, columns, slopes
from balise.steering.rules.drawing.multiples import (
    BAR_GAP,
    GAP,
    Plot,
    label_of,
    mark_of,
    scale,
    shown,
)
from balise.steering.rules.drawing.shapes import Box, Fill, Words, width_of
from balise.steering.rules.drawing.svg import EDGE, INK, PAPER, RULE, SOFT
from balise.steering.rules.leaving import NOT_COUNTED, Cell, TableRow, cell_words

_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DATA: Final[Any] = CategoryChartData  # the library tells no types of it
_BAR_ROOM: Final = 30.0
MOST_MULTIPLES: Final = 6  # small charts of a slide, as each is a chart with its workbook
_ACROSS: Final = 3
_APART: Final = 16.0
_NAME: Final = 16.0
_SCALE: Final = 34.0  # the room of the scale, left of a small plot
_FEW: Final = 4  # columns that have their numbers above them


def add(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    """Add the native chart of a figure in this place, with its marks over it."""
    _DRAWN[figure.fitted.form](pen, figure, place, language)


def _columns(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    rows = figure.fitted.rows
    plot = columns.plot_of(figure.drawn, place.width, place.height)
    is_stacked = figure.fitted.form is Form.STACKED
    names = columns.names_of(figure.drawn, plot, language)
    # The first head stands last in a group, and lowest in a stack.
    order = list(range(len(figure.keys)))
    if not is_stacked:
        order.reverse()
    series = [(figure.keys[head], [row.cells[head] for row in rows]) for head in order]
    kind = XL_CHART_TYPE.COLUMN_STACKED if is_stacked else XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = _chart(pen, figure, place, kind, names, series)
    shape = chart.plots[0]
    shape.gap_width = round(GAP * 100)
    shape.overlap = 100 if is_stacked else 0
    _inner(chart, plot, place)
    _value_axis(chart, plot, is_percent=figure.table.is_percent)
    for head, made in zip(order, shape.series, strict=True):
        fill_with(made, columns.PARTS[head], pen.hue)
        for at, row in enumerate(rows):
            if row.cells[head].value is None:
                continue
            part = (columns.part_fill if is_stacked else columns.fill_of)(figure.drawn, row, head)
            if part in {Fill.HATCHED, Fill.LIGHT_HATCHED}:
                fill_with(made.points[at], part, pen.hue)
            _column_label(pen, figure, plot, made.points[at], (at, head))
    if len(figure.keys) > 1:
        _legend(chart, plot.left / place.width, 0, place)
    for mark in columns.marks(figure.drawn, plot, language):
        pen.shape(mark, place)


def _column_label(pen: Pen, figure: Figure, plot: Plot, point: Any, where: tuple[int, int]) -> None:
    """Label a column that has its number: above it, or inside a part that holds it."""
    at, head = where
    row = figure.fitted.rows[at]
    value = row.cells[head].value or Decimal()
    words = cell_words(row.cells[head], is_percent=figure.table.is_percent)
    if figure.fitted.form is Form.STACKED:
        if plot.bottom - plot.y(value) >= columns.INSIDE:
            fill = columns.part_fill(figure.drawn, row, head)
            _label(pen, point, words, XL_LABEL_POSITION.CENTER, white=fill is Fill.DARK)
            if fill is Fill.LIGHT_HATCHED:
                _give_ground(point)
    elif where in columns.labels(figure.drawn, plot) or not value:
        _label(pen, point, words, XL_LABEL_POSITION.OUTSIDE_END, bold=head == 0)


def _bars(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    rows, plot = figure.fitted.rows, bars.plot_of(figure.drawn, language, place.width, place.height)
    names = [label_of(row, language, folded=figure.fitted.folded) for row in rows]
    series = [(name, [row.cells[head] for row in rows]) for head, name in enumerate(figure.keys)]
    chart = _chart(pen, figure, place, XL_CHART_TYPE.BAR_CLUSTERED, names, series)
    shape = chart.plots[0]
    shape.gap_width, shape.overlap = round(BAR_GAP * 100), 0
    _inner(chart, plot, place)
    _value_axis(chart, plot, is_percent=figure.table.is_percent, is_visible=False)
    chart.category_axis.reverse_order = True
    is_dense = bars.lane(figure.drawn, plot, 0, 0)[1] < bars.SHORTEST
    name_every(chart.category_axis, 1, size=8 if is_dense else 10)
    for head, made in enumerate(shape.series):
        fill_with(made, (Fill.DARK, Fill.TINT)[head], pen.hue)
        for at, row in enumerate(rows):
            if row.cells[head].value is None:
                continue
            part = bars.fill_of(figure.drawn, row, head)
            if part is not (Fill.DARK, Fill.TINT)[head]:
                fill_with(made.points[at], part, pen.hue)
            if head == 0 or not is_dense:
                words = bars.words_of(figure.drawn, at, head)
                _label(pen, made.points[at], words, XL_LABEL_POSITION.OUTSIDE_END, bold=head == 0)
    if len(figure.keys) > 1:
        _legend(chart, plot.left / place.width, 0, place)
    for mark in bars.marks(figure.drawn, plot):
        pen.shape(mark, place)


def _stack(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    rows, folded = figure.fitted.rows, figure.fitted.folded
    hidden = [
        [mark_of(row.cells[head]) for row in rows if mark_of(row.cells[head])]
        for head in range(len(figure.keys))
    ]
    room = _BAR_ROOM * max(map(len, hidden)) + 4
    many = len(figure.keys) > 1
    left = max(width_of(head, 11) for head in figure.keys) + 14 if many else 2.0
    tall = min(place.height - 34, 56.0 * len(figure.keys))
    plot = Plot(left, 4, place.width - left - room, tall, 1, 1)
    series = [(label_of(row, language, folded=folded), list(row.cells)) for row in rows]
    chart = _chart(pen, figure, place, XL_CHART_TYPE.BAR_STACKED_100, figure.keys, series)
    shape = chart.plots[0]
    shape.gap_width, shape.overlap = 35, 100
    _inner(chart, plot, place)
    _value_axis(chart, plot, is_percent=False, is_visible=False)
    chart.category_axis.reverse_order = True
    chart.category_axis.visible = many
    for at, (made, row) in enumerate(zip(shape.series, rows, strict=True)):
        fill_with(made, columns.PARTS[at], pen.hue)
        for head, cell in enumerate(row.cells):
            whole = sum((one.cells[head].value or Decimal() for one in rows), Decimal())
            words = cell_words(cell, is_percent=figure.table.is_percent)
            if not cell.value or width_of(words, 11) > float(cell.value / whole) * plot.width:
                continue
            _label(
                pen, made.points[head], words, XL_LABEL_POSITION.CENTER, bold=True, white=at == 0
            )
    _legend(chart, 0, (plot.bottom + 6) / place.height, place)
    band = plot.height / len(figure.keys)
    for head, marks in enumerate(hidden):
        for nth, words in enumerate(marks):
            y = plot.top + band * (head + 0.13)
            pen.shape(Box(plot.right + 4 + nth * _BAR_ROOM, y, 26, band * 0.74, words), place)


def _slopes(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    rows, folded = figure.fitted.rows, figure.fitted.folded
    plot = slopes.plot_of(figure.drawn, language, place.width, place.height)
    series = [
        (label_of(row, language, folded=folded), [row.cells[1], row.cells[0]]) for row in rows
    ]
    names = [figure.keys[1], figure.keys[0]]
    chart = _chart(pen, figure, place, XL_CHART_TYPE.LINE_MARKERS, names, series)
    _inner(chart, plot, place)
    _value_axis(chart, plot, is_percent=figure.table.is_percent, is_visible=False)
    # The first and the last column of the table stand on the sides of the plot.
    axis = chart.value_axis._element
    for old in axis.findall(qn("c:crossBetween")):
        axis.remove(old)
    axis.find(qn("c:crosses")).addnext(parse_xml(f'<c:crossBetween xmlns:c="{_C}" val="midCat"/>'))
    chart.category_axis.visible = False
    for made in chart.plots[0].series:
        made.smooth = False
        made.format.line.color.rgb, made.format.line.width = rgb(pen.hue.dark), Pt(1.75)
        made.marker.style = XL_MARKER_STYLE.CIRCLE
        made.marker.format.fill.solid()
        made.marker.format.fill.fore_color.rgb = rgb(pen.hue.dark)
        made.marker.format.line.color.rgb = rgb(pen.hue.dark)
    for one in slopes.slopes(figure.drawn, language, place.width, place.height).shapes:
        if isinstance(one, Words | Box):
            pen.shape(one, place)


def _multiples(pen: Pen, figure: Figure, place: Place, language: str) -> None:
    """Add a small chart for each row, all on one scale, written once a line."""
    drawn = figure.drawn
    whole = [value for row in parts_of(figure.table) for value in shown(row.cells)]
    most, step = scale(whole, is_percent=drawn.is_percent)
    across = min(_ACROSS, len(drawn.rows))
    wide = (place.width - _APART * (_ACROSS - 1)) / _ACROSS
    tall = (place.height - _APART) / ceil(MOST_MULTIPLES / _ACROSS)
    for at, row in enumerate(drawn.rows):
        one = Place(
            place.x + (wide + _APART) * (at % across),
            place.y + (tall + _APART) * (at // across),
            wide,
            tall - _APART,
        )
        name = label_of(row, language, folded=drawn.folded)
        pen.text(Place(one.x, one.y, one.width, _NAME), [Run(name, 11, is_bold=True)])
        plot = Plot(_SCALE, 14, wide - _SCALE, tall - 62, most, step)
        _small(pen, figure, row, one.below(_NAME), plot, has_scale=at % across == 0)


def _small(
    pen: Pen, figure: Figure, row: TableRow, place: Place, plot: Plot, *, has_scale: bool
) -> None:
    drawn = figure.drawn
    heads, name = list(drawn.heads), f"{figure.table.number} {row.label.get(pen.language[:2], '')}"
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    chart = _chart(pen, figure, place, kind, heads, [(name, list(row.cells))])
    said = [cell_words(cell, is_percent=drawn.is_percent) or NOT_COUNTED for cell in row.cells]
    pairs = (f"{head}: {words}" for head, words in zip(heads, said, strict=True))
    describe(pen.slide.shapes[-1], name, f"{figure.heading}. {'; '.join(pairs)}.")
    shape = chart.plots[0]
    shape.gap_width = round(GAP * 100)
    _inner(chart, plot, place)
    _value_axis(chart, plot, is_percent=drawn.is_percent, is_visible=has_scale)
    name_every(chart.category_axis, len(heads) - 1 if len(heads) > _FEW else 1, size=9)
    made = shape.series[0]
    fill_with(made, Fill.DARK, pen.hue)
    is_labelled = len(heads) <= _FEW
    for at, cell in enumerate(row.cells):
        if cell.value is None:
            continue
        if drawn.is_estimated or (row.days is not None and at == len(row.cells) - 1):
            fill_with(made.points[at], Fill.HATCHED, pen.hue)
        if is_labelled or not cell.value:
            _label(pen, made.points[at], said[at], XL_LABEL_POSITION.OUTSIDE_END)
    band = plot.width / len(heads)
    for at, cell in enumerate(row.cells):
        if words := mark_of(cell):
            box = Box(plot.left + band * at + 1, plot.bottom - 13, band - 2, 13, words)
            pen.shape(box, place)


_DRAWN: Final[dict[Form, Callable[[Pen, Figure, Place, str], None]]] = {
    Form.COLUMNS: _columns,
    Form.STACKED: _columns,
    Form.SHARES: _columns,
    Form.BARS: _bars,
    Form.STEPS: _bars,
    Form.PLACES: _bars,
    Form.STACK: _stack,
    Form.MULTIPLES: _multiples,
    Form.SLOPE: _slopes,
}


def _chart(
    pen: Pen,
    figure: Figure,
    place: Place,
    kind: Any,
    names: Sequence[str],
    series: Iterable[tuple[str, Sequence[Cell]]],
) -> Any:
    shown_as = "0.0%" if figure.table.is_percent else "#,##0"
    data: Any = _DATA(number_format=shown_as)
    data.categories = names
    for name, cells in series:
        data.add_series(name, [_number(cell) for cell in cells])
    frame = pen.slide.shapes.add_chart(kind, *place.emus, data)
    describe(frame, f"{figure.table.number} {figure.heading}", figure.alt)
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.size, chart.font.name = Pt(10), FACE
    chart.font.color.rgb = rgb(INK)
    space = chart._chartSpace
    for properties in space.iter(qn("a:defRPr")):
        properties.set("lang", pen.language)
    whole = space.find(qn("c:chart"))
    blanks = whole.find(qn("c:dispBlanksAs"))
    if blanks is None:
        blanks = parse_xml(f'<c:dispBlanksAs xmlns:c="{_C}"/>')
        whole.append(blanks)
    blanks.set("val", "gap")
    axis = chart.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = rgb(EDGE)
    axis.tick_labels.font.size = Pt(10)
    return chart


def _number(cell: Cell) -> float | int | None:
    if cell.value is None:
        return None
    return int(cell.value) if cell.value == cell.value.to_integral_value() else float(cell.value)


def _inner(chart: Any, plot: Plot, place: Place) -> None:
    """Fix the place of the inner plot."""
    area = chart._chartSpace.find(f"{qn('c:chart')}/{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    ratios = (
        *(plot.left / place.width, plot.top / place.height),
        *(plot.width / place.width, plot.height / place.height),
    )
    area.insert(0, _layout(*ratios, is_inner=True))


def _layout(x: float, y: float, width: float, height: float, *, is_inner: bool = False) -> Any:
    sides = "".join(
        f'<c:{name} val="{value:.5f}"/>'
        for name, value in zip("xywh", (x, y, width, height), strict=True)
    )
    inner = '<c:layoutTarget val="inner"/>' if is_inner else ""
    return parse_xml(
        f'<c:layout xmlns:c="{_C}"><c:manualLayout>{inner}<c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
    )


def _value_axis(chart: Any, plot: Plot, *, is_percent: bool, is_visible: bool = True) -> None:
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, plot.most, plot.step
    axis.has_major_gridlines = is_visible
    axis.visible = is_visible
    axis.major_tick_mark = XL_TICK_MARK.NONE
    if is_visible:
        axis.major_gridlines.format.line.color.rgb = rgb(RULE)
        axis.major_gridlines.format.line.width = Pt(0.75)
        axis.format.line.fill.background()
        labels = axis.tick_labels
        labels.font.size = Pt(10)
        labels.font.color.rgb = rgb(SOFT)
        labels.number_format = axis_format(is_percent=is_percent)
        labels.number_format_is_linked = False


def _legend(chart: Any, x: float, y: float, place: Place) -> None:
    chart.has_legend = True
    legend = chart.legend
    legend.position, legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    legend.font.size = Pt(10)
    element = legend._element
    for old in element.findall(qn("c:layout")):
        element.remove(old)
    names = [series.name for series in chart.plots[0].series]
    wide = min(1, sum(width_of(name, 10) + 34 for name in names) / place.width)
    made = _layout(min(x, 1 - wide), y, wide, 16 / place.height)
    element.find(qn("c:legendPos")).addnext(made)


def _label(
    pen: Pen, point: Any, words: str, position: Any, *, bold: bool = False, white: bool = False
) -> None:
    label = point.data_label
    frame = label.text_frame
    frame.word_wrap = False
    pen.run(frame.paragraphs[0], Run(words, 11, PAPER if white else INK, is_bold=bold))
    label.position = position


def _give_ground(point: Any) -> None:
    """Put white under a label that stands on hatching."""
    label = point.data_label._dLbl
    before = next(
        found
        for name in ("c:txPr", "c:dLblPos", "c:showLegendKey")
        if (found := label.find(qn(name))) is not None
    )
    ground = (
        f'<c:spPr xmlns:c="{_C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>'
    )
    before.addprevious(parse_xml(ground))
