"""Pages that stand as tabs of one another: whose, with what waits and what cannot."""

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.web.navigation import Section, StaffEntry, Way, tabs_of

SOMEONE = Actor(ActorKind.STAFF, "1", frozenset())


def way(name: str, tabs: str = "", *, is_here: bool = False, late: int | None = None) -> Way:
    entry = StaffEntry(
        "house", name, name, "inbox", tabs=tabs, late=None if late is None else lambda _actor: late
    )
    return Way(entry, f"/staff/{name}/", is_here=is_here)


def shown(*ways: Way, of: str = "") -> list[tuple[str, int, bool]]:
    found = tabs_of([Section("house", ways)], SOMEONE, of=of)
    return [(str(tab.way.entry.label), tab.late, tab.is_here) for tab in found]


def test_the_pages_of_the_same_tabs_are_told_with_what_is_late() -> None:
    ways = (way("a", "one", is_here=True), way("b", "one", late=3), way("c", "two"), way("d"))
    assert shown(*ways) == [("a", 0, True), ("b", 3, False)]


def test_a_page_below_names_its_entry() -> None:
    assert shown(way("a", "one"), way("b", "one"), of="b") == [("a", 0, False), ("b", 0, True)]


def test_a_page_without_tabs_or_alone_has_none() -> None:
    assert shown(way("a", is_here=True), way("b", "one")) == []
    assert shown(way("a", "one", is_here=True), way("b", "two")) == []
    assert shown(way("a", "one"), way("b", "one")) == []
