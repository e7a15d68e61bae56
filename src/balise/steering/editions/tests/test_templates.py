"""Editions of other kinds, of the same figures: their days, their pages, what their forms lack."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.finding import NotHere
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import INDICATORS
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import freezing, preparing
from balise.steering.editions.models import Edition, File
from balise.steering.editions.ports import outlines
from balise.steering.editions.rules import deck
from balise.steering.editions.rules.deck import Form
from balise.steering.editions.rules.kinds import (
    EUROPEAN,
    INHOPE,
    INSAFE,
    TEMPLATES,
    page_of,
    template_of,
)
from balise.steering.editions.rules.preparing import (
    Days,
    DaysWrong,
    EditionInside,
    EditionKnown,
    check_shape,
    usual_days,
)
from balise.steering.editions.tests.makers import ALONE, edition_of, make_edition, make_link
from balise.steering.rules.periods import Period

LETTER, QUARTERLY = "ambassadors", "insafe"
SID = {2023: date(2023, 2, 7), 2022: date(2022, 2, 8)}


def open_kind(template: str, day: date | None = None) -> Edition:
    found = preparing.open_edition(template=template, day=day or today(), by=SYSTEM)
    return edition_of(found)


@pytest.mark.parametrize(
    ("days", "day", "first", "last"),
    [
        (Days.YEAR_SO_FAR, date(2023, 10, 18), date(2023, 1, 1), date(2023, 10, 17)),
        (Days.YEAR_SO_FAR, date(2024, 1, 1), date(2023, 1, 1), date(2023, 12, 31)),
        (Days.QUARTER, date(2023, 10, 18), date(2023, 7, 1), date(2023, 9, 30)),
        (Days.QUARTER, date(2024, 1, 1), date(2023, 10, 1), date(2023, 12, 31)),
        (Days.YEAR, date(2023, 10, 18), date(2022, 1, 1), date(2022, 12, 31)),
        (Days.REPORT, date(2023, 10, 18), date(2022, 1, 1), date(2022, 12, 31)),
        (Days.SEASON, date(2023, 10, 18), date(2023, 1, 10), date(2023, 3, 28)),
        (Days.SEASON, date(2023, 2, 20), date(2023, 1, 10), date(2023, 2, 19)),  # goes on
        (Days.SEASON, date(2023, 2, 7), date(2022, 1, 11), date(2022, 3, 29)),
        (Days.SEASON, date(2031, 2, 20), date(2031, 1, 1), date(2031, 2, 19)),  # no day is known
    ],
)
def test_an_edition_is_of_its_usual_days(days: Days, day: date, first: date, last: date) -> None:
    assert usual_days(days, day, SID.get) == Period(first, last)


def test_a_quarter_is_a_quarter_and_a_year_a_year() -> None:
    first, last = date(2023, 7, 1), date(2023, 9, 30)
    check_shape(Days.QUARTER, first=first, last=last)
    for days in (Days.QUARTER, Days.YEAR):
        with pytest.raises(DaysWrong):
            check_shape(days, first=first, last=last - timedelta(days=1))


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_begins_with_its_cover_and_ends_with_its_register(template: str) -> None:
    pages = template_of(template).pages
    assert [page.is_fixed for page in pages] == [True, *[False] * (len(pages) - 2), True]
    assert all(page_of(page.code) is page for page in pages)


def test_a_form_that_nobody_saw_says_so() -> None:
    assert all(one.to_verify for one in (INSAFE, INHOPE, EUROPEAN))
    with pytest.raises(NotHere):
        template_of("no-such-template")


@pytest.mark.django_db
class TestOpened:
    def test_there_is_one_of_a_kind_a_day(self) -> None:
        make_edition()
        opened = open_kind(QUARTERLY)
        assert (opened.kind.code, opened.period.shape) == (QUARTERLY, "quarter")
        with pytest.raises(EditionKnown):
            open_kind(QUARTERLY)
        fact = Entry.objects.filter(event="steering.edition.opened").latest("id")
        assert fact.facts["template"] == QUARTERLY
        with pytest.raises(DaysWrong):
            preparing.open_edition(
                template=LETTER, day=today(), first=today(), last=today(), by=SYSTEM
            )

    def test_the_choice_of_pages_is_that_of_its_own_kind(self) -> None:
        day = today()
        before = open_kind(LETTER, day - timedelta(days=100))
        preparing.place_section(edition_id=before.id, code="kits", is_in=False, by=SYSTEM)
        make_edition(day - timedelta(days=1))
        left_out = open_kind(LETTER).sections.filter(is_in=False)
        assert [one.code for one in left_out] == ["kits"]

    def test_its_last_page_and_that_of_staff_list_what_its_form_asks_in_vain(
        self, client: Client
    ) -> None:
        edition = open_kind(QUARTERLY)
        last = deck.read(edition.deck).pages[-1].sentences
        assert len(last) == 1 + len(INSAFE.absent)
        assert all(": –" in one["en"] for one in last[1:])
        sign_in(client, make_account("steering"))
        shown = client.get(reverse("staff:editions:edition", args=[edition.id])).text
        assert all(one["fr"] in shown for one in last)

    def test_what_the_centre_counts_by_now_is_no_longer_absent(self) -> None:
        one = replace(EUROPEAN.absent[0], code="HOT-REP")
        assert one not in replace(EUROPEAN, absent=(one,)).lacks
        assert one in replace(EUROPEAN, absent=(replace(one, code="NONE"), one)).absent

    def test_only_the_committees_is_for_everyone(self) -> None:
        edition = open_kind(QUARTERLY)
        freezing.freeze(edition_id=edition.id, alone=ALONE, by=SYSTEM)
        with pytest.raises(EditionInside):
            freezing.publish(edition_id=edition.id, by=make_actor("steering"))
        assert edition_of(edition.id).published_at is None
        assert not Entry.objects.filter(event="steering.edition.published").exists()

    def test_the_operator_prints_each(self, tmp_path: object) -> None:
        edition = open_kind(LETTER)
        call_command(
            "deck", f"--edition={edition.day}", f"--template={LETTER}", f"--out={tmp_path}"
        )
        name = f"draft-{LETTER}-{edition.day}-fr.pdf"
        assert name in {one.name for one in tmp_path.iterdir()}  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestAddresses:
    def test_a_file_has_the_addresses_that_its_reader_can_open(self) -> None:
        pick("apple", times=40, on=today() - timedelta(days=1))
        tick()
        edition = make_edition()
        freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)
        freezing.draw(edition_id=edition, by=SYSTEM)
        inside = File.objects.get(edition=edition, form="html", language="en", is_public=False)
        text = bytes(inside.octets).decode()
        assert "/staff/" not in text
        assert "/figures/" not in text
        assert "HOT-REP" in text
        freezing.publish(edition_id=edition, by=SYSTEM)
        outside = File.objects.get(edition=edition, form="html", language="en", is_public=True)
        text = bytes(outside.octets).decode()
        assert "/staff/" not in text
        assert f"/en/figures/{today()}/F01/" in text
        kept = File.objects.get(id=inside.id)
        assert (bytes(kept.octets), kept.is_public) == (bytes(inside.octets), False)

    def test_a_member_reads_a_figure_at_their_own_link(self, client: Client) -> None:
        page = client.get(reverse("editions:draft", args=[make_link()])).text
        assert '<a href="#three-F01" id="three-F01">F01</a>' in page
        assert "/staff/steering/figure/" not in page


@pytest.mark.django_db
def test_places_are_drawn_where_the_country_has_outlines(monkeypatch: pytest.MonkeyPatch) -> None:
    pick("apple", times=40, on=today() - timedelta(days=1))
    tick()
    INDICATORS["AMB-AREA"] = replace(INDICATORS["HOT-REP"], code="AMB-AREA")
    area = ("apple", "M0 0h100v100h-100z", "", (0.0, 0.0, 100.0, 100.0))
    monkeypatch.setattr(outlines, "_answer", lambda: ([area], "invented"))
    made = deck.read(edition_of(make_edition()).deck)
    assert made.map is not None
    assert list(made.map.outlines) == ["apple"]
    assert Form.PLACES in {chart.form for page in made.pages for chart in page.charts}
    monkeypatch.setattr(outlines, "_answer", lambda: ([], ""))
    assert deck.read(edition_of(make_edition(today() - timedelta(days=1))).deck).map is None
