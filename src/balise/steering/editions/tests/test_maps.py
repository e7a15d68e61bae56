"""The map: the mainland, and what lies overseas beside it at scales of its own."""

from itertools import pairwise

from balise.awareness.places.structures.rules.places import atlas
from balise.steering.editions.rules.deck import laid_out, rings

MAINLAND = ("M", "M100 0h100v100h-100z", "", (100.0, 0.0, 200.0, 100.0))
ISLAND = ("I", "m1 1 2 0 0 4z", "0 0 4 6", (1.0, 1.0, 3.0, 5.0))


def test_an_island_stands_left_of_the_mainland() -> None:
    made = laid_out([MAINLAND, ISLAND], "invented")
    assert made is not None
    assert made.outlines["M"].path == MAINLAND[1]
    left, top, right, bottom = made.outlines["I"].box
    assert (top, right <= 100, bottom - top, right - left) == (0, True, 32, 16)
    (ring,) = rings(made.outlines["I"].path)
    assert ring == ((left, top), (right, top), (right, bottom))


def test_islands_do_not_touch() -> None:
    made = laid_out([MAINLAND, *((f"I{at}", *ISLAND[1:]) for at in range(5))], "invented")
    assert made is not None
    boxes = [one.box for code, one in made.outlines.items() if code != "M"]
    assert all(later[1] > earlier[3] for earlier, later in pairwise(boxes))
    assert boxes[-1][3] <= 100


def test_a_country_without_outlines_has_no_map() -> None:
    assert laid_out([ISLAND], "invented") is None
    assert laid_out([], "") is None


def test_the_whole_of_france_is_drawn() -> None:
    areas = [
        (one.code, one.outline.path, one.outline.frame, one.outline.box)
        for one in atlas("fr").areas.values()
        if one.outline
    ]
    made = laid_out(areas, atlas("fr").credit)
    assert made is not None
    assert len(made.outlines) == 96 + 5
    assert "DINUM" in made.source
    assert all(list(rings(one.path)) for one in made.outlines.values())
