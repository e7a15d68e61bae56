from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from django.db import OperationalError, connection
from pytest_django import Settings

from balise.config import checks, environment

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


class TestSecretKey:
    def test_refuses_a_centre_without_one(self, settings: Settings) -> None:
        settings.SECRET_KEY = environment.NOT_SET_UP
        assert ids(checks.the_secret_key_is_set()) == ["balise.E001"]

    def test_warns_of_one_that_others_can_read(self, settings: Settings, tmp_path: Path) -> None:
        settings.HOME = tmp_path
        file = tmp_path / "secret-key"
        file.write_text("secret")
        file.chmod(0o440)
        assert ids(checks.the_secret_key_is_set()) == ["balise.W001"]
        file.chmod(0o400)
        assert not checks.the_secret_key_is_set()


class TestPublicAddress:
    @pytest.mark.parametrize(
        ("address", "hosts"),
        [
            ("http://127.0.0.1:8000", ["127.0.0.1"]),
            ("http://localhost:8000", ["localhost"]),
            ("http://[::1]:8000", ["[::1]"]),
            ("https://centre.example", ["centre.example"]),
            ("https://www.centre.example", [".centre.example"]),
        ],
    )
    def test_takes_what_is_ours(self, address: str, hosts: list[str], settings: Settings) -> None:
        settings.PUBLIC_ADDRESS, settings.ALLOWED_HOSTS = address, hosts
        assert not checks.the_public_address_is_ours()

    @pytest.mark.parametrize(
        "address",
        [
            "centre.example",
            "ftp://centre.example",
            "https://",
            "https://other.example",
            "https://centre.example/path",
            "https://someone@centre.example",
            "http://centre.example",
        ],
    )
    def test_refuses_what_leads_elsewhere_or_in_clear(
        self, address: str, settings: Settings
    ) -> None:
        settings.PUBLIC_ADDRESS, settings.ALLOWED_HOSTS = address, ["centre.example"]
        assert ids(checks.the_public_address_is_ours()) == ["balise.E008"]


@pytest.mark.django_db
class TestDatabase:
    def test_says_nothing_of_one_that_answers(self) -> None:
        assert not checks.the_database_answers(databases=["default"])
        assert not checks.tables_are_made()

    def test_is_not_asked_by_a_plain_check(self) -> None:
        assert not checks.the_database_answers(databases=None)

    def test_refuses_one_that_does_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse() -> None:
            raise OperationalError('connection to server at "h" failed: refused\nmore words')

        monkeypatch.setattr(connection, "ensure_connection", refuse)
        (message,) = checks.the_database_answers(databases=["default"])
        assert message.id == "balise.E004"
        assert "more words" not in message.msg

    def test_refuses_one_that_is_too_old(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection.features, "minimum_database_version", (99,))
        monkeypatch.setattr(
            connection, "ensure_connection", connection.check_database_version_supported
        )
        assert ids(checks.the_database_answers(databases=["default"])) == ["balise.E003"]


class TestValkey:
    def test_is_not_missed_where_it_is_not_asked_for(self, settings: Settings) -> None:
        settings.VALKEY_URL = ""
        assert not checks.valkey_answers(databases=["default"])

    def test_says_nothing_of_one_that_answers(self, settings: Settings, valkey: str) -> None:
        settings.VALKEY_URL = valkey
        assert not checks.valkey_answers(databases=["default"])

    def test_refuses_one_that_does_not_answer(self, settings: Settings) -> None:
        settings.VALKEY_URL = NOBODY_LISTENS
        assert ids(checks.valkey_answers(databases=["default"])) == ["balise.E006"]


def test_a_fault_of_the_environment_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = environment.Fault("balise.E012", "BALISE_DEBUG is 'x'.", "Write 1 or 0.")
    monkeypatch.setattr(environment, "FAULTS", [fault])
    (message,) = checks.the_environment_can_be_meant()
    assert (message.id, message.hint) == ("balise.E012", "Write 1 or 0.")


class TestCluster:
    def test_nothing_is_asked_of_who_has_none(self, settings: Settings) -> None:
        settings.RAY = ""
        assert not checks.the_cluster_is_safe()

    def test_each_lack_has_an_id_and_a_hint(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("RAY_AUTH_MODE", "RAY_USE_TLS"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("balise.foundation.cluster.find_spec", lambda _name: None)
        settings.RAY = "auto"
        messages = checks.the_cluster_is_safe()
        assert ids(messages) == ["balise.E021", "balise.E022", "balise.E023", "balise.E024"]
        assert all(message.hint for message in messages)
