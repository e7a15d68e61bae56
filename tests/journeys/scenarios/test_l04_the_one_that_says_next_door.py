"""L4: 300 reports of one address; one of them says that the child lives next door."""

import pytest
from playwright.sync_api import expect

from tests.browser import Someone, press_key, send
from tests.journeys.scenarios.people import PHONE, enters, report_many, reports_by_phone
from tests.live import Live

pytestmark = [pytest.mark.journey, pytest.mark.safety, pytest.mark.usefixtures("nobody_rests")]

HOST = "partout-a-la-fois.example"
ADDRESS = f"https://{HOST}/video/1"
WORDS = "Cette enfant habite à côté de chez nous."


def test_one_content_and_that_report_is_read_first(someone: Someone, live: Live) -> None:
    said = {"category": "shocking", "description": "Vu dans un groupe."}
    report_many(live, *[(ADDRESS, said)] * 150)
    reports_by_phone(someone(viewport=PHONE), ADDRESS, words=WORDS, in_danger=True)
    report_many(live, *[(ADDRESS, said)] * 150)

    analyst = someone()
    enters(analyst, "analyst")
    analyst.goto("/staff/hotline/queue/")
    rows = analyst.locator("#rows .q-row")
    ours = rows.filter(has_text=HOST)
    expect(ours).to_have_count(1)
    expect(ours).to_contain_text("301")
    # Nothing that is not dangerous stands before it, however many points it has.
    in_danger = [row.get_by_text("Danger", exact=True).count() > 0 for row in rows.all()]
    hosts = rows.all_inner_texts()
    place = next(n for n, text in enumerate(hosts) if HOST in text)
    assert all(in_danger[: place + 1])

    send(ours.locator(".q-open"))
    expect(analyst.get_by_text("Lisez d’abord le signalement qui le dit")).to_be_visible()
    press_key(analyst, "o")
    first = analyst.locator("[data-pane] article").first
    expect(first.get_by_text("Danger", exact=True)).to_be_visible()
    expect(first).to_contain_text(WORDS)
