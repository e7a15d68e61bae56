"""Names of countries, for people who read a code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from balise.foundation.packs import Words


def country_name(code: str) -> str:
    """Return a country's name in the active language; the code itself where none is known."""
    return str(_names().get(code, code))


def country_names() -> Mapping[str, str]:
    """Return the name of each country in the active language, by its code."""
    return {code: str(name) for code, name in _names().items()}


def country_codes() -> frozenset[str]:
    """Return the codes of all countries that have a name, of ISO 3166-1 alone."""
    return frozenset(_names()) - {"EU", "XK"}


@cache
def _names() -> Mapping[str, Words]:
    source = files("balise.foundation").joinpath("countries.toml").read_text(encoding="utf-8")
    return {
        code: Words.read(names, where=f"countries.toml: {code}")
        for code, names in tomllib.loads(source).items()
    }
