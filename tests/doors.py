"""The centre as `docs/operations/install.md` builds it: a process for each door, on PostgreSQL."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import postgres, temporary
from tests.architecture.reading import ROOT

BALISE = Path(sys.executable).with_name("balise")
ROLES = ("public", "app", "staff", "api", "worker", "pbx")
CLUSTER, HOME = "cluster", "home"  # of what is set up once
SECRET = "only-the-exchange-and-we"
SCOPES = ("hotline.reports.submit", "hotline.reports.follow-own")


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Set a centre up as its owner, and give what its public door is started with."""
    made = temporary.once(tmp_path_factory.getbasetemp(), "doors", _set_up)
    with (
        postgres.cluster(settings=postgres.QUICK, kept=made / CLUSTER) as cluster,
        cluster.running(),
        temporary.folder() as folder,
    ):
        shutil.copytree(made / HOME, folder, dirs_exist_ok=True)
        for door in ("public", "api", "pbx"):
            (folder / door).mkdir()
        common, owner = _environment(folder, cluster)
        yield common | {
            "BALISE_DOORS": "public",
            "BALISE_HOME": f"{folder}/public",
            "BALISE_KEYS": f"{folder}/keys",
            "BALISE_SECRET_KEY": "a secret of the public door alone, sixty characters and more",
            "DATABASE_URL": _address(cluster, "balise-public"),
            "TOKEN": (folder / "token").read_text("utf-8").strip(),
            "OWNER_HOME": owner["BALISE_HOME"],
            "OWNER_DATABASE": owner["DATABASE_URL"],
        }


def _set_up(place: Path) -> None:
    """Do what an administrator of the database does, then what its owner may do: no superuser."""
    folder = place / HOME
    folder.mkdir()
    with postgres.cluster(settings=postgres.QUICK) as cluster:
        with cluster.running():
            common, owner = _environment(folder, cluster)
            roles = [f'CREATE ROLE "balise-{role}" LOGIN;' for role in ROLES]
            roles += ['GRANT "balise-public" TO "balise-api";', "CREATE ROLE owner LOGIN;"]
            made = [*roles, "CREATE DATABASE centre OWNER owner;"]
            (folder / "made.sql").write_text("\n".join(made))
            _psql(cluster.address, folder / "made.sql")
            env = common | owner
            subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)  # noqa: S603
            _psql(owner["DATABASE_URL"], ROOT / "deploy" / "roles.sql")
            with (folder / "token").open("w") as token:
                subprocess.run(  # noqa: S603 - our own command
                    [BALISE, "tokens", "new", "--partner", "Partner", "--scopes", *SCOPES],
                    env=env,
                    check=True,
                    stdout=token,
                )
        shutil.copytree(cluster.files, place / CLUSTER)
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    ring = folder / "owner" / "keys"
    for file in (*ring.glob("*.public.json"), ring / "index.json"):
        shutil.copy(file, keys)


def _environment(folder: Path, cluster: postgres.Cluster) -> tuple[dict[str, str], dict[str, str]]:
    """Return what all processes of the centre are told, and what its owner is told besides."""
    common = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    common |= {"BALISE_STATIC": f"{folder}/static", "BALISE_STORAGE": f"{folder}/files"}
    return common, {"BALISE_HOME": f"{folder}/owner", "DATABASE_URL": _address(cluster, "owner")}


def _address(cluster: postgres.Cluster, role: str) -> str:
    return cluster.address_of("centre").replace("//balise@", f"//{role}@")


def _psql(address: str, script: Path) -> None:
    command = ["psql", "-q", "-v", "ON_ERROR_STOP=1", address, "-f", script]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def _is_ours(name: str) -> bool:
    return name.startswith(("BALISE_", "DATABASE_URL", "DJANGO_", "VALKEY_URL"))


def as_owner(centre: dict[str, str], program: str) -> str:
    """Run a program as a process that holds the private keys, and return what it prints."""
    owner = {name: value for name, value in centre.items() if not _is_ours(name)} | {
        "BALISE_HOME": centre["OWNER_HOME"],
        "DATABASE_URL": centre["OWNER_DATABASE"],
        "DJANGO_SETTINGS_MODULE": "balise.config.settings",
    }
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env=owner, check=True, capture_output=True, text=True
    )
    return done.stdout


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
