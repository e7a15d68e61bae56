"""Briefings: chosen, frozen, mailed once, corrected by another; the rises that they tell."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.awareness.partnership.trends import module
from balise.awareness.partnership.trends.access import briefing_token
from balise.awareness.partnership.trends.actions import briefings, notebook, readers
from balise.awareness.partnership.trends.models import Briefing, Reader
from balise.awareness.partnership.trends.queries import rises
from balise.awareness.partnership.trends.rules.briefings import (
    BriefingEmpty,
    BriefingSent,
    Chosen,
    NothingToCorrect,
    digest,
)
from balise.awareness.partnership.trends.tests.makers import (
    ADDRESS,
    choose,
    count,
    finish_reports,
    make_draft,
    make_edition,
    make_reader,
    make_reference,
    make_use,
    sign_of,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import known
from balise.foundation.journal.models import Entry
from balise.foundation.statistics import exposures
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.protection import Exposure, Node
from balise.foundation.statistics.telling import printed, tell
from balise.foundation.tasks.running import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]


def letters() -> list[mail.EmailMessage]:
    """Return what left since the last time, once the clerk and the worker have done their part."""
    before = len(mail.outbox)
    count()
    run_due()
    return list(mail.outbox[before:])


def months_back(months: int) -> date:
    """Return the second day of a month, so many months ago."""
    day = today().replace(day=1)
    for _each in range(months):
        day = (day - timedelta(days=1)).replace(day=1)
    return day.replace(day=2)


def finish_on(category: str, on: date, times: int) -> None:
    """Write down that reports of a category were finished, on the very day."""
    with clock.at(datetime(on.year, on.month, on.day, 9, tzinfo=UTC)):
        finish_reports(category, on, times)


def a_rise_of_last_month() -> Chosen:
    """Count reports so that one category rises in the month that is over, and return its key."""
    for months, (grooming, other) in {4: (19, 42), 3: (21, 40), 2: (20, 41), 1: (60, 43)}.items():
        finish_on("grooming", months_back(months), grooming)
        finish_on("shocking", months_back(months), other)
    count()
    until = today().replace(day=1) - timedelta(days=1)
    return Chosen("hotline", "categories", "grooming", until.isoformat())


def test_a_month_rises_as_its_tallies_say_and_a_changed_figure_says_nothing() -> None:
    chosen = a_rise_of_last_month()
    reader = make_actor("editor")
    until = date.fromisoformat(chosen.until)
    found = rises.rises(until, seen_by=reader)
    assert [(of.figure.code, one.reading.code) for of, one in found.rising] == [
        ("categories", "grooming")
    ]
    ((_of, one),) = found.rising
    assert (one.reading.now, one.reading.before) == (60, (20, 21, 19))

    Counted.objects.filter(measure="hotline.reports.finished").update(definition="another")
    (figure,) = [
        each
        for each in rises.rises(until, seen_by=reader).figures
        if each.figure.code == "categories"
    ]
    assert figure.gap is not None
    assert figure.rising == []
    with pytest.raises(PermissionDenied):
        rises.rises(until, seen_by=make_actor("listener"))


def test_an_edition_tells_whole_months_and_stays_as_it_was_sent(client: Client) -> None:
    chosen = a_rise_of_last_month()
    by = make_actor("coordinator")
    use = make_use()
    edition = make_edition(
        uses=[str(use)], rising=[chosen.written], references=[str(make_reference())]
    )
    row = Briefing.objects.get()
    assert row.told is not None
    assert [row.number, len(row.told["uses"]), len(row.told["references"])] == [1, 1, 1]
    (rise,) = row.told["rises"]
    # Nothing is told of a quarter yet: a protected rise leaves in words alone.
    assert [rise[name] for name in ("now", "before", "year_before")] == [None] * 3
    assert "groups.example" not in str(row.told)

    notebook.change(use_id=use, sign=sign_of(title="Un autre titre"), by=by)
    with pytest.raises(BriefingSent):
        choose(edition)
    with pytest.raises(BriefingSent):
        briefings.send(briefing_id=edition, by=by)
    page = f"/fr/briefings/{briefing_token(edition)}/"
    shown = client.get(page).text
    assert "Des groupes de défis privés" in shown
    assert "Un autre titre" not in shown
    paper = client.get(f"{page}briefing.pdf").content
    assert b"pdfuaid" in paper
    assert client.get(f"{page}briefing.pdf").content == paper
    row.refresh_from_db()
    assert digest(row.told) == row.sha256
    assert Entry.objects.get(event="awareness.briefing.sent").facts["rises"] == 1


def test_a_protected_rise_shows_the_last_quarter_that_was_told() -> None:
    with clock.at(datetime(2026, 12, 3, 9, tzinfo=UTC)):
        # Enough in each quarter of a year for those of the next to be told.
        for year in (2024, 2025):
            for month in (2, 5, 8, 11):
                finish_on("grooming", date(year, month, 2), 30)
        for month in (2, 5):
            finish_on("grooming", date(2026, month, 2), 30)
        chosen = a_rise_of_last_month()
        assert tell()
        table = ("hotline.reports.finished", "category")
        (now,), (before,) = (
            {printed(*table, each.first, each.last, on=today()).cells["grooming"]}
            for each in (Node(2026, 3), Node(2025, 3))
        )
        assert now is not None
        assert before is not None
        make_edition(rising=[chosen.written])
    told = Briefing.objects.get().told
    assert told is not None
    (rise,) = told["rises"]
    assert rise["period"] == "novembre 2026 (nombres de juillet à septembre 2026)"
    assert (rise["now"], rise["before"], rise["year_before"]) == (now.least, None, before.least)
    assert abs(now.least - 40) <= 4  # what is told, not the 60 of the month
    assert abs(before.least - 30) <= 4


def test_a_public_rise_shows_whole_months_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = ("hotline.reports.finished", "category")
    monkeypatch.setitem(exposures.EXPOSURES, pair, Exposure.PUBLIC)
    chosen = a_rise_of_last_month()
    make_edition(rising=[chosen.written])
    told = Briefing.objects.get().told
    assert told is not None
    (rise,) = told["rises"]
    assert (rise["now"], rise["before"]) == (60, 20)


def test_a_rise_of_what_stays_inside_leaves_in_words_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pair = ("hotline.reports.finished", "category")
    monkeypatch.setitem(exposures.EXPOSURES, pair, Exposure.INSIDE)
    make_edition(rising=[a_rise_of_last_month().written])
    told = Briefing.objects.get().told
    assert told is not None
    assert [told["rises"][0][name] for name in ("now", "before", "year_before")] == [None] * 3


def test_a_month_that_runs_is_told_without_numbers() -> None:
    with clock.at(now().replace(day=20)):
        for months in (1, 2, 3):
            finish_reports("grooming", months_back(months), 20)
        finish_reports("grooming", months_back(0), 45)
        count()
        until = today() - timedelta(days=1)
        chosen = Chosen("hotline", "categories", "grooming", until.isoformat())
        make_edition(rising=[chosen.written])
    told = Briefing.objects.get().told
    assert told is not None
    assert [told["rises"][0][name] for name in ("now", "before", "year_before")] == [None] * 3


def test_a_correction_is_a_new_edition_and_both_pages_say_so(client: Client) -> None:
    by = make_actor("coordinator")
    draft = make_draft()
    with pytest.raises(BriefingEmpty):
        briefings.send(briefing_id=draft, by=by)
    with pytest.raises(NothingToCorrect):
        make_draft(corrects=draft)
    assert client.get(f"/fr/briefings/{briefing_token(draft)}/").status_code == 404
    first = make_edition()
    second = make_draft(corrects=first, title="Rectificatif")
    assert "Corrigée" not in client.get(f"/fr/briefings/{briefing_token(first)}/").text
    briefings.send(briefing_id=second, by=by)
    assert Briefing.objects.get(id=second).number == 2
    assert "Corrigée par le n° 2" in client.get(f"/fr/briefings/{briefing_token(first)}/").text
    assert "Corrige le n° 1" in client.get(f"/fr/briefings/{briefing_token(second)}/").text
    with pytest.raises(PermissionDenied):
        briefings.send(briefing_id=draft, by=make_actor("editor"))


def test_a_contact_confirms_receives_an_edition_once_and_leaves(client: Client) -> None:
    reader = make_reader(is_confirmed=False)
    row = Reader.objects.get()
    assert ADDRESS.encode() not in bytes(row.sealed)
    (asked,) = letters()
    assert asked.to == [ADDRESS]
    make_edition()
    assert letters() == []  # the address is nobody's yet

    link = re.search(r"/fr/briefing-news/\S+", str(asked.body))
    assert link
    client.post(link[0], {"say": "confirm"})
    assert letters() == []
    edition = make_edition()
    (told,) = letters()
    assert f"/fr/briefings/{briefing_token(edition)}/" in str(told.body)
    assert [each[0] for each in told.attachments] == ["briefing-2.pdf"]
    assert letters() == []

    client.post(link[0], {"say": "leave"})
    letters()
    assert not Reader.objects.exists()
    assert known([reader]) == set()
    assert client.post("/fr/briefing-news/nothing/", {"say": "leave"}).status_code == 404


def test_who_does_not_confirm_goes_after_a_week_and_who_does_after_two_years() -> None:
    quiet, heard = make_reader(is_confirmed=False, address="a@partner.example"), make_reader()
    assert list(module.readers_due(now() + timedelta(days=6))) == []
    assert list(module.readers_due(now() + timedelta(days=8))) == [quiet]
    assert set(module.readers_due(now() + timedelta(days=731))) == {quiet, heard}
    assert module.erase_readers([quiet, heard]) == 2
    with pytest.raises(PermissionDenied):
        readers.settle(reader=heard, left=True, by=make_actor("editor"))
