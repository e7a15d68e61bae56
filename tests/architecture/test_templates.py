"""Templates: each is used, none writes unescaped, and what is said exists in both languages."""

import re
from functools import cache
from pathlib import Path

from balise.foundation.packs import countries_of
from tests.architecture.reading import SOURCE, shown, sources
from tests.walks import of_each

TEMPLATES = sorted(path for path in SOURCE.glob("**/templates/**/*") if path.is_file())
# A reviewed place may build HTML from what it has escaped itself; say why beside it.
MAY_MARK_SAFE = {
    # text of the few elements of an editor that takes no HTML
    "awareness/publications/templates/publications/page.html",
    "awareness/publications/templates/publications/on_paper.html",
    # the text of a lesson, of our pack and escaped; our own drawing
    "awareness/learning/training/templates/training/lesson.html",
    "awareness/learning/training/templates/training/module.html",
    "awareness/learning/training/templates/training/badge.html",
    "awareness/activities/quizzes/templates/quizzes/end.html",
    "helpline/app/web/buttons.py",  # our own button, its words and address escaped
    "foundation/accounts/adapters.py",  # a QR code: squares that segno drew
    "foundation/web/components/drawings.py",  # our own drawings
    "foundation/web/components/pieces.py",  # one attribute, a constant
    "steering/editions/documents/page.py",  # our own pictures, their words escaped; our own style
    "steering/boards/web/charts.py",  # our own pictures, their words escaped
    "foundation/web/templates/web/error.html",  # our own style sheet, where no server may serve it
}
UNESCAPED = re.compile(r"\bmark_safe\b|\|\s*safe(seq)?\b|autoescape\s+off|SafeString\(")
# Libraries look these up by a name of their own.
LIBRARIES = ("account/", "mfa/", "allauth/", "django/", "wagtailadmin/", "4", "5")
# Drawings are looked up by file name, in a folder of their own.
READ_AS_FILES = ("web/pictures/",)


def name_of(path: Path) -> str:
    return str(path).rpartition("/templates/")[2]


@cache
def everything_that_names_templates() -> str:
    files = [*sources(), *sources("**/*.html"), *sources("**/*.txt")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@cache
def named() -> frozenset[str]:
    """Return all between quotes that could be a template's name; a quote may end and begin one."""
    return frozenset(re.findall(r'"([\w./-]+)(?=["#])', everything_that_names_templates()))


@cache
def put_together() -> re.Pattern[str]:
    """Return what fits names that are put together, as in f"web/parts/{name}.html"."""
    parts = re.findall(r'f"([\w/-]+/[\w-]*)\{[^}"]*\}([\w.-]*)"', everything_that_names_templates())
    ways = (f"{re.escape(before)}.+{re.escape(after)}" for before, after in parts)
    return re.compile("|".join(ways) or "nothing")


@of_each("path", TEMPLATES)
def test_a_template_is_used(path: Path) -> None:
    name = name_of(path)
    if name.startswith(LIBRARIES) or name.startswith(READ_AS_FILES):
        return
    assert name in named() or put_together().fullmatch(name), "nothing names it"


@of_each("path", [*sources(), *sources("**/*.html")])
def test_nothing_is_written_unescaped(path: Path) -> None:
    if shown(path) not in MAY_MARK_SAFE:
        assert not UNESCAPED.search(path.read_text(encoding="utf-8"))


def test_the_centre_has_a_country() -> None:
    assert countries_of("balise.config")
