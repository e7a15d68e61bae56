"""How each budget stands: its limits, what is used, who is near theirs, by names of today."""

from dataclasses import dataclass
from datetime import datetime

from balise.foundation import clock
from balise.foundation.budgets.models import Spending, Stock
from balise.foundation.budgets.rules import DECLARED, NEAR_ITS_LIMIT, Budget
from balise.foundation.budgets.spending import limit_in_all, limit_near


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget as it stands, in octets; `close` are names of today that are near their limit."""

    budget: Budget
    near: int
    in_all: int
    measured: int
    measured_at: datetime | None
    since: int
    close: tuple[tuple[str, int], ...]

    @property
    def used(self) -> int:
        """What was measured, and what was sent since then."""
        return self.measured + self.since

    @property
    def is_near_its_limit(self) -> bool:
        """Whether the total is nearly spent."""
        return bool(self.in_all) and self.used >= self.in_all * NEAR_ITS_LIMIT


def standings() -> list[Standing]:
    """Return how each budget stands, by name."""
    stocks = {one.budget: one for one in Stock.objects.all()}
    return [
        _standing(budget, stocks.get(name)) for name, budget in sorted(DECLARED.by_name.items())
    ]


def _standing(budget: Budget, stock: Stock | None) -> Standing:
    near = limit_near(budget)
    found = Spending.objects.filter(budget=budget.name, day=clock.today())
    close = found.filter(octets__gte=int(near * NEAR_ITS_LIMIT)).order_by("-octets")[:20]
    return Standing(
        budget,
        near,
        limit_in_all(budget),
        stock.measured if stock else 0,
        stock.measured_at if stock else None,
        stock.since if stock else 0,
        tuple((one.id.hex, one.octets) for one in close) if near else (),
    )
