"""How the yearly report is laid out: a pack's data file, so that a template needs no code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from balise.foundation.packs import PackFaulty, Words, load
from balise.takedown.law.rules import DSA_CATEGORIES

KINDS = frozenset(
    {
        *("text", "independence", "overview", "times", "rows"),
        *("by_provider", "by_category", "by_action", "by_month"),
    }
)
_SECTION = frozenset({"heading", "text", "column", "total", "count"})
_WORDS = frozenset({"count", "median", "p90"})


@dataclass(frozen=True, slots=True)
class Section:
    """One section: what it shows, and its words by name (`heading`, `text`, `column`, …)."""

    kind: str
    words: Mapping[str, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The sections in their order, and the words for codes."""

    title: Words
    legal: Words
    year: Words
    nothing: Words
    independence: Words
    sections: tuple[Section, ...]
    words: Mapping[str, Words]
    actions: Mapping[str, Words]
    categories: Mapping[str, Words]

    def category(self, code: str, language: str) -> str:
        """Return a category of the DSA Transparency Database in words; any other as it is."""
        return _said(self.categories, code, language)

    def action(self, code: str, language: str) -> str:
        """Return an action in words; one that has none as it is."""
        return _said(self.actions, code, language)


@cache
def layout(country: str) -> Layout:
    """Return a country's layout, or PackFaulty."""
    pack = load("balise.takedown.statements", country=country, name="trusted_flagger")
    read = Layout(
        **{
            name: Words.read(pack.get(name), where=f"trusted_flagger.{name}")
            for name in ("title", "legal", "year", "nothing", "independence")
        },
        sections=tuple(_section(entry) for entry in pack.get("sections", ())),
        words=_table(pack, "words"),
        actions=_table(pack, "actions"),
        categories=_table(pack, "categories"),
    )
    if not read.sections or _WORDS - read.words.keys() or set(read.categories) != DSA_CATEGORIES:
        raise PackFaulty(f"trusted_flagger of {country}: sections, words, or categories missing")
    return read


def _section(entry: Mapping[str, object]) -> Section:
    kind = str(entry.get("kind"))
    where = f"trusted_flagger.sections.{kind}"
    if kind not in KINDS or entry.keys() - _SECTION - {"kind"} or "heading" not in entry:
        raise PackFaulty(f"{where}: no such section, or words it does not have")
    return Section(
        kind,
        {name: Words.read(value, where=where) for name, value in entry.items() if name != "kind"},
    )


def _table(pack: Mapping[str, object], name: str) -> dict[str, Words]:
    table = pack.get(name)
    if not isinstance(table, Mapping):
        raise PackFaulty(f"trusted_flagger.{name} is a table")
    return {
        str(code): Words.read(words, where=f"trusted_flagger.{name}.{code}")
        for code, words in table.items()
    }


def _said(words: Mapping[str, Words], code: str, language: str) -> str:
    return words[code].in_language(language) if code in words else code
