"""Country packs: data files that say what a country's law, words and numbers are.

A pack is TOML under `<package>/packs/<country>/<name>.toml`, or, where it is long, its chapters
under `<name>/`, in the order of their names. Words for people are tables of languages:
`label = { fr = "…", en = "…" }`. A country that has nothing of its own to say takes
another's: `as_in = "fr"`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.utils.translation import get_language


class PackFaulty(ValueError):
    """A country pack does not say what it must; the process does not start with it."""


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in several languages; `str()` gives the one for the active language."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, value: object, *, where: str) -> "Words":
        """Return one TOML table, or refuse it, saying where it is."""
        if not isinstance(value, Mapping) or not value:
            raise PackFaulty(f"{where}: words are a table of languages")
        return cls(tuple((str(language), str(words)) for language, words in value.items()))

    def __str__(self) -> str:
        return self.in_language(get_language() or "")

    def in_language(self, language: str) -> str:
        """Return the wording in a language (BCP 47), else in the pack's first language."""
        wordings = dict(self.by_language)
        return wordings.get(language) or wordings.get(language[:2]) or self.by_language[0][1]


def load(package: str, *, country: str, name: str) -> dict[str, Any]:
    """Return a pack's tables; refuse a country that has none.

    `as_in = "fr"` alone in a pack takes that country's tables, once.
    """
    found = _read(package, country, name)
    if set(found) == {"as_in"}:
        found = _read(package, str(found["as_in"]), name)
    if "as_in" in found:
        raise PackFaulty(f"{package}: {name} of {country} is as in a country that has its own")
    return found


def beside(package: str, *, country: str, name: str) -> Traversable:
    """Return the folder in which the pack that `load` returns stands, with its other files."""
    packs = files(package).joinpath("packs")
    found = _read(package, country, name)
    whose = str(found["as_in"]) if set(found) == {"as_in"} else country
    return packs.joinpath(whose.lower())


def _read(package: str, country: str, name: str) -> dict[str, Any]:
    folder = files(package).joinpath("packs", country.lower())
    source, chapters = folder.joinpath(f"{name}.toml"), folder.joinpath(name)
    if source.is_file():
        return tomllib.loads(source.read_text(encoding="utf-8"))
    if not chapters.is_dir():
        raise PackFaulty(f"{package} has no pack {name} for the country {country!r}")
    found: dict[str, list[Any]] = {}
    for chapter in sorted(chapters.iterdir(), key=lambda one: one.name):
        for key, rows in tomllib.loads(chapter.read_text(encoding="utf-8")).items():
            if not isinstance(rows, list):
                raise PackFaulty(f"{package}: {name}/{chapter.name}: {key} is a list of tables")
            found.setdefault(key, []).extend(rows)
    return dict(found)


def countries_of(package: str) -> list[str]:
    """Return the countries that a package has packs for, in alphabetical order."""
    folders = files(package).joinpath("packs").iterdir()
    return sorted(folder.name for folder in folders if folder.is_dir())
