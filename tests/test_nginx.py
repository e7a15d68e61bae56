"""`/cms/` on a host of its own behind nginx: `deploy/nginx.conf` as it is, on ports of a test.

A process answers for staff and another for everyone, as in `docs/operations/install.md`. What only
the proxy decides is tried: which process answers, which host, how long a body may be.
"""

import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from balise.awareness.publications.tests.makers import make_film_file, make_photograph
from tests import temporary
from tests.architecture.reading import ROOT
from tests.live import BALISE

pytestmark = pytest.mark.extra

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CENTRE, CMS, APP = "centre.example", "cms.centre.example", "app.centre.example"
MEGABYTE = 1024 * 1024

SIGN_IN = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from balise.foundation.accounts.tests.makers import make_account, sign_in
browser = Client()
sign_in(browser, make_account("editor"))
print(settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value)
"""
AROUND = """
daemon off;
user {user};
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/balise.conf;
}}
"""


def ours(folder: Path, ports: dict[str, int], static: str) -> str:
    """Return our configuration with the ports, the certificate and the folder of this run."""
    said = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for theirs, own in (
        ("127.0.0.1:8001", f"127.0.0.1:{ports['public']}"),
        ("127.0.0.1:8002", f"127.0.0.1:{ports['staff']}"),
        ("127.0.0.1:8004", f"127.0.0.1:{ports['app']}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{ports['nginx']} ssl"),
        ("listen 80;", f"listen 127.0.0.1:{ports['plain']};"),
        (f"/etc/letsencrypt/live/{CENTRE}", str(folder)),
        ("/var/lib/balise/static/", f"{static}/"),
    ):
        assert theirs in said
        said = said.replace(theirs, own)
    return re.sub(r"^ *listen \[::\].*\n", "", said, flags=re.MULTILINE)


@contextmanager
def proxied(folder: Path, ports: dict[str, int], static: str) -> Iterator[None]:
    """Run nginx with our configuration and a certificate of its own, kept in a folder."""
    assert NGINX, "scripts/need nginx"
    names = ",".join(("IP:127.0.0.1", *(f"DNS:{each}" for each in (CENTRE, CMS, APP))))
    certificate = (
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
        "-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem",
        "-subj", f"/CN={CENTRE}", "-addext", f"subjectAltName={names}",
    )  # fmt: skip
    subprocess.run(certificate, check=True, capture_output=True)  # noqa: S603
    user = "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    (folder / "balise.conf").write_text(ours(folder, ports, static))
    proxying = (NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "errors")
    listens = partial(temporary.listens, ports["nginx"])
    with temporary.server(proxying, answers=listens, log=folder / "words"):
        yield


@pytest.fixture(scope="module")
def proxy(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Serve a centre behind nginx, and give its address and the session of an editor."""
    folder = tmp_path_factory.mktemp("nginx")
    home = folder / "home"
    shutil.copytree(furnished, home)
    ports = {name: temporary.free_port() for name in ("public", "staff", "app", "nginx", "plain")}
    env = temporary.environment() | {
        "BALISE_HOME": str(home),
        "BALISE_PUBLIC_ADDRESS": f"https://{CENTRE}",
        "BALISE_HOSTS": CENTRE,
        "BALISE_CMS_HOST": CMS,
        "BALISE_APP_ADDRESS": f"https://{APP}",
        "DJANGO_SETTINGS_MODULE": "balise.config.settings",
    }
    asked = "from django.conf import settings; print(settings.STATIC_ROOT)"
    static = _says(env, f"import django; django.setup(); {asked}")
    name, value = _says(env, SIGN_IN).split()
    key = home / "release" / "demonstration.pem"
    for words in (("make",), ("sign", "--key", key)):
        subprocess.run([BALISE, "release", *words], env=env, check=True, capture_output=True)  # noqa: S603
    keys = folder / "keys"  # of the public door
    keys.mkdir(mode=0o700)
    for file in (*(home / "keys").glob("*.public.json"), home / "keys" / "index.json"):
        shutil.copy(file, keys)
    with ExitStack() as running:
        for door, own in _processes(keys):
            command = (BALISE, "serve", "--address", f"127.0.0.1:{ports[door]}")
            listens = partial(temporary.listens, ports[door])
            doors = env | own | {"BALISE_DOORS": door}
            running.enter_context(
                temporary.server(command, answers=listens, log=folder / door, env=doors)
            )
        running.enter_context(proxied(folder, ports, static))
        yield {
            "address": f"https://127.0.0.1:{ports['nginx']}",
            "plain": f"http://127.0.0.1:{ports['plain']}",
            "certificate": f"{folder}/fullchain.pem",
            "cookie": f"{name}={value}",
        }


def _processes(keys: Path) -> tuple[tuple[str, dict[str, str]], ...]:
    public_halves = {"BALISE_KEYS": str(keys)}
    return (("public", public_halves), ("app", public_halves), ("staff", {}))


