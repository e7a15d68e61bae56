"""The centre as `docs/operations/install.md` builds it: a process for each door, on PostgreSQL."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from balise.foundation.clock import now
from balise.helpline.telephony.doubles.asterisk import Asterisk, an_asterisk
from balise.helpline.telephony.rules.signing import SIGNATURE, signature
from tests import postgres, temporary
from tests.architecture.reading import ROOT

pytestmark = pytest.mark.journey

BALISE = Path(sys.executable).with_name("balise")
ROLES = ("public", "staff", "api", "worker", "pbx")
SECRET = "only-the-exchange-and-we"
SCOPES = ("hotline.reports.submit", "hotline.reports.follow-own")


@pytest.fixture(scope="module")
def centre() -> Iterator[dict[str, str]]:
    """Set a centre up as its owner, and give what its public door is started with."""
    with postgres.postgres() as address, temporary.folder() as folder:
        host = address.partition("@")[2].rpartition("/")[0]
        common = {name: value for name, value in os.environ.items() if not _is_ours(name)}
        common |= {"BALISE_STATIC": f"{folder}/static", "BALISE_STORAGE": f"{folder}/files"}
        owner = common | {"BALISE_HOME": f"{folder}/owner", "DATABASE_URL": address}
        subprocess.run([BALISE, "setup"], env=owner, check=True, capture_output=True)  # noqa: S603
        roles = [f'CREATE ROLE "balise-{role}" LOGIN;' for role in ROLES]
        psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", address, "-f"]
        (folder / "roles.sql").write_text("\n".join(roles))
        for script in (folder / "roles.sql", ROOT / "deploy" / "roles.sql"):
            subprocess.run([*psql, script], check=True, capture_output=True)  # noqa: S603
        keys = folder / "keys"
        keys.mkdir(mode=0o700)
        ring = folder / "owner" / "keys"
        for file in (*ring.glob("*.public.json"), ring / "index.json"):
            shutil.copy(file, keys)
        for door in ("public", "api", "pbx"):
            (folder / door).mkdir()
        token = subprocess.run(  # noqa: S603 - our own command
            [BALISE, "tokens", "new", "--partner", "Partner", "--scopes", *SCOPES],
            env=owner,
            check=True,
            capture_output=True,
            text=True,
        )
        yield common | {
            "BALISE_DOORS": "public",
            "BALISE_HOME": f"{folder}/public",
            "BALISE_KEYS": str(keys),
            "BALISE_SECRET_KEY": "a secret of the public door alone, sixty characters and more",
            "DATABASE_URL": f"postgres://balise-public@{host}/balise",
            "TOKEN": token.stdout.strip(),
            "OWNER_HOME": owner["BALISE_HOME"],
            "OWNER_DATABASE": address,
        }


# What a worker does, in a process that holds the private keys.
NOTIFY = """
import django
django.setup()
from balise.foundation.actors import SYSTEM
from balise.takedown.notices.actions import mailing, sending
from balise.takedown.notices.queries.links import answer_link, contest_link
from balise.takedown.notices.tests.makers import get, make_notice
notice_id = make_notice()
sending.send(notice_id=notice_id, at_once=True, by=SYSTEM)
contact_id = get(notice_id).contact_id
(mail,) = mailing.gather(contact_id=contact_id, line="hotline", by=SYSTEM)
mailing.hand_over(mailing_id=mail, by=SYSTEM)
mailing.note_taken(mailing_id=mail, by=SYSTEM)
print(notice_id, answer_link(mail, language="fr"), contest_link(notice_id, language="fr"))
"""


def _is_ours(name: str) -> bool:
    return name.startswith(("BALISE_", "DATABASE_URL", "DJANGO_", "VALKEY_URL"))


def test_the_public_door_works_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    port = temporary.free_port()
    env = centre | {"BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as browser,
    ):
        assert browser.get("/staff/").status_code == 404
        assert browser.get("/api/v1/").status_code == 404
        receipt = report_something(browser)
        page = send(browser, "/fr/follow/", hidden(browser.get("/fr/follow/")) | {"code": receipt})
        words = {"text": "Un mot de plus."}
        page = send(browser, "/fr/follow/message/", hidden(page) | words)
        assert "Un mot de plus." in page.text
        consent = {"consent": "on", "contact": "à 18 h"}
        send(browser, "/fr/follow/helpline/", hidden(page) | consent)
        assert browser.get("/fr/follow/certificate.pdf").status_code in {200, 202}


def test_someone_writes_at_the_public_door_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    port = temporary.free_port()
    env = centre | {"BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as browser,
    ):
        said = {"text": "On se moque de moi.", "email": "a@mailbox.example", "safety": "shared"}
        page = send(browser, "/fr/write/", hidden(browser.get("/fr/write/")) | said)
        assert "On se moque de moi." in page.text
        page = send(browser, "/fr/write/more/", hidden(page) | {"text": "Je vais me tuer."})
        assert "Je vais me tuer." in page.text
        page = send(browser, "/fr/write/leave/", hidden(page) | {"how": "erase"})
        assert "Tout est effacé" in page.text


def test_a_host_answers_at_the_public_door_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    owner = {name: value for name, value in centre.items() if not _is_ours(name)} | {
        "BALISE_HOME": centre["OWNER_HOME"],
        "DATABASE_URL": centre["OWNER_DATABASE"],
        "DJANGO_SETTINGS_MODULE": "balise.config.settings",
    }
    made = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", NOTIFY], env=owner, check=True, capture_output=True, text=True
    )
    notice_id, *links = made.stdout.split()
    answer, contest = (f"/{link.split('/', 3)[3]}" for link in links)
    port = temporary.free_port()
    env = centre | {"BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as browser,
    ):
        said = {"notices": notice_id, "said": "refused", "text": "Nous n'y voyons rien d'illicite."}
        page = send(browser, answer, hidden(browser.get(answer)) | said)
        assert "Nous ne le retirons pas" in page.text
        grounds = {"contester": "author", "grounds": "C'est une œuvre exposée dans un musée."}
        page = send(browser, contest, hidden(browser.get(contest)) | grounds)
        assert "Merci" in page.text


def test_the_partners_door_works_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    port = temporary.free_port()
    env = {name: value.replace("public", "api") for name, value in centre.items()}
    env |= {"BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {centre['TOKEN']}"},
        ) as partner,
    ):
        reports = "/api/v1/hotline/reports"
        body = {"addresses": ["https://images.example/a", "https://images.example/b"]}
        sent = [
            partner.post(reports, json=body, headers={"Idempotency-Key": "key-0001"})
            for _ in range(2)
        ]
        assert [one.status_code for one in sent] == [201, 200], sent[0].text
        assert partner.get(reports).json()["reports"][0]["id"] == sent[0].json()["id"]
        assert partner.get(f"{reports}/{sent[0].json()['id']}").status_code == 200
        assert partner.get("/api/v1/").status_code == 200
        assert partner.get("/fr/").status_code == 404
        refusal = partner.post(reports, content=b" " * 1_048_577)
        assert refusal.status_code == 413
        assert refusal.headers["Content-Type"] == "application/problem+json"


def signed_post(api: httpx.Client, path: str, source: str, said: dict[str, str]) -> int:
    body = json.dumps(said).encode()
    headers = {"Balise-Source": source, SIGNATURE: signature(SECRET, body=body, at=now())}
    return api.post(path, content=body, headers=headers).status_code


def test_an_exchange_and_a_gateway_tell_at_the_partners_door_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    port = temporary.free_port()
    env = {name: value.replace("public", "api") for name, value in centre.items()}
    env |= {
        "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        "BALISE_TELEPHONY_SECRETS": f"pbx={SECRET}",
        "BALISE_MESSAGING_SECRETS": f"gateway={SECRET}",
    }
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as api,
    ):
        for number, event in enumerate(("ringing", "queued", "answered", "ended")):
            said = {"id": f"e{number}", "call": "c", "event": event, "number": "0199000001"}
            said["at"] = now().isoformat()
            assert signed_post(api, "/api/v1/telephony/events/", "pbx", said) == 201
        wrote = {"id": "1", "from": "a", "text": "Bonjour"}
        messages = "/api/v1/messaging/messages/"
        assert signed_post(api, messages, "gateway", wrote) == 201
        assert signed_post(api, messages, "gateway", wrote | {"id": "2"}) == 201


def test_the_exchange_process_works_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    env = {name: value.replace("public", "pbx") for name, value in centre.items()}
    with an_asterisk(Asterisk()) as pbx:
        env |= {"BALISE_AMI": f"{pbx.url}?source=asterisk", "BALISE_DOORS": "api"}
        log = tmp_path / "log"
        with temporary.server(
            [BALISE, "pbx"],
            answers=lambda: "CoreShowChannels" in pbx.actions,
            log=log,
            env=env,
        ):
            call, events = pbx.house.join("1.1")
            assert pbx.tell(events)
            assert pbx.tell(pbx.house.answer(call))
            assert pbx.tell(pbx.house.end(call))
            pbx.cut()
            wait_for(lambda: pbx.actions.count("CoreShowChannels") > 1)
        said = log.read_text()
    assert "Error" not in said, said
    rows = subprocess.run(  # noqa: S603 - our own database
        ["psql", "-tA", centre["OWNER_DATABASE"], "-c", CALLS],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    assert rows.stdout.split() == ["ended|t|caller"]


CALLS = (
    "SELECT state, answered_at IS NOT NULL, ended_by FROM helpline_telephony_call "
    "WHERE source = 'asterisk'"
)


def wait_for(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def report_something(browser: httpx.Client) -> str:
    """Go through the form as a browser without JavaScript does, and return the receipt."""
    page = browser.get("/fr/report/")
    for answers in (
        {"addresses": "https://images.example/a", "go": "on"},
        {"category": "unknown", "go": "on"},
        {"age_band": "adult", "follow_up": "yes", "go": "send"},
    ):
        page = send(browser, "/fr/report/", hidden(page) | answers)
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){6}", page.text)
    assert found, page.text
    return found[0]


def send(browser: httpx.Client, path: str, fields: dict[str, str]) -> httpx.Response:
    page = browser.post(path, data=fields, headers={"Referer": str(browser.base_url)})
    assert page.status_code == 200, page.text
    return page


def hidden(page: httpx.Response) -> dict[str, str]:
    """Return what a form's hidden fields bring back."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return dict(fields)
