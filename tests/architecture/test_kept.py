"""What our scripts and doors keep in a public browser is on the list that leaving clears."""

import re
from collections.abc import Iterator
from pathlib import Path

from balise.foundation.web import quick_exit
from balise.foundation.web.quick_exit import Where, names
from tests.architecture.reading import SOURCE, shown, sources
from tests.walks import of_each

SCRIPTS = sorted(SOURCE.glob("**/static/**/*.js"))
# The one that clears: it goes through what it is told of, and marks the browser as left.
EXIT = "foundation/web/static/balise/exit.js"
# What stays on purpose: workshops that wait on an ambassador's phone (docs/decisions/0043).
STAYS = {(Where.LOCAL, "workshops"), (Where.LOCAL, "workshop-structure")}
# The name that the app bears on this device (docs/decisions/0069).
STAYS |= {(Where.LOCAL, "look")}
# What is written on the ordinary screen of a look: nothing of the app's (docs/decisions/0069).
STAYS |= {(Where.LOCAL, "own-lists")}
# The choice to be counted in the app (docs/decisions/0072).
STAYS |= {(Where.LOCAL, "counts")}
# Of the staff door alone: signing out clears all that it keeps.
STAFF = {
    "foundation/accounts/static/accounts/lock.js",
    "helpline/console/static/console/console.js",
    "hotline/reports/static/reports/queue.js",
}
# The vault: leaving and erasing never touch it (docs/decisions/0070).
STAYS |= {(Where.DATABASE, "notes")}
# The signed release that the worker keeps: the vault reads the helpline's key in it.
STAYS |= {(Where.CACHE, "release-*")}
USES = re.compile(r"\b(sessionStorage|localStorage|indexedDB|caches)\b(?:\.(\w+)\(\s*([^,)]*))?")
WHERE = {
    "sessionStorage": Where.SESSION,
    "localStorage": Where.LOCAL,
    "indexedDB": Where.DATABASE,
    "caches": Where.CACHE,
}
# Which names these set is checked as browsers are given them (`config/tests/test_leaving.py`).
MAY_SET_COOKIES = {
    "foundation/web/quick_exit.py",
    "hotline/reports/web/public.py",
    "helpline/conversations/web/talk.py",
    "foundation/accounts/limits.py",  # of the staff door alone
    "foundation/accounts/kept.py",  # of the staff door alone
    "foundation/web/desk.py",  # of the staff door alone
}


METHODS = {"getItem", "setItem", "removeItem", "open", "deleteDatabase"}


def kept_by(path: Path) -> Iterator[tuple[Where, str]]:
    """Return what a script keeps: the part of the browser, and the name or its beginning."""
    words = path.read_text(encoding="utf-8")
    for storage, method, argument in USES.findall(words):
        assert method in METHODS, f"{shown(path)}: {method}"
        yield WHERE[storage], name_in(argument, words)


def name_in(argument: str, words: str) -> str:
    """Return the name that an argument is: written there, or in a constant of the same script."""
    if re.fullmatch(r"\w+", argument):
        constant = re.search(rf"const {argument} = ([`'\"][^;]*);", words)
        assert constant, f"{argument} is a name that this test cannot read"
        argument = constant[1]
    text = argument.strip("`'\"")
    return f"{text.partition('${')[0]}*" if "${" in text else text


@of_each("path", SCRIPTS)
def test_what_a_script_keeps_is_dropped_by_leaving(path: Path) -> None:
    if shown(path) == EXIT or shown(path) in STAFF:
        return
    assert "document.cookie" not in path.read_text(encoding="utf-8")
    for where, name in kept_by(path):
        is_known = name in names(where) or (where, name) in STAYS
        assert is_known, f"{where}:{name} is not on the list"


def test_the_exit_writes_no_cookie_but_its_mark() -> None:
    words = (SOURCE / EXIT).read_text(encoding="utf-8")
    assert re.findall(r"document\.cookie = `(\w+)=", words) == [quick_exit.AWAY_COOKIE]


@of_each("path", sources())
def test_a_cookie_is_set_where_its_name_is_on_the_list(path: Path) -> None:
    if "tests" not in path.parts and ".set_cookie(" in path.read_text(encoding="utf-8"):
        assert shown(path) in MAY_SET_COOKIES


@of_each("path", sources())
def test_nothing_clears_all_that_is_kept(path: Path) -> None:
    """The vault of a young person is in the same browser: what is dropped has a name."""
    if "tests" not in path.parts:
        assert '"storage"' not in path.read_text(encoding="utf-8")
