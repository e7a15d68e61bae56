"""What Balise showed before it was rearranged, it shows still (`tests/goldens/`)."""

from collections import Counter
from difflib import unified_diff

import pytest

from tests import postgres
from tests.goldens import making

ORDERED = ("addresses", "openapi")
ALIKE = ("abilities", "commands", "events", "schema")
READ = ("kept", "refusals")  # all of the source is read for it


def golden(name: str) -> list[str]:
    """Return the lines of a golden, with what moved since."""
    changed = moved()
    lines = making.place(name).read_text(encoding="utf-8").splitlines()
    return [line for each in lines if (line := changed.get(each, each))]


def moved() -> dict[str, str]:
    """Return the new line for each old one; "" where it is gone."""
    text = (making.HERE / "moved.txt").read_text(encoding="utf-8")
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    parts = [line.partition(" =>") for line in listed]
    return {old: new.removeprefix(" ") for old, _arrow, new in parts}


def told(name: str, differ: list[str]) -> str:
    how = f"on purpose? moved.txt, or python -m tests.goldens.making {name}"
    return "\n".join([how, *differ])


def compare(name: str, *, in_order: bool) -> None:
    before, now = golden(name), making.GOLDENS[name]()
    if not in_order:
        before.sort()
        now.sort()
    differ = list(unified_diff(before, now, "before", "now", n=0, lineterm=""))
    assert not differ, told(name, differ)


@pytest.mark.parametrize("name", ORDERED)
def test_what_is_shown_is_the_same_in_the_same_order(name: str) -> None:
    compare(name, in_order=True)


@pytest.mark.parametrize(
    "name", [*ALIKE, *(pytest.param(n, marks=pytest.mark.whole) for n in READ)]
)
def test_what_is_kept_and_told_is_the_same(name: str) -> None:
    compare(name, in_order=False)


@pytest.mark.whole
def test_a_centre_of_before_opens_holds_and_counts_as_it_did() -> None:
    compare("home", in_order=True)


@pytest.mark.whole
def test_its_rows_do_so_on_postgresql_too() -> None:
    with postgres.cluster(settings=postgres.QUICK) as cluster, cluster.running():
        now = making.home(cluster.address_of(postgres.MIGRATED))
    differ = list(unified_diff(golden("home"), now, n=0, lineterm=""))
    assert not differ, told("home", differ)


@pytest.mark.whole
@pytest.mark.parametrize("name", ["names", "programme_map"])
def test_a_name_is_still_there_in_whatever_module(name: str) -> None:
    def named(lines: list[str]) -> Counter[str]:
        return Counter(line.partition("\t")[2] for line in lines)

    gone = named(golden(name)) - named(making.GOLDENS[name]())
    assert not gone, told(name, sorted(gone))


@pytest.mark.whole
def test_no_module_refuses_asks_locks_or_records_less() -> None:
    def counted(lines: list[str]) -> Counter[str]:
        parts = [line.rpartition("\t") for line in lines]
        return Counter({what: int(times) for what, _tab, times in parts})

    fewer = counted(golden("counts")) - counted(making.counts())
    assert not fewer, told("counts", [f"{what}: {times} fewer" for what, times in fewer.items()])


def test_each_line_that_moved_was_one_of_a_golden() -> None:
    known = {
        line
        for name in making.GOLDENS
        for line in making.place(name).read_text(encoding="utf-8").splitlines()
    }
    assert not moved().keys() - known
