"""A small board of its own, so that the tests of steering know no line either."""

from django.utils.translation import ngettext_lazy

from balise.steering.rules.boards import Board, Figure, Form

REPORTS = ngettext_lazy("%(many)s report", "%(many)s reports", "count")
DAYS = Figure(code="days", measure="test.seen", title="Days", counted=REPORTS, form=Form.DAYS)
SUM = Figure(
    code="sum", measure="test.seen", title="Sum", counted=REPORTS, form=Form.NUMBER, sums=True
)
KINDS = Figure(
    code="kinds",
    measure="test.seen",
    title="Kinds",
    counted=REPORTS,
    form=Form.CODES,
    by="kind",
    labels=lambda: {"a": "Apples", "b": "Bread", "c": "Cheese"},
)
SPANS = Figure(
    code="spans", measure="test.took", title="Spans", counted=REPORTS, form=Form.SPANS, by="band"
)
BOARD = Board(code="test", line="hotline", title="Test", figures=(DAYS, SUM, KINDS, SPANS))
