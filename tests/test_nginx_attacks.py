"""The attacks of `docs/security/first.md`, on a centre as it is installed.

By https through nginx, which tells addresses on; a process for each door, on PostgreSQL, with its
own rights alone. Strangers come from networks of their own: 127.0.N.0/24.
"""

import http.client
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_hex

import httpx
import pytest

from tests import temporary
from tests.doors import BALISE, as_owner, hidden
from tests.hostile.crowding import AUTH, FORM, HELD, MIB
from tests.hostile.planting import ALL_IN_ONE
from tests.hostile.reading import of_html
from tests.test_nginx import CENTRE, proxied

pytestmark = [pytest.mark.extra, pytest.mark.safety]

MOST = 3  # MiB that a network may send for its backups in a day
WITHIN = 10.0  # seconds for a whole report, beside what is held
SIGNED_IN = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from balise.foundation.accounts.tests.makers import make_account, sign_in
browser = Client()
sign_in(browser, make_account("listener"))
print("MADE", settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value)
"""


@dataclass(frozen=True)
class Installed:
    """Where nginx answers, and the session of a listener."""

    port: int
    tls: ssl.SSLContext
    session: str

    def someone(self, network: int, **headers: str) -> httpx.Client:
        """Return a browser in a network of its own."""
        transport = httpx.HTTPTransport(verify=self.tls, local_address=f"127.0.{network}.7")
        told = {"Host": CENTRE, "Referer": f"https://{CENTRE}/", **headers}
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.port}", headers=told, transport=transport, timeout=60
        )

    def raw(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> int:
        """Ask for a path as it is written; return the status."""
        asked = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.tls, timeout=60)
        try:
            asked.request(method, path, body, {"Host": CENTRE, **headers})
            return asked.getresponse().status
        finally:
            asked.close()


@pytest.fixture(scope="module")
def installed(
    centre: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    """Serve the public door and that of staff behind nginx; whoever asks for the app finds none."""
    folder = tmp_path_factory.mktemp("installed")
    ports = {name: temporary.free_port() for name in ("public", "staff", "app", "nginx", "plain")}
    common = centre | {"BALISE_PUBLIC_ADDRESS": f"https://{CENTRE}", "BALISE_HOSTS": CENTRE}
    staff = common | {
        "BALISE_DOORS": "staff",
        "BALISE_HOME": f"{folder}/staff",
        "BALISE_KEYS": f"{centre['OWNER_HOME']}/keys",
        "BALISE_SECRET_KEY": "a secret of the staff door alone, of sixty characters and more, too",
        "DATABASE_URL": centre["DATABASE_URL"].replace("balise-public", "balise-staff"),
    }
    public = common | {"BALISE_BUDGETS_NEARBY": f"helpline.vault.backups={MOST}"}
    (folder / "staff").mkdir()
    command = (BALISE, "shell", "-v0", "-c", SIGNED_IN)
    made = subprocess.run(command, env=staff, check=True, capture_output=True, text=True)  # noqa: S603
    name, value = made.stdout.split("MADE ")[1].split()
    with ExitStack() as running:
        for door, env in (("public", public), ("staff", staff)):
            running.enter_context(
                temporary.server(
                    (BALISE, "serve", "--address", f"127.0.0.1:{ports[door]}"),
                    answers=partial(temporary.listens, ports[door]),
                    log=folder / f"{door}.log",
                    env=env,
                )
            )
        running.enter_context(proxied(folder, ports, centre["BALISE_STATIC"]))
        known = ssl.create_default_context(cafile=f"{folder}/fullchain.pem")
        yield Installed(ports["nginx"], known, f"{name}={value}")


def put(browser: httpx.Client, **headers: str) -> int:
    """Send a piece of a backup of 1 MiB; return the status."""
    told = {"Authorization": f"Bearer {AUTH}", "Content-Type": "application/octet-stream"}
    path = f"/app/vault/backup/{token_hex(32)}/0?of=1"
    return browser.put(path, content=bytes(MIB), headers=told | headers).status_code


def report(browser: httpx.Client) -> None:
    """Send a whole report, and see that it is received."""
    form = hidden(browser.get("/fr/report/"))
    told = {"step": "whole", "go": "send", "category": "hate", "age_band": "adult"}
    told |= {"follow_up": "no", "addresses": f"https://{token_hex(8)}.example/page"}
    page = browser.post("/fr/report/", data=form | told, follow_redirects=True)
    assert page.status_code == 200, page.text
    assert "Merci" in page.text


def test_a_network_spends_its_own_budget_whatever_address_it_tells(
    installed: Installed, centre: dict[str, str]
) -> None:
    with installed.someone(11) as first, installed.someone(12) as other:
        answers = [
            put(first, **{"X-Forwarded-For": f"198.51.{nth}.7", "Forwarded": f"for=198.51.{nth}.7"})
            for nth in range(MOST + 3)
        ]
        assert answers == sorted(answers)
        assert 0 < answers.count(200) <= MOST
        assert answers[-1] == 429
        assert put(other) == 200
        report(first)
    told = as_owner(centre, BUDGETS)
    backups = next(
        one for one in json.loads(told)["budgets"] if one["name"] == "helpline.vault.backups"
    )
    assert 0 < backups["used"] <= (MOST + 1) * MIB


BUDGETS = """
import django
django.setup()
from django.core.management import call_command
call_command("budgets", as_json=True)
"""


def test_wrong_codes_are_counted_together_whatever_address_is_told(installed: Installed) -> None:
    fields = {"code": "0000-0000-0000-0000-0000-0000-0000"}
    with installed.someone(21) as first, installed.someone(22) as other:
        form = hidden(first.get("/fr/follow/")) | fields
        for nth in range(60):
            told = {"X-Forwarded-For": f"198.51.{nth}.7", "X-Real-IP": f"198.51.{nth}.7"}
            answer = first.post("/fr/follow/", data=form, headers=told)
            if answer.status_code == 429:
                break
            assert answer.status_code == 422
        assert answer.status_code == 429
        assert answer.headers["Content-Type"].startswith("text/html")
        form = hidden(other.get("/fr/follow/")) | fields
        assert other.post("/fr/follow/", data=form).status_code == 422


def test_a_form_needs_its_token_and_its_own_origin(installed: Installed) -> None:
    with installed.someone(31) as browser:
        assert browser.post("/fr/follow/", data={"code": "AAAA"}).status_code == 403
        form = hidden(browser.get("/fr/follow/")) | {"code": "AAAA"}
        told = {"Origin": "https://other.example", "Referer": "https://other.example/"}
        assert browser.post("/fr/follow/", data=form, headers=told).status_code == 403
        assert browser.post("/fr/follow/", data=form).status_code == 422


def test_what_is_planted_stays_text_and_the_policy_comes_through(installed: Installed) -> None:
    with installed.someone(32) as browser:
        form = hidden(browser.get("/fr/report/"))
        page = browser.post("/fr/report/", data=form | {"addresses": ALL_IN_ONE, "go": "on"})
        assert "q7x" in page.text
        assert not of_html(page.text)
        policy = page.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert page.headers["Strict-Transport-Security"]


def test_the_stream_of_a_chat_is_shut_without_a_session(installed: Installed) -> None:
    path = f"/staff/helpline/stream/?conversation={'0' * 8}-0000-4000-8000-{'0' * 12}&poll=1"
    assert installed.raw(path) == 401
    assert installed.raw(path, Cookie=installed.session) == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../secret", "/static../secret", "/static/..%2fsecret", "/static/%2e%2e/secret"),
        *("/static/%2e%2e%2fowner/keys/index.json", "/static../owner/keys/index.json"),
        *("/outage.html", "/media/documents/a/a.pdf", "/api/v1/", "/fr/..%2fstaff%2f"),
        *("/staff%2f", "/%2e%2e/staff/people/", "//staff/people/", "/staff/..%2f..%2ffr/"),
        *("/fr/../staff/people/", "/static/..%5c..%5csecret", "/static//etc/passwd"),
    ],
)
def test_a_path_leads_nowhere_else(installed: Installed, centre: dict[str, str], path: str) -> None:
    folder = Path(centre["BALISE_STATIC"])
    (folder.parent / "secret").write_text("what lies beside the files of everyone")
    assert installed.raw(path) in {302, 400, 401, 404, 502, 503}


def test_a_body_that_is_too_long_is_refused_before_it_has_come(installed: Installed) -> None:
    body = bytes(3 * MIB)
    told = {"Content-Type": FORM}
    assert installed.raw("/fr/report/", "POST", body, **told) == 413
    # Whoever is not signed in sends no more to the door of staff than one sends to the public.
    with ExitStack() as stack:
        held = begun(installed, stack, 41, "POST", "/staff/hotline/desk/batches/new/", 30 * MIB, 1)
        held.settimeout(WITHIN)
        assert held.recv(12).split()[1] in {b"302", b"403", b"413"}


def test_held_connections_keep_no_report_waiting(installed: Installed) -> None:
    with ExitStack() as stack:
        for nth in range(60):
            method, path, _kind, length, at_once = HELD[nth % len(HELD)]
            begun(installed, stack, 51 + nth % 3, method, path, length, at_once)
        with installed.someone(61) as browser:
            for _nth in range(5):
                began = time.monotonic()
                report(browser)
                assert time.monotonic() - began < WITHIN
                browser.cookies.clear()


def begun(
    at: Installed, stack: ExitStack, network: int, method: str, path: str, length: int, now: int
) -> socket.socket:
    """Return a connection on which a body was begun that does not end."""
    plain = socket.create_connection(
        ("127.0.0.1", at.port), timeout=60, source_address=(f"127.0.{network}.7", 0)
    )
    one = stack.enter_context(at.tls.wrap_socket(plain, server_hostname="127.0.0.1"))
    head = f"{method} {path} HTTP/1.1\r\nHost: {CENTRE}\r\nContent-Type: {FORM}\r\n"
    head += f"Authorization: Bearer {AUTH}\r\nContent-Length: {length}\r\n\r\n"
    one.sendall(head.encode() + b"a" * now)
    return one
