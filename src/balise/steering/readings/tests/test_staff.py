"""The pages of readings, by those who may."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import today
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.tests.makers import bring, csv_of
from balise.steering.readings.models import Followed, Reading
from balise.steering.readings.rules.judging import Series, Thing
from balise.steering.readings.tests.makers import make_followed, make_reading

pytestmark = pytest.mark.django_db
LIST = "/staff/steering/readings/"
DAY = timedelta(days=1)


def test_the_committee_reads_and_the_office_writes(client: Browser) -> None:
    made = make_followed()
    reading = make_reading(made, today(), 5)
    file = bring(csv_of(("jour", "vues"), ("12/03/2026", "5")), ImportKind.READINGS)
    reads = ("", f"{made}/")
    writes = ("add/", "import/", f"import/{file}/", f"{made}/change/", f"reading/{reading}/")
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {302}
    sign_in(client, make_account("editor"))
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {403}
    sign_in(client, make_account("steering"))
    assert {client.get(f"{LIST}{page}").status_code for page in reads} == {200}
    assert {client.get(f"{LIST}{page}").status_code for page in writes} == {403}
    typed = {
        "series": "social.followers",
        "day": (today() - DAY).isoformat(),
        "value": "5",
        "method": "declared",
    }
    assert client.post(f"{LIST}{made}/", typed).status_code == 403
    sign_in(client, make_account("steering_office"))
    assert {client.get(f"{LIST}{page}").status_code for page in (*reads, *writes)} == {200}


def test_an_account_is_followed_and_read_and_a_fall_asks_why(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    typed = {"kind": "account", "name": "Facebook", "code": "FB page", "network": "facebook"}
    assert client.post(f"{LIST}add/", typed).status_code == 422
    answer = client.post(f"{LIST}add/", {**typed, "code": "facebook"})
    row = Followed.objects.get()
    page = f"{LIST}{row.id}/"
    assert answer["Location"] == page
    long_ago = today() - 90 * DAY
    said = {"series": "social.followers", "method": "declared", "source": "Sa page"}
    first = {**said, "day": long_ago.isoformat(), "value": "22,9 K"}
    assert client.post(page, first).status_code == 302
    assert client.post(page, first).status_code == 422  # this day is read
    fall = {**said, "day": today().isoformat(), "value": "2290"}
    refused = client.post(page, fall)
    assert refused.status_code == 422
    assert 'value="2290"' in refused.text
    assert client.post(page, {**fall, "why": "purged"}).status_code == 302
    shown = client.get(page).text
    assert shown.count("alert-warning") == 1  # the days between them are a gap
    assert client.post(f"{page}change/", {"name": "Facebook 2", "until": ""}).status_code == 302


def test_a_reading_is_corrected_or_withdrawn_and_both_are_shown(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    made = make_followed("site", Thing.SITE)
    reading = make_reading(made, today(), 500, series=Series.VISITS)
    page = f"{LIST}reading/{reading}/"
    assert client.post(page, {"act": "correct", "value": "x", "note": "y"}).status_code == 422
    right = {"act": "correct", "value": "600", "note": "Une faute de frappe"}
    assert client.post(page, right).status_code == 302
    assert client.post(page, right).status_code == 422  # it was replaced
    later = Reading.objects.get(stands=True)
    away = {"act": "withdraw", "why": "Autre site"}
    assert client.post(f"{LIST}reading/{later.id}/", away).status_code == 302
    shown = client.get(f"{LIST}{made}/").text
    assert "Autre site" in shown
    assert not Reading.objects.filter(stands=True).exists()


def test_a_file_says_its_columns_and_is_taken_in(client: Browser) -> None:
    sign_in(client, make_account("steering_office"))
    make_followed("site", Thing.SITE)
    assert client.post(f"{LIST}import/", {}).status_code == 422
    text = b"date,visitors,pageviews,visits\n2026-03-01,20,90,31\n2032-03-02,25,99,33\n"
    answer = client.post(f"{LIST}import/", {"file": SimpleUploadedFile("p.csv", text)})
    page = answer["Location"]
    assert "pageviews" in client.get(page).text
    columns = {"column_0": "day", "column_1": "web.visitors", "column_3": "web.visits"}
    assert client.post(page, {**columns, "say": "look"}).status_code == 422  # of what?
    assert client.post(page, {**columns, "thing": "site", "say": "look"}).status_code == 302
    assert client.get(page).text.count("<tr>") >= 6
    assert not Reading.objects.exists()
    assert client.post(page, {"say": "take"}).status_code == 302
    assert client.post(page, {"say": "take"}).status_code == 302
    assert Reading.objects.count() == 2
    assert client.get(page).status_code == 200
