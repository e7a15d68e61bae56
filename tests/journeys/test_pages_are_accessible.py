"""axe finds nothing on the pages of the house: on a telephone and a desk, by day and by night."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser import Someone, send
from tests.journeys.pages_looked_at import FIRST_OF_A_LIST, NOT_OPENED, PUBLIC, STAFF

pytestmark = pytest.mark.journey

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SIZES = {"telephone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


# Pages of a list that are none of what it lists.
NONE_OF_IT = (
    "[href$='invite/'], [href$='/add/'], [href$='/look-up/'], [href$='/quarantine/'], "
    "[href*='calendar.ics']"
)

type Look = tuple[str, str]  # size, light
type Rules = list[str]

EVERY_RULE: Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that changes with the light alone.
COLOURS: Rules = ["color-contrast"]
FOUR: dict[Look, Rules] = {
    ("desk", "light"): EVERY_RULE,
    ("desk", "dark"): COLOURS,
    ("telephone", "dark"): EVERY_RULE,
    ("telephone", "light"): COLOURS,
}
TWO = {look: rules for look, rules in FOUR.items() if rules is EVERY_RULE}


def looked_at(page: Page, looks: dict[Look, Rules]) -> list[str]:
    """Return what is found on a page in each look, which it takes in its turn."""
    found = []
    for (size, light), rules in looks.items():
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        found += [f"{size}, {light}: {each}" for each in findings(page, rules)]
    return found


def findings(page: Page, rules: Rules = EVERY_RULE) -> list[str]:
    """Return what axe finds, and what does not fit the width of the window."""
    page.wait_for_load_state()
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # What passed, node by node, took as long to bring over as to find.
    violations = page.evaluate(
        "(rules) => axe.run({ runOnly: rules, resultTypes: ['violations'] })"
        ".then((found) => found.violations)",
        rules,
    )
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    # Rows that fold to fit a telephone, and are wider all the same, hide what is on their right.
    folded = page.evaluate(
        "Math.max(0, ...[...document.querySelectorAll('.table-folds tr')]"
        ".filter((row) => getComputedStyle(row).display === 'block')"
        ".map((row) => row.getBoundingClientRect().right"
        " - row.closest('table').parentElement.getBoundingClientRect().right))"
    )
    overflow = max(overflow, round(folded))
    found = [f"{each['id']}: {[*map(_said_of, each['nodes'][:3])]}" for each in violations]
    return found + ([f"{overflow} px too wide"] if overflow > 0 else [])


def _said_of(node: dict[str, Any]) -> str:
    """Return where something is found, and what: for a contrast, its two colours."""
    return " ".join([node["html"][:120], *(why["message"] for why in node["any"][:1])])


def reader(someone: Someone) -> Page:
    """Open a page whose every document has axe from its beginning.

    To send it to each took a tenth of the time. Without motion a colour changes at once: one on its
    way has a contrast of neither light.
    """
    page = someone(bypass_csp=True, reduced_motion="reduce")
    page.add_init_script(path=AXE)
    return page


def enter(page: Page, role: str) -> None:
    """Enter the demonstration centre as a role."""
    page.goto("/staff/demonstration/")
    send(page.locator(f"form:has([name=role][value={role}]) button"))
    page.wait_for_url("**/staff/")


def addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield the address of each page, as its patterns say it."""
    for each in patterns:
        path = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, path)
        else:
            yield path


# One of each layout that pages share.
LAYOUTS = (
    "/fr/",
    "/fr/talk/",
    "/fr/app/",
    "/fr/app/vault/",
    "/fr/stories/ca-circule/",
    "/fr/surveys/",
)
STAFF_LAYOUTS = {"analyst": "/staff/hotline/queue/", "helpline_lead": "/staff/helpline/wallboard/"}


def test_one_page_of_each_layout(someone: Someone) -> None:
    page = reader(someone)
    for path in LAYOUTS:
        page.goto(path)
        assert not looked_at(page, TWO), path
    for role, path in STAFF_LAYOUTS.items():
        page = reader(someone)
        enter(page, role)
        page.goto(path)
        assert page.url.endswith(path)
        assert not looked_at(page, TWO), path


