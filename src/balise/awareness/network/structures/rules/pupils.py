"""How many pupils an area has, where the centre has put the figures in its pack. Pure.

`packs/<country>/pupils.toml`: `source`, `year`, and `[areas]` with a number for each code. Without
it nothing is known, which is not 0.
"""

from collections.abc import Mapping
from functools import cache

from balise.awareness.network.structures.rules.places import PACKAGE
from balise.foundation.packs import PackFaulty, load


@cache
def pupils(country: str) -> Mapping[str, int]:
    """Return the pupils of each area whose figure is known."""
    try:
        pack = load(PACKAGE, country=country, name="pupils")
    except PackFaulty:
        return {}
    return {str(code): int(many) for code, many in pack["areas"].items()}
