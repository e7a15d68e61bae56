"""A content’s page asks the database as often beside a long queue as beside a short one."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.reports.models import Content
from balise.hotline.reports.tests.makers import make_content

pytestmark = pytest.mark.django_db

MOST = 47  # `bench/workspaces.py` prints them
QUEUE = "/staff/hotline/queue/"


def asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(where).status_code == HTTPStatus.OK
    return len(found)


def taken(client: Client) -> Content:
    sign_in(client, make_account("analyst"))
    content = make_content("https://one.example/", category="hate")
    client.post(f"/staff/hotline/contents/{content.id}/claim/")
    return content


def test_a_content_beside_a_long_queue(client: Client) -> None:
    where = f"/staff/hotline/contents/{taken(client).id}/"
    first = asked(client, where)
    for number in range(20):
        make_content(f"https://site{number}.example/", category="hate")
    assert asked(client, where) == first
    assert first <= MOST
