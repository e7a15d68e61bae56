import os
import subprocess
import sys
from pathlib import Path

import pytest

from balise.config import environment as env

BALISE = [sys.executable, "-m", "balise"]


@pytest.fixture(autouse=True)
def faults(monkeypatch: pytest.MonkeyPatch) -> list[env.Fault]:
    monkeypatch.setattr(env, "FAULTS", [])
    return env.FAULTS


def balise(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [*BALISE, *command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "balise.config.settings", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


class TestText:
    def test_reads_a_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_WORD", "word")
        assert env.text("BALISE_WORD") == "word"

    def test_reads_a_secret_from_the_file_that_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("from the file\n")
        monkeypatch.setenv("BALISE_WORD", "from the variable")
        monkeypatch.setenv("BALISE_WORD_FILE", str(tmp_path / "secret"))
        assert env.text("BALISE_WORD") == "from the file"

    def test_notes_a_file_that_cannot_be_read(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("BALISE_WORD_FILE", str(tmp_path / "nowhere"))
        assert env.text("BALISE_WORD", "default") == "default"
        assert [fault.id for fault in env.FAULTS] == ["balise.E013"]


class TestNumber:
    @pytest.mark.parametrize(("said", "meant"), [("0", 0), ("300", 300), ("", 7)])
    def test_reads_a_number(self, said: str, meant: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_NUMBER", said)
        assert env.number("BALISE_NUMBER", 7) == meant
        assert not env.FAULTS

    @pytest.mark.parametrize("said", ["-1", "many", "1.5", "²"])
    def test_notes_what_is_none(self, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_NUMBER", said)
        assert env.number("BALISE_NUMBER", 7) == 7
        assert [fault.id for fault in env.FAULTS] == ["balise.E011"]


class TestFlag:
    @pytest.mark.parametrize(("said", "meant"), [("1", True), ("no", False), ("TRUE", True)])
    def test_reads_yes_and_no(
        self, said: str, meant: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("BALISE_FLAG", said)
        assert env.flag("BALISE_FLAG") is meant
        assert not env.FAULTS

    def test_is_its_default_when_empty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_FLAG", "")
        assert env.flag("BALISE_FLAG", default=True)

    def test_notes_anything_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_FLAG", "perhaps")
        assert env.flag("BALISE_FLAG") is False
        assert [fault.id for fault in env.FAULTS] == ["balise.E012"]


class TestWords:
    def test_reads_known_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_DOORS", " staff , api ")
        found = env.words("BALISE_DOORS", "public", among=("public", "staff", "api"), id_="x")
        assert found == ["staff", "api"]

    def test_notes_a_word_that_nobody_knows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_DOORS", "public,window")
        env.words("BALISE_DOORS", "public", among=("public", "staff"), id_="balise.E007")
        (fault,) = env.FAULTS
        assert fault.id == "balise.E007"
        assert "'window'" in fault.message
        assert "public, staff" in fault.hint


class TestDatabase:
    @pytest.mark.parametrize(
        "address",
        [
            "postgres://u:p@h:5432/name",
            "postgresql://%2Frun%2Fpg/name",
            "sqlite:////tmp/file",
            "postgres:///name",
        ],
    )
    def test_reads_sqlite_and_postgresql(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", address)
        assert env.database("sqlite:////x")["ENGINE"] in {env.SQLITE, env.POSTGRESQL}
        assert not env.FAULTS

    @pytest.mark.parametrize(
        "address",
        ["nonsense", "postgrs://u:hush@h/x", "mysql://u:hush@h/x", "postgres://u:hush@h:port/x"],
    )
    def test_notes_what_is_no_database_without_repeating_a_password(
        self, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", address)
        found = env.database("sqlite:////x")
        assert found["ENGINE"] == "django.db.backends.dummy", "no other database takes its place"
        (fault,) = env.FAULTS
        assert fault.id == "balise.E002"
        assert "hush" not in fault.message + fault.hint


class TestUrl:
    def test_notes_another_scheme(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VALKEY_URL", "http://127.0.0.1")
        assert not env.url("VALKEY_URL", schemes=("redis",), id_="balise.E005")
        assert [fault.id for fault in env.FAULTS] == ["balise.E005"]

    def test_may_be_left_out(self) -> None:
        assert not env.url("BALISE_NOWHERE", schemes=("redis",), id_="x")
        assert not env.FAULTS


class TestTimeZone:
    @pytest.mark.parametrize("said", ["Mars/Olympus", "../etc/passwd", "/etc"])
    def test_notes_what_is_no_time_zone(self, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BALISE_TIME_ZONE", said)
        assert env.time_zone("BALISE_TIME_ZONE", "Europe/Paris") == "UTC"
        assert [fault.id for fault in env.FAULTS] == ["balise.E010"]


class TestPorts:
    @pytest.mark.parametrize(
        ("written", "read", "faults"),
        [
            ("", {}, 0),
            ("dns=8053, rdap=8054", {"dns": 8053, "rdap": 8054}, 0),
            ("dns=8053", {}, 1),
            ("dns=x,rdap=8054", {}, 1),
            ("dns=0,rdap=8054", {}, 1),
            ("dns=8053,rdap=8054,more=1", {}, 1),
        ],
    )
    def test_are_all_there_or_none(
        self, monkeypatch: pytest.MonkeyPatch, written: str, read: dict[str, int], faults: int
    ) -> None:
        monkeypatch.setenv("BALISE_PORTS", written)
        assert env.ports("BALISE_PORTS", among=("dns", "rdap"), id_="balise.E015") == read
        assert len(env.FAULTS) == faults


class TestTheCommand:
    def test_ends_with_one_line_and_a_hint(self) -> None:
        done = balise("migrate", DATABASE_URL="postgrs://h/x", BALISE_COUNTRY="xx")
        assert done.returncode == env.EX_CONFIG
        assert not done.stdout
        lines = done.stderr.splitlines()
        assert len(lines) == 4, "a line and a hint for each"
        assert "balise.E002" in done.stderr
        assert "balise.E009" in done.stderr

    def test_check_tells_all_of_it_as_a_check(self) -> None:
        done = balise("check", DATABASE_URL="mysql://u:hush@h/x", BALISE_DOORS="window")
        assert done.returncode == 1
        assert "(balise.E007)" in done.stderr
        assert "HINT: Known: api, app, public, staff." in done.stderr
        self.names_a_database_that_we_do_not_use(done.stderr)

    def test_check_before_deployment_ends_without_a_database_of_ours(self) -> None:
        words = ("check", "--deploy", "--database", "default")
        done = balise(*words, DATABASE_URL="mysql://u:hush@h/x")
        assert done.returncode != 0
        self.names_a_database_that_we_do_not_use(done.stderr)

    def names_a_database_that_we_do_not_use(self, said: str) -> None:
        assert "balise.E002" in said
        assert "postgres://user:password@host:5432/name" in said  # the hint
        assert "hush" not in said

    def test_the_application_does_not_load(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", "import balise.config.wsgi"],
            env={
                **os.environ,
                "BALISE_TIME_ZONE": "Mars",
                "DJANGO_SETTINGS_MODULE": "balise.config.settings",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == env.EX_CONFIG
        assert "balise.E010" in done.stderr


@pytest.mark.parametrize(
    ("public", "app", "read", "domain"),
    [
        ("https://centre.example", "https://app.centre.example", True, "centre.example"),
        ("https://www.centre.example", "https://app.centre.example/", True, "centre.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8001", True, ""),
        ("https://centre.example", "", False, ""),
        ("https://centre.example", "https://centre.example", False, ""),
        ("https://centre.example", "https://centre.example:8443", False, ""),
        ("https://centre.example", "http://app.centre.example", False, "centre.example"),
        ("https://centre.example", "https://other.example", False, None),
        ("https://centre.example", "https://app.centre.example/app", False, "centre.example"),
        ("https://centre.example", "https://a@app.centre.example", False, "centre.example"),
        ("http://127.0.0.1:8000", "http://10.0.0.1:8001", False, None),
        ("https://centre.example", "app.centre.example", False, None),
    ],
)
def test_the_app_is_beside_the_centre_on_the_same_site(
    monkeypatch: pytest.MonkeyPatch, public: str, app: str, *, read: bool, domain: str | None
) -> None:
    monkeypatch.setattr(env, "FAULTS", [])
    monkeypatch.setenv("BALISE_APP_ADDRESS", app)
    found = env.sister("BALISE_APP_ADDRESS", "", of=public, id_="balise.E025")
    assert found == (app.rstrip("/") if read else "")
    assert bool(env.FAULTS) == bool(app and not read)
    assert env.shared_domain(public, app or public) == domain


def test_an_address_that_was_served_before_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "FAULTS", [])
    monkeypatch.delenv("BALISE_APP_ADDRESS", raising=False)
    served = "http://127.0.0.1:8001"
    assert not env.sister("BALISE_APP_ADDRESS", served, of="https://centre.example", id_="x")
    assert not env.FAULTS
