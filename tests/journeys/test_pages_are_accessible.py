"""axe finds nothing on the pages of the house: on a telephone and a desk, by day and by night."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser import Someone

pytestmark = pytest.mark.journey

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
SIZES = {"telephone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
PUBLIC = (
    "/fr/",
    "/en/",
    "/fr/leaving/",
    "/fr/privacy/",
    "/fr/accessibility/",
    "/fr/legal/",
    "/fr/report/",
    "/fr/follow/",
    "/fr/certificate/",
    "/fr/write/",
    "/fr/write/adults/",
    "/fr/write/code/",
    "/fr/call-back/",
    "/fr/call-back/adults/",
    "/fr/call-back/asked/",
    "/fr/call-back/adults/asked/",
    "/fr/removal/",
    "/fr/talk/",
    "/fr/talk/resume/",
    "/fr/talk/ended/",
    "/fr/write/left/",
    "/fr/after/thanks/",
    "/en/report/",
    "/en/talk/",
    "/fr/resources/",
    "/en/resources/?q=screens&audience=parents",
    "/fr/resources/petites-marees/",
    "/fr/resources/bonne-nuit-telephone/",
    "/fr/resources/bonne-nuit-telephone/print/",
    "/fr/resources/kit-entrer-en-sixieme/",
    "/fr/resources/kit-entrer-en-sixieme/next-version/",
    "/en/resources/kit-parents-evening/",
    "/fr/how-use-is-counted/",
    "/staff/account/login/",
    "/staff/demonstration/",
    "/fr/nothing-here/",
)
# By the role that opens them. What asks for a fresh password or a second step has its own journeys.
STAFF = {
    "analyst": (
        "/staff/",
        *(f"/staff/design/?line={line}" for line in ("house", "hotline", "awareness")),
        "/staff/hotline/queue/",
        "/staff/hotline/words/",
        "/staff/hotline/my-day/",
        "/staff/takedown/directory/",
        "/staff/takedown/directory/add/",
        "/staff/takedown/directory/to-confirm/",
        "/staff/takedown/directory/whom/",
        "/staff/takedown/notices/",
        "/staff/takedown/watch/",
        "/staff/takedown/watch/removals/",
        "/staff/takedown/dossiers/",
        "/staff/takedown/dossiers/?ended",
        "/staff/takedown/notices/answers/",
        "/staff/takedown/notices/contests/",
        "/staff/takedown/notices/recipients/",
        "/staff/takedown/exchange/",
        "/staff/takedown/exchange/?received",
        "/staff/takedown/exchange/hotlines/",
        "/staff/takedown/exchange/iccam/",
        "/staff/takedown/statements/",
        "/staff/hotline/desk/questions/",
        "/staff/account/sessions/",
        "/staff/account/back/",
        "/staff/account/factors/",
        "/staff/account/factors/generator/add/",
        "/staff/account/factors/passkey/add/",
        "/staff/account/password/",
    ),
    "hotline_lead": ("/staff/hotline/team/",),
    "editor": (
        "/staff/awareness/usage/",
        "/staff/awareness/usage/links/",
        "/staff/publications/due/",
        "/staff/publications/languages/",
    ),
    "partner_member": (
        "/staff/hotline/desk/",
        "/staff/hotline/desk/new/",
        "/staff/hotline/desk/batches/new/",
    ),
    "listener": (
        "/staff/helpline/console/",
        "/staff/helpline/console/records/",
        "/staff/helpline/wallboard/",
        "/staff/helpline/referrals/",
        "/staff/helpline/cases/",
        "/staff/helpline/cases/receivers/",
        "/staff/helpline/removals/",
        "/staff/helpline/removals/?pile=waiting",
        "/staff/helpline/removals/new/",
        "/staff/helpline/removals/figures/",
        "/staff/helpline/conversations/",
        "/staff/telephony/calls/",
        "/staff/telephony/call-backs/",
        "/staff/telephony/call-backs/new/",
        "/staff/helpline/staffing/my-week/",
    ),
    "helpline_lead": (
        "/staff/helpline/referrals/?which=others",
        "/staff/helpline/blocks/",
        "/staff/helpline/files-for-others/",
        "/staff/helpline/staffing/",
        "/staff/helpline/staffing/what-if/",
        "/staff/helpline/staffing/rota/",
        "/staff/helpline/staffing/adherence/",
        "/staff/helpline/staffing/team/",
    ),
    "steering": ("/staff/steering/", "/staff/takedown/statements/yearly/"),
    "accounts_admin": (
        "/staff/people/",
        "/staff/people/invite/",
        "/staff/partners/",
        "/staff/oversight/tasks/",
    ),
    "data_protection": ("/staff/oversight/journal/", "/staff/oversight/retention/"),
}
# One of each kind, reached as people reach it: the first link of a list.
FIRST_OF_A_LIST = {
    "/staff/hotline/queue/": "/staff/hotline/contents/",
    "/staff/hotline/words/": "/staff/hotline/words/",
    "/staff/takedown/directory/": "/staff/takedown/directory/",
    "/staff/takedown/dossiers/": "/staff/takedown/dossiers/",
    "/staff/helpline/cases/": "/staff/helpline/cases/",
    "/staff/helpline/console/": "/staff/helpline/answers/",
    "/staff/helpline/console/records/": "/staff/helpline/console/records/",
    "/staff/helpline/staffing/team/": "/staff/helpline/staffing/team/",
    "/staff/people/": "/staff/people/",
}
# Staff pages without a number in their address that are not shown by opening them.
NOT_OPENED = {
    "/staff/awareness/usage/export/",
    "/staff/publications/bik.",
    "/staff/helpline/cases/open/",
    "/staff/helpline/cases/with-code/",
    "/staff/helpline/console/beat/",
    "/staff/helpline/console/pulse/",
    "/staff/helpline/files-for-others/chi/",
    "/staff/helpline/files-for-others/insafe/",
    "/staff/helpline/console/change/",
    "/staff/helpline/console/next/",
    "/staff/helpline/console/sit/",
    "/staff/helpline/staffing/rota/ask/",
    "/staff/helpline/removals/completeness/",
    "/staff/helpline/wallboard/numbers/",
    "/staff/helpline/wallboard/room/",
    "/staff/helpline/wallboard/switchboard/",
    "/staff/account/again/",
    "/staff/account/factors/codes/",
    "/staff/account/factors/generator/remove/",
    "/staff/account/here/",
    "/staff/account/invitation/",
    "/staff/account/kept/",
    "/staff/account/lock/",
    "/staff/account/login/passkey/",
    "/staff/account/login/second/",
    "/staff/account/logout/",
    "/staff/account/sessions/end",
    "/staff/account/unlock/",
    "/staff/account/visit/",
    "/staff/display/",
    "/staff/hotline/my-day/break/",
    "/staff/hotline/queue/close/",
    "/staff/hotline/queue/close/together/",
    "/staff/hotline/queue/next/",
    "/staff/oversight/tasks/retry/",
    "/staff/takedown/statements/yearly/file/",
    "/staff/hotline/desk/list/",
}


def findings(page: Page) -> list[str]:
    """Return what axe finds, and what does not fit the width of the window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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
    return [
        f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in violations
    ] + ([f"{overflow} px too wide"] if overflow > 0 else [])


