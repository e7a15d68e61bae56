"""What anyone writes stays text on every page, file and header that shows it, for every role.

Hostile text goes through the real actions into all that the walks of addresses make; then each
address is read, each form of each page is filled and sent, and the page that it leads to is read.
"""

import json
import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, TestCase, override_settings

from balise.awareness.publications import actions as publications
from balise.awareness.publications.models import Published, Resource
from balise.awareness.publications.tests.makers import make_draft, make_public
from balise.awareness.publications.tests.test_cms import change
from balise.awareness.publications.tests.test_cms_addresses import (
    paths as cms_paths,
    routes as cms_routes,
    there,
)
from balise.config.tests.public_pages import ACCEPTED, FILES, PAGES
from balise.config.tests.public_ways import Send
from balise.config.tests.staff_objects import real_objects
from balise.config.tests.test_leaving import a_centre_for, cases
from balise.config.tests.test_staff_addresses import EVERYONE, SOME, address, routes
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM
from tests.hostile.planting import ALL_IN_ONE, PAYLOADS, Planted, forms, planted
from tests.hostile.reading import MARK, faults, of_calendar, of_csv, of_html, of_json, of_xml, shown
from tests.walks import of_each, rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]

FEWEST = 20  # actions that take what is planted, and pages that show it; they are far more
DOCUMENTS = ("oai_dc", "lom", "lomfr")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Reader(Client):
    """A browser that runs what waits for the commit, as in real life."""

    def request(self, **request: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


class Walk:
    """Reads pages, fills their forms, and keeps what was more than text there."""

    def __init__(self, payload: str, *, sends: bool) -> None:
        self.payload, self.sends = payload, sends
        self.found: set[str] = set()
        self.showed = self.took = 0
        self._filled: set[tuple[str, tuple[str, ...]]] = set()

    def read(self, client: Client, route: str, path: str) -> None:
        """Read an address, and send what its forms take; nothing of it stays."""
        with rolled_back():
            answer = self._answer(route, client, "get", path)
        if answer is None:
            return
        self._look(route, answer)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if not self.sends or not is_page or answer.status_code != HTTPStatus.OK:
            return
        for to, fields in forms(answer.text, at=path, payload=self.payload):
            known = (route, tuple(sorted(fields)))
            if known in self._filled or not any(MARK in str(each) for each in fields.values()):
                continue
            self._filled.add(known)
            with rolled_back():
                self._send(client, f"{route} > {to}", to, fields)

    def _send(self, client: Client, where: str, to: str, fields: dict[str, Any]) -> None:
        answer = self._answer(where, client, "post", to, fields)
        for _each in range(3):
            if answer is None:
                return
            self._look(where, answer)
            if answer.status_code not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}:
                return
            self.took += 1
            answer = self._answer(where, client, "get", answer.headers["Location"])

    def _answer(self, where: str, client: Client, method: str, path: str, *fields: Any) -> Any:
        try:
            with transaction.atomic():
                return getattr(client, method)(path, *fields)
        except Exception as fault:  # noqa: BLE001 - what the walk is there to find
            self.found.add(f"{where}: it breaks: {type(fault).__name__}: {str(fault)[:200]}")
            return None

    def _look(self, where: str, answer: Any) -> None:
        self.showed += shown(answer)
        self.found.update(f"{where}: {each}" for each in faults(answer))
        if answer.streaming:
            b"".join(answer)  # what is read to its end is closed


def none(found: set[str]) -> None:
    assert not found, "\n".join([str(len(found)), *sorted(found)[:60]])


def staff_walk(roles: tuple[str, ...], payloads: tuple[str, ...], *, sends: bool) -> Walk:
    """Plant all that staff see, and return what the pages of some roles made of it."""
    walk = Walk(payloads[0], sends=sends)
    with override_settings(ICCAM_URL="http://127.0.0.1:9"):
        with planted(*payloads) as done:
            owners = {code: make_account(code) for code in EVERYONE}
            objects = real_objects({code: actor_of(one) for code, one in owners.items()})
        check_planted(done)
        for role in roles:
            client = Client()
            sign_in(client, owners[role])
            for route in routes():
                walk.read(client, route, address(route, objects))
    return walk


def check_planted(done: Planted) -> None:
    assert len(done.taken) > FEWEST, (len(done.taken), sorted(done.refused))


@pytest.mark.safety
def test_a_text_stays_text_on_the_pages_of_staff() -> None:
    walk = staff_walk(SOME, (ALL_IN_ONE,), sends=False)
    assert walk.showed > FEWEST
    none(walk.found)


@pytest.mark.whole
@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 4))
def test_each_text_stays_text_on_every_page_and_form_of_staff(first: int) -> None:
    turned = (*PAYLOADS[first:], *PAYLOADS[:first])
    walk = staff_walk(EVERYONE, turned, sends=True)
    assert walk.showed > FEWEST
    assert walk.took > FEWEST
    none(walk.found)


def public_walk(*payloads: str, sends: bool) -> Walk:
    """Plant all that everyone may see, and return what the public pages made of it."""
    walk = Walk(payloads[0], sends=sends)
    for case in cases(PAGES) + cases(FILES):
        route, reach = case.values
        with rolled_back(), a_centre_for(route), planted(*payloads):
            client = Reader()
            walk.read(client, route, reach(client))
    return walk


