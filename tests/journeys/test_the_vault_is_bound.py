"""Rows of a vault put back or taken away are noticed and named, in a browser without a centre.

The adversary holds the telephone while the vault is locked, and changes what the browser keeps, or
is the server that keeps a backup.
"""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page

from tests.bare_page import bare_page
from tests.browser import IN_TIME

pytestmark = [pytest.mark.journey, pytest.mark.safety]

NOTHING: Final = {"isLost": False, "lines": 0, "gone": [], "shares": False}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with bare_page() as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="fr-FR")
    context.set_default_timeout(IN_TIME)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def play(page: Page, scene: str, given: object = None) -> Any:
    """Play a scene of `bound.js` and return its answer."""
    script = f"async (given) => (await import('/static/tests/bound.js')).{scene}(given)"
    return page.evaluate(script, given)


def test_an_older_row_is_named_and_does_not_leave(page: Page) -> None:
    said = play(page, "putBack")
    assert said["right"] == NOTHING
    assert said["faults"] == ["older", "unknown", ""]
    assert said["heard"] == [["put-back"] * 3, ["put-back"] * 3, ["done"] * 3]
    assert said["seen"] == 2008  # its owner sees it all the same
    assert said["still"] == 2  # what is added after changes nothing of it
    assert (said["again"], said["now"]) == ("done", 0)


def test_a_log_that_is_cut_at_its_end_says_how_many_lines_are_missing(page: Page) -> None:
    said = play(page, "cut")
    assert (said["lines"], said["same"]) == (2, True)
    assert said["after"] == [1, 4]  # the gap stays in what leaves


def test_an_item_that_was_taken_away_is_named_by_the_day_it_was_kept(page: Page) -> None:
    said = play(page, "gone")
    assert said == {"gone": [[True, True]], "lines": 0}


def test_an_older_list_of_what_is_held_is_noticed_and_so_is_none(page: Page) -> None:
    said = play(page, "listPutBack")
    assert said["heard"] == [False, True, True, True, True, True]
    assert said["count"] == 3


def test_a_vault_of_before_is_bound_at_its_next_opening_and_says_nothing(page: Page) -> None:
    said = play(page, "before")
    assert said["first"] == NOTHING
    assert said["faulty"] == [""]
    assert len(set(said["sizes"])) == 1
    assert said["gone"] == 1


def test_a_tab_of_the_release_before_writes_nothing_more_once_a_newer_one_opened_the_vault(
    page: Page,
) -> None:
    said = play(page, "tabOfBefore")
    assert said["before"] == ["old"]
    assert said["heard"] == ["InvalidStateError", "VersionError"]
    assert (said["faults"], said["count"]) == (NOTHING, 1)


def test_both_slots_look_alike_on_the_disk_whatever_they_hold(page: Page) -> None:
    said = play(page, "alike", 120)
    assert len({tuple(each) for each in said["shapes"]}) == 1
    sizes = [each.split()[1] for each in said["grown"] if each.startswith("held")]
    assert len(sizes) == 2
    assert sizes[0] == sizes[1]
    assert said["grown"] != said["shapes"][0]
    assert said["mine"] == said["empty"] == said["last"] == NOTHING
    assert said["found"] == [NOTHING, [[True, ""]]]


def test_shares_put_back_are_told_and_the_key_of_a_case_is_then_not_believed(page: Page) -> None:
    said = play(page, "sharesPutBack")
    assert said["right"] == [False, ["c", "d"]]
    assert said["back"] == said["away"] == [True, "shares-back"]


def test_an_older_part_of_a_backup_is_named_and_so_is_one_that_is_missing(page: Page) -> None:
    said = play(page, "olderParts")
    assert said["older"] == [["log", False], ["one", False]]
    assert said["missing"] == [["other", False]]
    assert said["restored"] == [1, 3]
    assert (said["isWhole"], said["dated"]) == ([False, True], "20")
    assert said["faults"] == NOTHING
    assert said["log"] == [1, 2, 3]