def _says(env: dict[str, str], program: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def browser(proxy: dict[str, str], host: str, *, signed_in: bool = False) -> httpx.Client:
    """Return a browser at a host of the proxy."""
    known = ssl.create_default_context(cafile=proxy["certificate"])
    client = httpx.Client(
        base_url=proxy["address"], headers={"Host": host}, verify=known, timeout=60
    )
    if signed_in:
        client.cookies.set(*proxy["cookie"].split("=", 1))
    return client


def test_each_host_has_its_own_and_nothing_of_the_other(proxy: dict[str, str]) -> None:
    with browser(proxy, CENTRE, signed_in=True) as centre:
        assert centre.get("/fr/").status_code == 200
        assert centre.get("/cms/").status_code == 404
        assert f'href="https://{CMS}/cms/"' in centre.get("/staff/").text
    with browser(proxy, CMS, signed_in=True) as cms:
        assert cms.get("/").headers["Location"] == "/cms/"
        assert cms.get("/cms/").status_code == 200
        for address in ("/fr/", "/fr/talk/", "/staff/people/", "/sitemap.xml"):
            assert cms.get(address).status_code == 404
    with browser(proxy, "other.example") as other:
        assert other.get("/fr/").status_code == 400


def test_the_app_has_a_host_with_its_release_alone(proxy: dict[str, str]) -> None:
    with browser(proxy, APP) as app:
        page = app.get("/fr/app/")
        assert page.status_code == 200
        style = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0]
        assert app.get(style).headers["Content-Type"].startswith("text/css")
        for address in (
            "/fr/",
            "/fr/talk/",
            "/staff/",
            "/cms/",
            "/api/v1/",
            "/static/staticfiles.json",
        ):
            nothing = app.get(address)
            assert nothing.status_code == 404, address
            assert "Set-Cookie" not in nothing.headers
        assert app.get("/").text == page.text
        marks = app.get("/exit/").headers.get_list("Set-Cookie")
        assert marks
        assert all(f"Domain={CENTRE}" in mark for mark in marks)
    with browser(proxy, CENTRE) as centre:
        assert centre.get("/fr/app/").headers["Location"] == f"https://{APP}/fr/app/"
    plain = httpx.get(f"{proxy['plain']}/fr/app/", headers={"Host": APP})
    assert plain.headers["Location"] == f"https://{APP}/fr/app/"


def test_one_signs_in_on_the_host_of_the_cms(proxy: dict[str, str]) -> None:
    with browser(proxy, CMS) as cms:
        assert cms.get("/cms/").headers["Location"] == "/staff/account/login/?next=%2Fcms%2F"
        page = cms.get("/staff/account/login/")
        assert page.status_code == 200
        given = page.headers.get_list("Set-Cookie")
        assert given
        for cookie in given:
            assert cookie.startswith("__Host-")
            assert "Domain=" not in cookie
        assert page.headers["Strict-Transport-Security"]
        (style,) = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[:1]
        assert cms.get(style).status_code == 200
        assert page.headers["Server"] == "nginx"  # and no version
    plain = httpx.get(f"{proxy['plain']}/cms/", headers={"Host": CMS})
    assert plain.headers["Location"] == f"https://{CMS}/cms/"


def test_an_editor_sends_a_picture_and_a_film_and_sees_them(proxy: dict[str, str]) -> None:
    """A film is longer than all else that the proxy lets through, and its picture is shown here."""
    with browser(proxy, CMS, signed_in=True) as cms:
        token = _token(cms)
        own = {"Origin": f"https://{CMS}", "Referer": f"https://{CMS}/cms/images/add/"}
        told = {"csrfmiddlewaretoken": token, "title": "Une table", "collection": "1"}
        picture = {"file": ("a.jpg", make_photograph(width=800, height=600), "image/jpeg")}
        sent = cms.post("/cms/images/add/", data=told, files=picture, headers=own)
        assert sent.status_code == 302, sent.text
        (shown, *_rest) = re.findall(
            r'src="(/cms/media/images/[^"]+)"', cms.get("/cms/images/").text
        )
        assert cms.get(shown).headers["Content-Type"] == "image/webp"

        film = {"file": ("a.webm", make_film_file() + bytes(60 * MEGABYTE), "video/webm")}
        sent = cms.post("/cms/documents/add/", data=told, files=film, headers=own)
        assert sent.status_code == 302, sent.text


def test_a_form_of_one_host_is_not_sent_from_the_other(proxy: dict[str, str]) -> None:
    """Nobody there knows the token of the other; and `/cms/` is trusted nowhere, token or not."""
    with browser(proxy, CMS, signed_in=True) as cms:
        _token(cms)
        told = {"csrfmiddlewaretoken": "a" * 64, "title": "Une table", "collection": "1"}
        foreign = {"Origin": f"https://{CENTRE}", "Referer": f"https://{CENTRE}/fr/"}
        assert cms.post("/cms/images/add/", data=told, headers=foreign).status_code == 403
    with browser(proxy, CENTRE) as centre:
        page = centre.get("/fr/report/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        told = {"csrfmiddlewaretoken": token[1], "step": "where", "go": "on"}
        for origin, is_taken in ((CENTRE, True), (CMS, False)):
            own = {"Origin": f"https://{origin}", "Referer": f"https://{origin}/"}
            sent = centre.post("/fr/report/", data=told, headers=own)
            assert (sent.status_code != 403) == is_taken


def _token(cms: httpx.Client) -> str:
    page = cms.get("/cms/images/add/")
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]
