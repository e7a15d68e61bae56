"""What the public works with where each door is a process of its own: its own rights alone."""

import re
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests import temporary
from tests.doors import BALISE, as_owner, hidden, report_something, send

pytestmark = [pytest.mark.journey, pytest.mark.safety]

# What a worker does, in a process that holds the private keys.
NOTIFY = """
import django
django.setup()
from balise.foundation.actors import SYSTEM
from balise.takedown.notices.actions import mailing, sending
from balise.takedown.notices.queries.mails import answer_link, contest_link
from balise.takedown.notices.tests.makers import get, make_notice
notice_id = make_notice()
sending.send(notice_id=notice_id, at_once=True, by=SYSTEM)
contact_id = get(notice_id).contact_id
(mail,) = mailing.gather(contact_id=contact_id, line="hotline", by=SYSTEM)
mailing.hand_over(mailing_id=mail, by=SYSTEM)
mailing.note_taken(mailing_id=mail, by=SYSTEM)
print(notice_id, answer_link(mail, language="fr"), contest_link(notice_id, language="fr"))
"""

REFER = """
import django
django.setup()
from balise.foundation.clock import today
from balise.helpline.cases.actions import sending
from balise.helpline.cases.actions.sending import Telling
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.tests.makers import make_case, make_listener
listener = make_listener()
telling = Telling(receiver="phare", territory="lille", way=Way.LINK, ground="consent",
    consent_of="parent", consent_how="aloud", consent_on=today(), words="Il attend un appel.")
sent = sending.send(case_id=make_case(by=listener), telling=telling, by=listener)
print(sent.token)
"""

BLOCK = """
import django
django.setup()
from uuid import UUID
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.contacts import access
from balise.helpline.contacts.actions import blocking
from balise.helpline.contacts.rules.blocking import Length
from balise.helpline.contacts.tests.makers import make_contact
abilities = frozenset({access.WORK, access.BLOCK})
listener = Actor(ActorKind.STAFF, str(UUID(int=1)), abilities)
blocking.block(contact_id=make_contact(by=listener), contact_type="abusive", bearer="ab",
    length=Length.DAY, by=listener)
print("ab")
"""


WRAP = """
import django
django.setup()
from balise.helpline.console.actions import accepting, wrapping
from balise.helpline.console.tests.makers import make_asking, make_listener
from balise.helpline.queue import queries
from balise.helpline.queue.rules import WaitKind
listener, begun = make_listener(), make_asking()
one = accepting.accept(item_id=queries.open_item(WaitKind.CHAT, begun.id), by=listener)
wrapping.wrap_up(item_id=one.item, contact_id=one.contact, contact_type="information", by=listener)
print(begun.token)
"""


ASK = """
import django
django.setup()
from balise.foundation.accounts.tests.makers import make_actor
from balise.helpline.removals.tests.makers import prepare
print(prepare(make_actor("helpline_lead")).code)
"""


