"""`balise catalogue check`: dead links, reviews due, pictures without words, old translations."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings
from wagtail.models import Page

from balise.awareness.publications.management.links import faulty_links
from balise.awareness.publications.models import Published
from balise.awareness.publications.queries.editorial import faults
from balise.awareness.publications.rules.links import in_turn, links_in
from balise.awareness.publications.tests.makers import make_picture, make_public
from balise.awareness.publications.tests.sites import Said, a_site
from balise.foundation import clock

OURS = "http://127.0.0.1:8000"


def checked() -> list[dict[str, Any]]:
    out = StringIO()
    call_command("catalogue", "check", "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_page_in_order_is_not_named() -> None:
    make_public(slug="ecrans")
    assert checked() == []


@pytest.mark.django_db
def test_each_fault_is_named_with_its_page() -> None:
    picture = make_picture()
    picture.description = ""
    picture.save()
    source = Page.objects.get(pk=make_public(slug="ecrans", picture=picture))
    make_public(language="en", slug="screens", key=source.translation_key)
    year_ago = clock.now() - timedelta(days=400)
    Published.objects.filter(slug="screens").update(published_at=year_ago, behind="fr")

    told = [(each["fault"], each["page"].rpartition("8000")[2]) for each in checked()]
    assert told == [
        ("picture-without-description", "/fr/resources/ecrans/"),
        ("review-due", "/en/resources/screens/"),
        ("translation-out-of-date", "/en/resources/screens/"),
    ]


@pytest.mark.django_db
def test_a_page_published_after_midnight_here_counts_from_that_day() -> None:
    make_public(slug="ecrans")
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # half past midnight on the second, in Paris
    Published.objects.update(published_at=late)
    due = date(2027, 3, 2)
    [(_page, none)] = faults(Published.objects.all(), due - timedelta(days=1))
    assert none == ()
    [(_page, [fault])] = faults(Published.objects.all(), due)
    assert fault.since == due


@pytest.mark.django_db
def test_a_link_is_dead_where_it_says_so_or_is_ours_and_leads_nowhere(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DEMONSTRATION, settings.TRACER_SOCKET = True, tmp_path / "nobody.sock"
    make_public(slug="ecrans")
    with a_site(lambda _path, _asked: (410, b"", "")) as site:
        Published.objects.update(
            html=f'<a href="{site}/un">1</a><a href="/fr/resources/parti/#a">2</a>'
            f'<a href="{OURS}/fr/resources/ecrans/?x">3</a><a href="http://10.0.0.1/">4</a>'
        )
        told = {(each["fault"], each["link"]): each.get("why") for each in checked()}
    assert told == {
        ("link-dead", "/fr/resources/parti/#a"): None,
        ("link-dead", f"{site}/un"): "http-410",
        ("link-without-answer", "http://10.0.0.1/"): (
            "it leads to a private address, which is never asked"
        ),
    }


def test_a_redirect_is_followed_and_an_error_may_pass(settings: Settings) -> None:
    settings.DEMONSTRATION = True
    asked: Counter[str] = Counter()

    def says(path: str, _asked: dict[str, str]) -> Said:
        asked[path] += 1
        return {"/old": (301, b"", "/new"), "/new": (200, b"", "")}.get(path, (503, b"", ""))

    with a_site(says) as site:
        links = [f"{site}/old", f"{site}/busy", f"{site}/old"]
        assert list(faulty_links(links, pause=0.0)) == [
            (f"{site}/busy", "link-without-answer", "http-503")
        ]
    assert asked == {"/old": 1, "/new": 1, "/busy": 1}


def test_hosts_take_turns() -> None:
    links = ["https://a.example/1", "https://a.example/2", "https://b.example/1"]
    assert list(in_turn(links)) == [links[0], links[2], links[1]]


def test_links_are_found_once() -> None:
    assert links_in('<a href="/x">1</a><p>a<a href="/x">2</a><a>3</a>') == ("/x",)
