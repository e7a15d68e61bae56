"""The file for the directory of Better Internet for Kids."""

import csv
import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from wagtail.models import Page

from balise.awareness.publications.models import Published
from balise.awareness.publications.rules.metadata import BIK
from balise.awareness.publications.tests.makers import make_public
from balise.foundation.accounts.tests.makers import make_account, sign_in

pytestmark = pytest.mark.django_db

CSV, JSON = "/staff/publications/bik.csv", "/staff/publications/bik.json"


def test_is_for_who_writes_pages() -> None:
    client = Client()  # Wagtail's own pages are less strict than ours
    assert client.get(CSV).status_code == 302
    sign_in(client, make_account("analyst"))
    assert client.get(CSV).status_code == 403
    sign_in(client, make_account("editor"))
    assert CSV in client.get("/cms/").text  # among the lists of pages
    answer = client.get(CSV)
    assert answer["Content-Disposition"] == 'attachment; filename="bik.csv"'


def test_a_day_is_one_of_the_centre(client: Client) -> None:
    make_public()
    midnight = datetime(2027, 2, 9, tzinfo=ZoneInfo("Europe/Paris"))  # in UTC it is the day before
    Published.objects.update(published_at=midnight)
    sign_in(client, make_account("editor"))
    (line,) = json.loads(client.get(JSON).content)
    assert line["date"] == "2027-02-09"


def test_each_resource_is_a_line_in_english_where_it_can_be(client: Client) -> None:
    page = Page.objects.get(pk=make_public(slug="ecrans", title="Écrans", topic=["screens"]))
    make_public(language="en", slug="screens", title="Screens", key=page.translation_key)
    make_public(slug="mots", title="=1+1", audience=["parents"])
    make_public(slug="nouveau", title="Nouveau", kind="news")

    sign_in(client, make_account("editor"))
    lines = json.loads(client.get(JSON).content)
    assert [(line["title"], line["languages"]) for line in lines] == [
        ("Screens", "en|fr"),
        ("=1+1", "fr"),
    ]
    written = csv.reader(io.StringIO(client.get(CSV).content.decode("utf-8-sig")))
    heads, _screens, words = written
    assert tuple(heads) == BIK
    assert dict(zip(heads, words, strict=True)) == {
        **lines[1], "title": "'=1+1", "target_audience": "parents and carers",
    }  # fmt: skip