@pytest.fixture(scope="module")
def door(centre: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public door with its own rights alone, and give its address."""
    port = temporary.free_port()
    address = f"http://127.0.0.1:{port}"
    serving = temporary.server(
        [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
        answers=partial(temporary.listens, port),
        log=tmp_path_factory.mktemp("door") / "log",
        env=centre | {"BALISE_PUBLIC_ADDRESS": address},
    )
    with serving:
        yield address


@pytest.fixture
def browser(door: str) -> Iterator[httpx.Client]:
    """Give a browser of one person at the public door."""
    with httpx.Client(base_url=door, follow_redirects=True) as client:
        yield client


def test_the_public_door_works_with_its_own_rights_alone(browser: httpx.Client) -> None:
    assert browser.get("/staff/").status_code == 404
    assert browser.get("/api/v1/").status_code == 404
    where = {"step": "where", "go": "on"}
    page = browser.get("/fr/report/")
    page = send(browser, "/fr/report/", hidden(page) | where | {"addresses": "https://a.example/1"})
    page = send(browser, "/fr/report/", hidden(page) | where | {"addresses": "https://a.example/2"})
    browser.cookies.clear()
    receipt = report_something(browser)
    page = send(browser, "/fr/follow/", hidden(browser.get("/fr/follow/")) | {"code": receipt})
    words = {"text": "Un mot de plus."}
    page = send(browser, "/fr/follow/message/", hidden(page) | words)
    assert "Un mot de plus." in page.text
    consent = {"consent": "on", "contact": "à 18 h"}
    send(browser, "/fr/follow/helpline/", hidden(page) | consent)
    assert browser.get("/fr/follow/certificate.pdf").status_code in {200, 202}
    browser.cookies.clear()
    whole = {"step": "whole", "addresses": "https://images.example/b", "follow_up": "no"}
    page = send(browser, "/fr/report/", hidden(browser.get("/fr/report/")) | whole)
    assert "Merci" in page.text


def test_no_door_but_the_staffs_queues_a_job(centre: dict[str, str]) -> None:
    """Whoever broke into one could have the worker do anything it can: jobs follow from facts."""
    queued = (
        "INSERT INTO django_tasks_database_dbtaskresult (id, status, enqueued_at, args_kwargs,"
        " priority, task_path, worker_ids, queue_name, backend_name, run_after,"
        " exception_class_path, traceback) VALUES (gen_random_uuid(), 'READY', now(), '{}', 0,"
        " 'any.job', '[]', 'house', 'default', now(), '', '')"
    )
    for role in ("public", "api", "pbx"):
        address = centre["DATABASE_URL"].replace("balise-public", f"balise-{role}")
        with psycopg.connect(address) as database, pytest.raises(InsufficientPrivilege):
            database.execute(queued)


@pytest.mark.whole
def test_someone_writes_at_the_public_door_with_its_own_rights_alone(browser: httpx.Client) -> None:
    said = {"text": "On se moque de moi.", "email": "a@mailbox.example", "safety": "shared"}
    page = send(browser, "/fr/write/", hidden(browser.get("/fr/write/")) | said)
    assert "On se moque de moi." in page.text
    page = send(browser, "/fr/write/more/", hidden(page) | {"text": "Je vais me tuer."})
    assert "Je vais me tuer." in page.text
    page = send(browser, "/fr/write/leave/", hidden(page) | {"how": "erase"})
    assert "Tout est effacé" in page.text


@pytest.mark.whole
def test_a_blocked_browser_is_told_so_with_the_public_doors_own_rights_alone(
    centre: dict[str, str], browser: httpx.Client
) -> None:
    bearer = as_owner(centre, BLOCK).strip()
    told = "Tu ne peux pas utiliser le tchat"
    assert told not in browser.get("/fr/talk/").text
    for name in ("not-now", "__Host-not-now"):
        browser.cookies.set(name, bearer)
    assert told in browser.get("/fr/talk/").text


@pytest.mark.whole
def test_a_call_back_and_the_questions_with_the_public_doors_own_rights_alone(
    centre: dict[str, str], browser: httpx.Client
) -> None:
    token = as_owner(centre, WRAP).strip()
    page = browser.get("/fr/call-back/")
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', page.text)
    asked = {"number": "01 99 00 00 01", "script": "friend", "day": days[-1]}
    asked |= {"since": "17:00", "until": "19:00", "words": ""}
    assert "C’est noté" in send(browser, "/fr/call-back/", hidden(page) | asked).text
    for name in ("talk", "__Host-talk"):
        browser.cookies.set(name, token)
    (path,) = re.findall(r'href="(/fr/after/[^"]+/)"', browser.get("/fr/talk/room/").text)
    page = send(browser, path, hidden(browser.get(path)) | {"helpful": "yes"})
    assert "Merci" in page.text
    assert browser.get(path).status_code == 410


@pytest.mark.whole
def test_a_host_answers_at_the_public_door_with_its_own_rights_alone(
    centre: dict[str, str], browser: httpx.Client
) -> None:
    notice_id, *links = as_owner(centre, NOTIFY).split()
    answer, contest = (f"/{link.split('/', 3)[3]}" for link in links)
    said = {"notices": notice_id, "said": "refused", "text": "Nous n'y voyons rien d'illicite."}
    page = send(browser, answer, hidden(browser.get(answer)) | said)
    assert "Nous ne le retirons pas" in page.text
    grounds = {"contester": "author", "grounds": "C'est une œuvre exposée dans un musée."}
    page = send(browser, contest, hidden(browser.get(contest)) | grounds)
    assert "Merci" in page.text


@pytest.mark.whole
def test_a_receiver_answers_at_the_public_door_with_its_own_rights_alone(
    centre: dict[str, str], browser: httpx.Client
) -> None:
    link = f"/fr/partner/{as_owner(centre, REFER).strip()}/"
    page = send(browser, link, hidden(browser.get(link)) | {"act": "open"})
    assert "Il attend un appel." in page.text
    for act, then in (("accept", "Acceptée"), ("done", "Terminée")):
        answer = {"act": act, "name": "La référente", "words": "Bien reçu."}
        page = send(browser, link, hidden(browser.get(link)) | answer)
        assert then in page.text


@pytest.mark.whole
def test_a_child_follows_a_removal_with_the_public_doors_rights_alone(
    centre: dict[str, str], browser: httpx.Client
) -> None:
    code = as_owner(centre, ASK).strip()
    page = send(browser, "/fr/removal/", hidden(browser.get("/fr/removal/")) | {"code": code})
    assert "On s’en occupe" in page.text
    unknown = {"code": "0000-0000-0000-0000-0000-0000-0000"}
    page = browser.post(
        "/fr/removal/",
        data=hidden(browser.get("/fr/removal/")) | unknown,
        headers={"Referer": str(browser.base_url)},
    )
    assert page.status_code == 422  # looked for among conversations too


# A young person who has asked, and the session of the listener who has them.
TALKS = """
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account
from balise.foundation.encryption.worded import shown
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.tests.streaming import cookies_of
account = make_account("listener")
begun = saying.begin(nickname="Renard", language="fr")
passing.join(conversation_id=begun.id, by=actor_of(account))
print("MADE", shown(begun.token), begun.id, cookies_of(account))
"""


def test_a_child_and_a_listener_talk_through_two_doors(
    centre: dict[str, str], door: str, browser: httpx.Client, tmp_path: Path
) -> None:
    port = temporary.free_port()
    staff = centre | {
        "BALISE_DOORS": "staff",
        "BALISE_HOME": str(tmp_path / "staff"),
        "BALISE_KEYS": f"{centre['OWNER_HOME']}/keys",
        "BALISE_SECRET_KEY": "a secret of the staff door alone, of sixty characters and more, too",
        "DATABASE_URL": centre["DATABASE_URL"].replace("balise-public", "balise-staff"),
        "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
    }
    (tmp_path / "staff").mkdir()
    command = [BALISE, "shell", "-v0", "-c", TALKS]
    made = subprocess.run(command, env=staff, check=True, capture_output=True, text=True)  # noqa: S603
    code, conversation, session = made.stdout.split("MADE ")[1].split()
    serving = temporary.server(
        [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
        answers=partial(temporary.listens, port),
        log=tmp_path / "staff.log",
        env=staff,
    )
    with serving:
        resume = hidden(browser.get("/fr/talk/resume/")) | {"code": code}
        page = send(browser, "/fr/talk/resume/", resume)
        page = send(browser, "/fr/talk/say/", hidden(page) | {"text": "Tu es là ?"})
        assert "Tu es là ?" in browser.get("/stream/talk/", params={"after": 0, "poll": 1}).text
        asked = {"after": "0", "poll": "1", "conversation": conversation}
        mine = {"Cookie": session}
        stream = f"http://127.0.0.1:{port}/staff/helpline/stream/"
        assert "Tu es là ?" in httpx.get(stream, params=asked, headers=mine).text
        assert httpx.get(stream, params=asked).status_code == 401
        for path in ("/staff/helpline/stream/", "/stream/talk/"):
            assert httpx.get(f"{door}{path}", params=asked, headers=mine).status_code == 404
        assert send(browser, "/fr/talk/seen/", hidden(page)).json()["state"] == "open"
        send(browser, "/fr/talk/not-safe/", hidden(page))
        page = send(
            browser, "/fr/talk/end/", hidden(browser.get("/fr/talk/end/")) | {"how": "erase"}
        )
        assert "Tu es là ?" not in page.text
