"""Each way by which a figure leaves, walked with a number that is for inside.

The number stands nowhere else: two baskets of so many grams that their sum is like no other. Where
the same number is public each way shows it, so that each is known to be read to its end.
"""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Final
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import freezing, preparing
from balise.steering.editions.documents import FORMS
from balise.steering.editions.models import Edition
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.life import Erratum
from balise.steering.editions.tests.makers import ALONE, make_edition, make_link
from balise.steering.indicators.tests.orchard import keep_inside
from balise.steering.published.tests.insides import holds
from balise.steering.published.tests.makers import day_of, make_corrected

pytestmark = pytest.mark.django_db

MARK: Final = 918_264  # without a zero, which has a font of its own
FEW: Final = 2  # baskets
FIGURE: Final = "REM-N"  # which sums the grams


class Walk:
    """A draft, then the same edition published, with what each way out answers."""

    def __init__(self, baskets: int) -> None:
        grams, rest = divmod(MARK, baskets)
        assert not rest
        pick("apple", times=baskets, grams=grams, on=today() - timedelta(days=1))
        tick()
        self.staff, self.anyone = Client(), Client()
        sign_in(self.staff, make_account("steering"))
        self.edition = self._open()
        self.views: set[object] = set()

    def draft(self) -> Iterator[tuple[str, bytes]]:
        """Yield what staff and a member read of a draft."""
        token = make_link(self.edition)
        for language in ("fr", "en"):
            yield self._get(self.anyone, f"/{language}/committee/{token}/")
        yield from self._staff()

    def published(self) -> Iterator[tuple[str, bytes]]:
        """Yield what everyone reads, and staff, once the edition is published."""
        freezing.freeze(edition_id=self.edition, alone=ALONE, by=make_actor("steering"))
        freezing.draw(edition_id=self.edition, by=SYSTEM)
        freezing.publish(edition_id=self.edition, by=make_actor("steering"))
        day, number = day_of(self.edition), self.number
        for language in ("fr", "en"):
            at = f"/{language}/figures/"
            for path in (at, f"{at}{day}/", f"{at}{day}/{number}/", f"{at}{day}/{number}.csv"):
                yield self._get(self.anyone, path)
            for form in FORMS:
                yield self._get(self.anyone, f"{at}{day}/edition.{form}")
                for name in ("file", "public-file"):
                    path = reverse(f"staff:editions:{name}", args=[self.edition, form, language])
                    yield self._get(self.staff, path)
            for card in (f"{day}/{number}", f"latest/{FIGURE}"):
                yield self._get(self.anyone, f"/card/{card}/?lang={language}")
        for name in ("latest", day):
            yield self._get(self.anyone, f"/figures/api/{name}.json")
        yield self._get(self.anyone, f"/figures/{day}/data.zip")
        yield from self._corrected()
        yield from self._staff()

    def _corrected(self) -> Iterator[tuple[str, bytes]]:
        """Yield what is read of two editions side by side, once the first is corrected."""
        before = make_edition(today() - timedelta(days=60))
        for name in ("compared", "compared-csv"):
            yield self._get(
                self.staff, reverse(f"staff:editions:{name}", args=[before, self.edition])
            )
        make_corrected(self.edition, Erratum.MINOR)
        yield self._get(self.anyone, f"/fr/figures/{day_of(self.edition)}-2/changes.csv")

    @property
    def number(self) -> str:
        """Return the number of the figure that sums the grams."""
        deck = editions_deck.read(Edition.objects.get(id=self.edition).deck)
        return next(one.number for one in deck.figures.values() if one.code == FIGURE)

    def _staff(self) -> Iterator[tuple[str, bytes]]:
        yield self._get(self.staff, reverse("staff:editions:preview", args=[self.edition]))
        yield self._get(self.staff, reverse("staff:editions:page", args=[self.edition, "three"]))

    def _open(self) -> UUID:
        day = today()
        return preparing.open_edition(
            day=day,
            first=day - timedelta(days=30),
            last=day - timedelta(days=1),
            by=make_actor("steering"),
        )

    def _get(self, client: Client, path: str) -> tuple[str, bytes]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        self.views.add(answer.resolver_match.func)
        return path, answer.content


# What these modules answer that carries no figure: lists, forms, what is sent.
WITHOUT: Final[dict[str, set[str]]] = {
    "editions": {
        *("answer", "again", "draw", "early", "edition", "editions"),
        *("freeze", "life", "link", "place", "publish"),
    },
    "published": set(),
}


def views_of(module: str) -> set[object]:
    """Return the views of a module's addresses that carry a figure, behind each door."""
    known = import_module(f"balise.steering.{module}.urls")
    lists = (getattr(known, name, ()) for name in ("public", "plain", "staff"))
    return {one.callback for pages in lists for one in pages if one.name not in WITHOUT[module]}


def test_no_way_out_holds_a_number_that_is_for_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_inside(monkeypatch)
    walk = Walk(FEW)
    for path, octets in (*walk.draft(), *walk.published()):
        assert not holds(octets, MARK), path
        assert not holds(octets, MARK // FEW), path
    assert walk.views == views_of("editions") | views_of("published")


def test_each_way_out_is_read_to_its_end() -> None:
    walk = Walk(FEW)
    for path, octets in (*walk.draft(), *walk.published()):
        assert holds(octets, MARK), path