def enter(page: Page, role: str) -> None:
    """Enter the demonstration centre as a role."""
    page.goto("/staff/demonstration/")
    page.locator(f"form:has([name=role][value={role}]) button").click()
    page.wait_for_url("**/staff/")


def addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield the address of each page, as its patterns say it."""
    for each in patterns:
        path = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, path)
        else:
            yield path


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_public_pages(someone: Someone, size: str, light: str) -> None:
    page = someone(viewport=SIZES[size], color_scheme=light, bypass_csp=True)
    for path in PUBLIC:
        page.goto(path)
        assert not findings(page), path


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize(("size", "light"), [("telephone", "dark"), ("desk", "light")])
def test_staff_pages(someone: Someone, size: str, light: str, role: str) -> None:
    page = someone(viewport=SIZES[size], color_scheme=light, bypass_csp=True)
    enter(page, role)
    for path in STAFF[role]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        assert not findings(page), path
        if path in FIRST_OF_A_LIST:
            below = FIRST_OF_A_LIST[path]
            first = page.locator(f"main a[href^='{below}']:not([href='{path}'], [href$='invite/'])")
            page.goto(first.first.get_attribute("href") or "")
            assert not findings(page), f"the first of {path}"


def test_no_staff_page_is_forgotten() -> None:
    listed = {path.partition("?")[0] for paths in STAFF.values() for path in paths}
    left_out = (*NOT_OPENED, *(path for path in PUBLIC if path.startswith("/staff/")))
    there = {
        f"/{path}"
        for path in addresses(get_resolver().url_patterns)
        if path.startswith("staff/") and "<" not in path
    }
    assert {path for path in there if not path.startswith(left_out)} == listed


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


@pytest.mark.parametrize("size", SIZES)
def test_pages_turn_for_those_who_read_from_the_right(someone: Someone, size: str) -> None:
    page = someone(viewport=SIZES[size], bypass_csp=True)
    enter(page, "analyst")
    for path in ("/fr/", "/fr/report/", "/staff/hotline/queue/", "/staff/design/?line=hotline"):
        page.goto(path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert not findings(page), path


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


def test_text_twice_as_large_still_fits(someone: Someone) -> None:
    page = someone(viewport={"width": 640, "height": 480})
    for path in PUBLIC[:-1]:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path
