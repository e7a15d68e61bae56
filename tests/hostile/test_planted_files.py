"""The name of a file, and each cell of its rows, stay text on every page that shows them.

A hostile file comes in by each door that takes one; what is answered is read, each form there is
sent, and each page that it leads to is read.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.management import call_command
from django.test import Client, RequestFactory

from balise.awareness.activities.charter.rules import files as charters
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.stories.tests.makers import ABOUT, FILES, GOOD, make_story
from balise.awareness.places.structures.tests.test_exchange import GOOD as PLACE, file_with
from balise.awareness.surveys.models import Survey
from balise.awareness.surveys.tests.makers import make_survey, text_of
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.files.tests.makers import a_picture
from balise.helpline.cases.tests.makers import make_case
from balise.hotline.desk.tests.makers import WHOLE, make_csv
from balise.hotline.reports.models import Content
from balise.steering.press.tests.makers import make_item
from balise.steering.readings.models import Thing
from balise.steering.readings.tests.makers import make_followed
from tests.hostile.planting import ALL_IN_ONE, PAYLOADS, SHORT, forms
from tests.hostile.reading import MARK, faults, of_csv, shown
from tests.walks import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]

MOST: Final = 25  # pages that are read of what one file led to


class Sent(io.BytesIO):
    """A file of any name, quoted as a header needs it; a line's end is none of a name."""

    def __init__(self, name: str, octets: bytes, *, ends: str = "") -> None:
        super().__init__(octets)
        one_line = re.sub(r"[\r\n]", " ", name + ends)
        self.name = re.sub(r'(["\\])', r"\\\1", one_line)


type At = Callable[[Actor], str]
type Files = Callable[[str], list[Any]]


class Door(NamedTuple):
    """Where a file comes in: by whom, at which address, and which files with which fields."""

    role: str
    begins: str  # the pages that may show it
    at: At
    field: str
    files: Files
    more: Mapping[str, str]


