import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.handler import MailersHandler
from pytest_django import Settings

from balise.foundation.mail.mailers import (
    UNSENDABLE,
    MailUrlFaulty,
    goes_out_in_clear,
    mailers_from,
    read_mail_url,
)
from balise.foundation.mail.module import mail_can_be_sent

FAULTY = [
    "",
    "mail.example.org",
    "http://mail.example.org",
    "smtp+x://mail.example.org",
    "smtps://mail.example.org",
    "smtp://",
    "smtp://mail.example.org:port",
    "smtp://mail.example.org:99999",
    "smtp://mail.example.org/inbox",
    "smtp://user@mail.example.org",
    "smtp://mail.example.org?tls=ssl",
    "smtp://mail.example.org?tls",
    "smtp://mail.example.org?timeout=0",
    "smtp://mail.example.org?timeout=soon",
    "smtp://mail.example.org?verify=no",
    "smtp://[mail",
    "anymail+nobody://?api_key=k",
    "anymail+../x://",
    "anymail://",
]


class TestReadMailUrl:
    def test_says_what_django_asks(self) -> None:
        assert read_mail_url("smtp://balise%40x.example:p%2Fw@mail.example.org?tls=implicit") == {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": "mail.example.org",
                "port": 465,
                "username": "balise@x.example",
                "password": "p/w",
                "use_tls": False,
                "use_ssl": True,
                "timeout": 10,
            },
        }

    @pytest.mark.parametrize(
        ("url", "port", "tls"),
        [
            ("smtp://mail.example.org?tls=starttls", 587, (True, False)),
            ("smtp://mail.example.org:2525?tls=implicit", 2525, (False, True)),
            ("smtp://127.0.0.1", 25, (False, False)),
        ],
    )
    def test_django_takes_it(
        self, settings: Settings, url: str, port: int, tls: tuple[bool, bool]
    ) -> None:
        settings.MAILERS = mailers_from(url)
        mailer = MailersHandler().default
        assert isinstance(mailer, EmailBackend)
        assert (mailer.port, mailer.use_tls, mailer.use_ssl) == (port, *tls)

    def test_a_providers_options_are_its_own(self) -> None:
        mailer = read_mail_url("anymail+mailgun://?api_key=k%26&sender_domain=x.example")
        assert mailer == {
            "BACKEND": "anymail.backends.mailgun.EmailBackend",
            "OPTIONS": {"api_key": "k&", "sender_domain": "x.example"},
        }

    @pytest.mark.parametrize("url", FAULTY)
    def test_anything_else_is_refused_and_sends_nothing(self, url: str) -> None:
        with pytest.raises(MailUrlFaulty):
            read_mail_url(url)
        assert mailers_from(url) == {"default": {"BACKEND": UNSENDABLE}}


class TestGoesOutInClear:
    @pytest.mark.parametrize(
        ("url", "answer"),
        [
            ("smtp://mail.example.org", True),
            ("smtp://192.0.2.7:25", True),
            ("smtp://mail.example.org?tls=starttls", False),
            ("smtp://mail.example.org?tls=implicit", False),
            ("smtp://127.0.0.1:1025", False),
            ("smtp://[::1]:1025", False),
            ("anymail+mailgun://?api_key=k", False),
        ],
    )
    def test_only_to_another_machine_without_tls(self, url: str, *, answer: bool) -> None:
        assert goes_out_in_clear(url) is answer


class TestCheck:
    @pytest.mark.parametrize("url", [*FAULTY, "anymail+mailgun://", "anymail+mailgun://?api=k"])
    def test_a_wrong_address_is_told(self, settings: Settings, url: str) -> None:
        settings.MAIL_URL = url
        (message,) = mail_can_be_sent()
        assert (message.id, bool(message.hint)) == ("balise.E121", True)

    def test_mail_in_clear_is_told(self, settings: Settings) -> None:
        settings.MAIL_URL = "smtp://mail.example.org:25"
        (message,) = mail_can_be_sent()
        assert (message.id, bool(message.hint)) == ("balise.E122", True)

    @pytest.mark.parametrize("sender", ["", "balise", "Balise <balise@centre.example>", "a@b\n.c"])
    def test_a_wrong_sender_is_told(self, settings: Settings, sender: str) -> None:
        settings.MAIL_SENDER = sender
        (message,) = mail_can_be_sent()
        assert (message.id, bool(message.hint)) == ("balise.E123", True)

    def test_a_secret_is_never_repeated(self, settings: Settings) -> None:
        settings.MAIL_URL = "smtp://user:hunter2@mail.example.org:port"
        assert "hunter2" not in str(mail_can_be_sent())
        settings.MAIL_URL = "anymail+mailgun://?hunter2=hunter2"
        assert "hunter2" not in str(mail_can_be_sent())

    @pytest.mark.parametrize(
        "url",
        [
            "smtp://127.0.0.1:1025",
            "smtp://u:p@m.example?tls=starttls",
            "anymail+mailgun://?api_key=k",
        ],
    )
    def test_what_is_in_order_is_not_told(self, settings: Settings, url: str) -> None:
        settings.MAIL_URL = url
        assert mail_can_be_sent() == []
