"""A harvester of another make reads the feed from a real server: oaipmh-scythe."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_public
from balise.awareness.publications.tests.test_oai import COPIED, make_many, withdraw
from balise.foundation import clock

pytestmark = [pytest.mark.extra, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def feed(live_server: LiveServer) -> Any:
    """Give the harvester, at the feed of a server on this machine."""
    with import_module("oaipmh_scythe").Scythe(f"{live_server.url}/oai") as scythe:
        yield scythe


def test_reads_all_in_each_format_then_what_changed(feed: Any) -> None:
    """One test: what it empties at its end takes the shelves with it."""
    page = make_public(topic=["money"])
    make_many(204)
    assert feed.identify().deletedRecord == "persistent"
    formats = {each.metadataPrefix for each in feed.list_metadata_formats()}
    assert formats == {"oai_dc", "lom", "lomfr"}
    for prefix in formats:
        names = {each.header.identifier for each in feed.list_records(metadata_prefix=prefix)}
        assert len(names) == 205
    assert "topic-money" in {each.setSpec for each in feed.list_sets()}
    (money,) = feed.list_records(set_="topic-money")
    assert money.get_metadata()["title"] == ["Écrans"]

    Published.objects.update(drawn_at=clock.now() - timedelta(days=3))
    Published.objects.filter(page_id__gte=COPIED).delete()
    withdraw(page)
    (gone,) = feed.list_records(from_=clock.now().date().isoformat())
    assert gone.deleted
    assert gone.header.identifier == money.header.identifier