def table(
    head: list[str], whole: Mapping[str, str], payload: str, *, separator: str = ";"
) -> bytes:
    """Return rows of which each has hostile text in one cell more, and its first has none."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=separator, lineterminator="\r\n")
    rows.writerow(head)
    for name in ("", *whole):
        rows.writerow(
            [f"{value} {payload}" if each == name else value for each, value in whole.items()]
        )
    return written.getvalue().encode()


def fixed(path: str) -> Callable[[Actor], str]:
    return lambda _by: path


def desk(payload: str) -> list[Any]:
    lines = [{**WHOLE, name: f"{value} {payload}"} for name, value in WHOLE.items()]
    return [
        Sent(payload, make_csv(WHOLE, *lines), ends=".csv"),
        Sent(payload, payload.encode(), ends=".xlsx"),
    ]


def structures(payload: str) -> list[Any]:
    rows = [{name: f"{value} {payload}"} for name, value in PLACE.items()]
    text = file_with({}, *rows)
    return [
        Sent(payload, text.encode(), ends=".csv"),
        Sent(payload, f"{payload},nom\na,b\n".encode()),
    ]


def press(payload: str) -> list[Any]:
    whole = {
        "jour": "12/03/2026",
        "media": "Le Quotidien",
        "titre": "Un titre",
        "theme": "Jeux",
        "resume": "Ce que dit le titre.",
        "url": "https://quotidien.example/a",
        "odv": "12000",
        "ton": "neutre",
    }
    other = table([payload, *list(whole)[1:]], whole, payload)
    feed = (
        f"<rss version='2.0'><channel><item><title><![CDATA[{payload.replace(']]>', '')}]]></title>"
    )
    feed += (
        "<link>https://quotidien.example/b</link><pubDate>Thu, 12 Mar 2026 10:00:00 GMT</pubDate>"
    )
    feed += "</item></channel></rss>"
    made = [table(list(whole), whole, payload), other, feed.encode()]
    return [
        Sent(payload, octets, ends=end)
        for octets, end in zip(made, (".csv", ".csv", ".xml"), strict=True)
    ]


def readings(payload: str) -> list[Any]:
    whole = {"date": "2026-03-01", "visitors": "20", "pageviews": "90"}
    heads = (list(whole), ["date", payload, "pageviews"])
    return [
        Sent(payload, table(head, whole, payload, separator=","), ends=".csv") for head in heads
    ]


def quoted(payload: str) -> str:
    """Return a text as TOML and JSON write it."""
    return json.dumps(payload, ensure_ascii=True)[1:-1]


def planted_in(text: str, payload: str) -> str:
    """Return a file whose strings of more than a word end with hostile text."""
    return re.sub(r'"([^"\n]* [^"\n]*)"', lambda found: f'"{found[1]} {quoted(payload)}"', text)


def quizzes(payload: str) -> list[Any]:
    client = Client()
    sign_in(client, make_account("editor"))
    told = client.get("/staff/awareness/quizzes/example.toml").text
    codes = re.sub(r'code = "([^"]*)"', lambda found: f'code = "{found[1]}{quoted(payload)}"', told)
    faulty = f'quizzes = "{quoted(payload)}"'
    return [
        Sent(payload, one.encode(), ends=".toml")
        for one in (planted_in(told, payload), codes, faulty)
    ]


def converted(payload: str) -> list[Any]:
    text = re.sub(r"([~=#{}:\\])", r"\\\1", payload.replace("\n", " ").replace("\r", " "))
    gift = f"::{text}:: Two and {text}? {{ =four {text} ~five {text} }}\n"
    return [Sent(payload, gift.encode(), ends=".gift"), Sent(payload, f"<x>{payload}</x>".encode())]


def stories(payload: str) -> list[Any]:
    line = payload.replace("\n", " ").replace("\r", " ")
    twee = f":: Start\nHello {line}.\n[[Later]]\n:: Later {line}\nLate {line}.\n"
    made = {
        "main.ink": GOOD.replace("Il est tard.", f"Il est tard. {line}"),
        "story.toml": planted_in(ABOUT, payload),
        "en.toml": planted_in(FILES["en.toml"], payload),
    }
    whole = [Sent(name, text.encode()) for name, text in made.items()]
    return [whole, Sent(payload, twee.encode(), ends=".twee"), Sent(payload, b"x", ends=".ink")]


def wordings(payload: str) -> list[Any]:
    asked = {"code": "say", "kind": "text", "optional": True}
    right = text_of({**asked, "asks": {"fr": payload, "en": payload}})
    made = (right, text_of({**asked, "kind": payload}), json.dumps({payload: payload}), payload)
    return [Sent(payload, one.encode(), ends=".json") for one in made]


def papers(payload: str) -> list[Any]:
    return [Sent(payload, a_picture(), ends=".png"), Sent(payload, payload.encode(), ends=".pdf")]


def opened(payload: str) -> list[Any]:
    right = json.loads(charters.write(Charter()))
    made = ({**right, payload: payload}, {**right, **dict.fromkeys(right, payload)}, payload)
    return [Sent(payload, json.dumps(one).encode(), ends=".json") for one in made]


def badges(payload: str) -> list[Any]:
    said = {"@context": [payload], "type": payload, payload: payload, "name": payload}
    picture = f"<svg xmlns='http://www.w3.org/2000/svg'><!--{payload}--></svg>"
    return [Sent(payload, json.dumps(said).encode()), Sent(payload, picture.encode(), ends=".svg")]


def a_survey(_by: Actor) -> str:
    make_survey(opened=False)
    return f"/staff/awareness/surveys/{Survey.objects.get().id}/questionnaire/"


def a_story(_by: Actor) -> str:
    return f"/staff/awareness/stories/{make_story()}/"


def an_item(_by: Actor) -> str:
    return f"/staff/steering/press/{make_item()}/change/"


def a_case(by: Actor) -> str:
    return f"/staff/helpline/cases/{make_case(by=by)}/add/documents/"


def a_site(_by: Actor) -> str:
    make_followed("site", Thing.SITE)
    return "/staff/steering/readings/import/"


def door(role: str, path: str, field: str, files: Files, at: At | None = None, **more: str) -> Door:
    return Door(
        role, path.partition(" ")[0], at or fixed(path.replace(" ", "")), field, files, more
    )


HOTLINE, AWARENESS, STEERING = ("/staff/hotline/", "/staff/awareness/", "/staff/steering/")
PRINTED: Final = {
    "day": "2026-03-12",
    "outlet": "La Gazette",
    "title": "Un titre",
    "medium": "print",
}
DOORS: Final = {
    "desk": door("partner_member", f"{HOTLINE}desk/ batches/new/", "file", desk),
    "structures": door("coordinator", f"{AWARENESS}structures/ files/", "file", structures),
    "quizzes": door("editor", f"{AWARENESS}quizzes/ import/", "file", quizzes),
    "other quizzes": door(
        "editor", f"{AWARENESS}quizzes/ convert/", "other", converted, language="en"
    ),
    "stories": door("editor", f"{AWARENESS}stories/ add/", "sent", stories, slug="yard"),
    "stories, again": door("editor", f"{AWARENESS}stories/", "sent", stories, a_story),
    "surveys": door("awareness_lead", f"{AWARENESS}surveys/", "file", wordings, a_survey),
    "press": door("steering_office", f"{STEERING}press/ import/", "file", press),
    "press items": door("steering_office", f"{STEERING}press/ add/", "evidence", papers, **PRINTED),
    "press items, again": door(
        "steering_office", f"{STEERING}press/", "evidence", papers, an_item, **PRINTED
    ),
    "readings": door("steering_office", f"{STEERING}readings/ import/", "file", readings, a_site),
    "cases": door(
        "listener", "/staff/helpline/cases/", "file", papers, a_case, shows="Une capture"
    ),
    "charters": door("", "/en/charter/ open/", "file", opened),
    "badges": door("", "/en/badges/ verify/", "file", badges),
}
SILENT: Final = {"badges"}  # a badge is found among ours, or nothing of the file is said


class Reading:
    """Reads what files led to, and keeps what was more than text there."""

    def __init__(self, client: Client, door: Door, payload: str) -> None:
        self.client, self.door, self.payload = client, door, payload
        self.found: set[str] = set()
        self.showed = 0

    def send(self, path: str, file: Any) -> None:
        """Send a file, read what is answered and each page of the door that may show it."""
        answer = self._look(path, self.client.post(path, {**self.door.more, self.door.field: file}))
        at = path
        for _each in range(3):
            if answer.status_code not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}:
                break
            at = urljoin(at, answer.headers["Location"])
            answer = self._look(at, self.client.get(at))
        for to, fields in forms(_page(answer), at=at, payload=self.payload):
            with rolled_back():
                done = self._look(to, self.client.post(to, fields))
                if done.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}:
                    self._crawl(urljoin(to, done.headers["Location"]))
        self._crawl(at)
        self._crawl(self.door.begins)

    def _crawl(self, start: str) -> None:
        known, asked = {start}, [start]
        while asked and len(known) < MOST:
            at = asked.pop(0)
            page = _page(self._look(at, self.client.get(at)))
            for link in re.findall(r'href="([^"#?]+)', page):
                to = urljoin(at, link)
                if to.startswith(self.door.begins) and to not in known:
                    known.add(to)
                    asked.append(to)

    def _look(self, where: str, answer: Any) -> Any:
        self.showed += shown(answer)
        self.found.update(f"{where}: {each}" for each in faults(answer))
        if answer.streaming:
            b"".join(answer)
        return answer


def _page(answer: Any) -> str:
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return str(answer.text) if is_page and not answer.streaming else ""


def read(name: str, *payloads: str) -> None:
    """Send the files of a door with each hostile text, and see that it stays text."""
    door, showed = DOORS[name], 0
    found: set[str] = set()
    for payload in payloads:
        for nth in range(len(door.files(payload))):
            with rolled_back():
                client = Client()
                by = make_account(door.role) if door.role else None
                if by:
                    sign_in(client, by)
                reading = Reading(client, door, payload)
                reading.send(door.at(actor_of(by) if by else ANYONE), door.files(payload)[nth])
                found |= reading.found
                showed += reading.showed
    assert not found, "\n".join(sorted(found)[:60])
    assert bool(showed) is (name not in SILENT), showed


@pytest.mark.safety
@pytest.mark.parametrize("name", DOORS)
def test_a_file_and_its_name_stay_text_where_they_are_shown(name: str) -> None:
    read(name, ALL_IN_ONE, SHORT)


@pytest.mark.whole
@pytest.mark.parametrize("name", DOORS)
def test_each_hostile_text_of_a_file_stays_text(name: str) -> None:
    read(name, *PAYLOADS)


@pytest.mark.safety
@pytest.mark.parametrize("payload", [ALL_IN_ONE, PAYLOADS[4], PAYLOADS[10]])
def test_rows_that_the_hotline_imports_stay_text_for_analysts(payload: str, tmp_path: Path) -> None:
    whole = {
        "address": "https://pictures.example/a",
        "category": "hate",
        "description": "Ce que l’on voit là.",
        "reference": "R-1",
    }
    file, kept = tmp_path / f"{MARK}.csv", tmp_path / "refused.csv"
    file.write_bytes(table(list(whole), whole, payload))
    with pytest.raises(SystemExit):  # some lines are refused
        call_command(
            "import_reports", str(file), "--json", "--errors", str(kept), stdout=io.StringIO()
        )
    assert not list(of_csv(kept.read_text("utf-8")))
    client = Client()
    sign_in(client, make_account("analyst"))
    reading = Reading(client, door("analyst", HOTLINE, "", lambda _payload: []), payload)
    for content in Content.objects.all():
        page = f"{HOTLINE}contents/{content.id}/"
        reading._look("claim", client.post(f"{page}claim/"))
        reading._look("open", client.post(f"{page}open/"))
        reading._crawl(page)
    assert not reading.found
    assert reading.showed


def test_a_file_s_name_reaches_a_door_as_it_was_written() -> None:
    """Else its walk would prove nothing."""
    request = RequestFactory().post("/", {"file": Sent(SHORT, b"x", ends=".csv")})
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    assert request.FILES["file"].name == f"{SHORT}.csv"