@pytest.mark.whole
def test_public_pages(someone: Someone) -> None:
    page = reader(someone)
    for path in PUBLIC:
        page.goto(path)
        assert not looked_at(page, FOUR), path


@pytest.mark.whole
@pytest.mark.parametrize("role", STAFF)
def test_staff_pages(someone: Someone, role: str) -> None:
    page = reader(someone)
    enter(page, role)
    for path in STAFF[role]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        assert not looked_at(page, TWO), path
        assert not found_below(page, path), f"the first of {path}"


def found_below(page: Page, path: str) -> list[str]:
    """Return what is found on the page of the first of each list that this page has, if any."""
    below = FIRST_OF_A_LIST.get(path, ())
    kinds = (below,) if isinstance(below, str) else below
    links = [f"main a[href^='{kind}']:not([href='{path}'], {NONE_OF_IT})" for kind in kinds]
    found = []
    for address in [page.locator(link).first.get_attribute("href") for link in links]:
        page.goto(address or "")
        found += looked_at(page, TWO)
    return found


def test_no_staff_page_is_forgotten() -> None:
    listed = {path.partition("?")[0] for paths in STAFF.values() for path in paths}
    left_out = (*NOT_OPENED, *(path for path in PUBLIC if path.startswith("/staff/")))
    there = {
        f"/{path}"
        for path in addresses(get_resolver().url_patterns)
        if path.startswith("staff/") and "<" not in path
    }
    assert {path for path in there if not path.startswith(left_out)} == listed


@pytest.mark.whole
@pytest.mark.parametrize("theme", ["", "dark"])
def test_paper_is_white_by_any_light(someone: Someone, theme: str) -> None:
    page = someone(color_scheme="dark", viewport=SIZES["desk"], bypass_csp=True)
    enter(page, "analyst")
    for path in ("/staff/hotline/queue/", "/staff/design/?line=hotline", "/fr/", "/fr/report/"):
        page.goto(path)
        page.evaluate("(theme) => theme && (document.documentElement.dataset.theme = theme)", theme)
        page.emulate_media(media="print")
        assert not findings(page), path
        for part in ("html", "body"):
            assert page.locator(part).evaluate("it => getComputedStyle(it).backgroundColor") in {
                "rgb(255, 255, 255)",
                "rgba(0, 0, 0, 0)",
            }
        width = page.locator("main").evaluate("it => it.getBoundingClientRect().width")
        assert width > SIZES["desk"]["width"] / 2, path
        page.emulate_media(media="screen")


@pytest.mark.whole
@pytest.mark.parametrize("size", SIZES)
def test_pages_turn_for_those_who_read_from_the_right(someone: Someone, size: str) -> None:
    page = someone(viewport=SIZES[size], bypass_csp=True)
    enter(page, "analyst")
    for path in ("/fr/", "/fr/report/", "/staff/hotline/queue/", "/staff/design/?line=hotline"):
        page.goto(path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert not findings(page), path


@pytest.mark.whole
def test_chosen_colours_still_show_where_one_is(someone: Someone) -> None:
    page = someone(forced_colors="active", viewport=SIZES["desk"])
    enter(page, "analyst")
    page.goto("/staff/design/?line=hotline")
    edge = "it => getComputedStyle(it).borderBottomColor"
    here, there = page.locator(".tabs a[aria-current]"), page.locator(".tabs a:not([aria-current])")
    assert here.first.evaluate(edge) != there.first.evaluate(edge)
    page.goto("/fr/report/")
    ground = "it => getComputedStyle(it).backgroundColor"
    main = page.locator("main")
    assert main.locator(".button-primary").first.evaluate(ground) != main.locator(
        ".button-quiet"
    ).first.evaluate(ground)


@pytest.mark.whole
def test_text_twice_as_large_still_fits(someone: Someone) -> None:
    page = someone(viewport={"width": 640, "height": 480})
    for path in PUBLIC[:-1]:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path