@pytest.mark.safety
def test_a_text_stays_text_on_public_pages() -> None:
    walk = public_walk(ALL_IN_ONE, sends=False)
    assert walk.showed > FEWEST
    none(walk.found)


@pytest.mark.whole
@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 4))
def test_each_text_stays_text_on_every_public_page_and_form(first: int) -> None:
    walk = public_walk(*PAYLOADS[first:], *PAYLOADS[:first], sends=True)
    assert walk.showed > FEWEST
    none(walk.found)


@pytest.mark.whole
@pytest.mark.parametrize("payload", PAYLOADS)
@of_each(("route", "send"), cases(ACCEPTED), apart=rolled_back)
def test_each_field_that_anyone_sends_stays_text(payload: str, route: str, send: Send) -> None:
    with rolled_back(), a_centre_for(route):
        names = [name for name, one in send(Reader()).fields.items() if isinstance(one, str)]
    found: set[str] = set()
    for name in names:
        with rolled_back(), a_centre_for(route):
            client = Reader()
            sending = send(client)
            walk = Walk(payload, sends=False)
            fields = sending.fields | {name: payload}
            walk._send(client, f"{route} {name}", sending.path, fields)
            found |= walk.found
    none(found)


@pytest.mark.whole
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_stays_text_in_the_pages_of_the_editor(payload: str) -> None:
    with planted(payload):
        real = there()
    client = Client()
    sign_in(client, make_account("awareness_lead"))
    walk = Walk(payload, sends=True)
    for route in cms_routes():
        if "logout" not in route:
            walk.read(client, route, next(iter(cms_paths(route, real))))
    assert walk.showed
    none(walk.found)


@pytest.mark.safety
@pytest.mark.parametrize("payload", PAYLOADS)
def test_rich_text_holds_no_script_and_leads_to_none(payload: str) -> None:
    page = Resource.objects.get(pk=make_draft(slug="texte"))
    client = Client()
    sign_in(client, make_account("awareness_lead"))
    block = {"key": "aaaaa", "text": payload, "type": "unstyled", "depth": 0}
    block["inlineStyleRanges"] = [{"offset": 0, "length": 5, "style": f"<{MARK}>"}]
    block["entityRanges"] = [{"offset": 0, "length": 5, "key": 0}]
    linked = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": payload}}
    text = json.dumps({"blocks": [block], "entityMap": {"0": linked}})
    fields = change(page, body=text, summary=payload[:200], title=payload[:200])
    client.post(f"/cms/pages/{page.pk}/edit/", fields)
    publications.publish(page=page.pk, by=make_actor("awareness_lead"))
    publications.settle(by=SYSTEM)
    for path in ("", "print/"):
        answer = Client().get(f"/fr/resources/texte/{path}")
        assert answer.status_code == HTTPStatus.OK
        none(set(faults(answer)))
    for path in (f"/cms/pages/{page.pk}/edit/", f"/cms/pages/{page.pk}/view_draft/"):
        none(set(faults(client.get(path))))


@pytest.mark.safety
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_machines_read_of_a_page_stays_text(payload: str) -> None:
    client = Client()
    more = dict.fromkeys(("summary", "produced_by", "made_with", "keywords"), payload)
    make_public(slug="texte", title=payload, kind="article", **more)
    assert MARK in Published.objects.get().title
    asked = [f"/oai?verb=ListRecords&metadataPrefix={each}" for each in DOCUMENTS]
    for path in (*asked, "/sitemap.xml", "/fr/resources/feed.xml", "/fr/resources/texte/"):
        answer = client.get(path)
        assert answer.status_code == HTTPStatus.OK, path
        none({f"{path}: {each}" for each in faults(answer)})
    assert MARK in client.get("/fr/resources/feed.xml").text


@pytest.mark.parametrize(
    "page",
    [
        f"<p><{MARK}></p>",
        f"<a onclick='{MARK}()'>",
        f'<a href=" java\nscript:{MARK}()">',
        f"<p style='x:{MARK}'>",
        f"<script>var a = '{MARK}'</script>",
        f'<script type="application/json">"{MARK}"</script><{MARK}></script>',
        f"<style>{MARK}</style>",
        f"<p>{MARK}14",
        f"<meta http-equiv=refresh content='0;{MARK}'>",
        f"{MARK}\0",
    ],
)
def test_what_is_more_than_text_is_seen_in_a_page(page: str) -> None:
    """Else a walk that finds nothing would prove nothing."""
    assert of_html(page)


def test_what_is_more_than_text_is_seen_elsewhere() -> None:
    assert list(of_xml(f"<a><{MARK}/></a>"))
    assert list(of_xml(f"<a onload='{MARK}()'/>"))
    assert list(of_xml("<a>"))
    assert list(of_calendar(f"SUMMARY:a\r\nX-{MARK}:1\r\n"))
    assert list(of_json([{"htmlFragment": f"<{MARK}>"}]))
    assert not list(of_json({"html": "<p>", "title": f"<{MARK}>"}))
    assert list(of_csv(f'a,"=HYPERLINK({MARK})"\n'))
    kept = f'<p title="&lt;{MARK}&gt;">&lt;{MARK}&gt;<meta name=description content="{MARK}">'
    assert not of_html(kept)
