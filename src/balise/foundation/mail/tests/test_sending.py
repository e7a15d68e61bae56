import socket
import traceback
from pathlib import Path
from typing import Any

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.template import TemplateDoesNotExist
from pytest_django import Settings

from balise.foundation.mail.mailers import mailers_from
from balise.foundation.mail.sending import Attachment, MailRefused, _refusal_for, send
from balise.foundation.mail.tests.makers import Postmaster

pytestmark = pytest.mark.usefixtures("templates")

TO = "desk@platform.example"


def _send(**other: Any) -> str:
    given: dict[str, Any] = {
        "to": TO,
        "language": "en",
        "context": {"reference": "A-17", "greeting": "Hello", "name": "you"},
        "message_id": "note-17",
    }
    return send("desk/note", **{**given, **other})


def _refused(**other: Any) -> MailRefused:
    with pytest.raises(MailRefused) as caught:
        _send(**other)
    return caught.value


class TestSend:
    def test_arrives_with_subject_text_and_the_id_it_was_given(
        self, postmaster: Postmaster
    ) -> None:
        message_id = _send(reply_to=["answers@centre.example"])
        (mail,) = postmaster.mails
        assert mail["Subject"] == "Thank you – A-17"
        assert mail.get_content().strip() == "Hello you"
        assert mail["Message-ID"] == message_id == "<note-17@centre.example>"
        assert mail["From"] == "balise@centre.example"
        assert mail["To"] == TO
        assert mail["Reply-To"] == "answers@centre.example"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Content-Language"] == "en"

    def test_a_second_attempt_is_the_same_mail(self, postmaster: Postmaster) -> None:
        assert _send() == _send()
        one, other = postmaster.mails
        assert one["Message-ID"] == other["Message-ID"]

    def test_speaks_the_language_it_is_asked_for(
        self, postmaster: Postmaster, templates: Path
    ) -> None:
        (templates / "note.txt").write_text("{% load i18n %}{% translate 'Reports' %}\n\n-")
        _send(language="fr")
        _send(language="en")
        assert [mail["Subject"] for mail in postmaster.mails] == ["Signalements", "Reports"]

    def test_a_text_is_not_escaped_and_a_page_is(
        self, postmaster: Postmaster, templates: Path
    ) -> None:
        (templates / "note.html").write_text("<p>{{ name }}</p>")
        _send(context={"name": "l'été <b> & co"})
        (mail,) = postmaster.mails
        text, page = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert page is not None
        assert "l'été <b> & co" in text.get_content()
        assert page.get_content().strip() == "<p>l&#x27;été &lt;b&gt; &amp; co</p>"

    def test_what_a_value_says_is_never_run(self, postmaster: Postmaster) -> None:
        _send(context={"name": "{{ 7|add:7 }} {% now 'Y' %}"})
        assert "{{ 7|add:7 }} {% now 'Y' %}" in postmaster.mails[0].get_content()

    def test_takes_attachments(self, postmaster: Postmaster) -> None:
        _send(attachments=[Attachment("état.pdf", b"%PDF-1.7 \xff", "application/pdf")])
        (attached,) = postmaster.mails[0].iter_attachments()
        assert attached.get_filename() == "état.pdf"
        assert attached.get_content_type() == "application/pdf"
        assert attached.get_content() == b"%PDF-1.7 \xff"

    def test_a_media_type_has_its_parameters_and_the_octets_stay(
        self, postmaster: Postmaster
    ) -> None:
        octets, told = b"BEGIN:VCALENDAR\r\n\xc3\xa9\r\n", {"method": "CANCEL", "charset": "utf-8"}
        _send(attachments=[Attachment("event.ics", octets, "text/calendar", told)])
        (attached,) = postmaster.mails[0].iter_attachments()
        assert attached["Content-Type"].params == told
        assert attached.get_payload(decode=True) == octets

    def test_an_unknown_template_is_our_own_mistake(self, postmaster: Postmaster) -> None:
        with pytest.raises(TemplateDoesNotExist):
            send("desk/none", to=TO, language="en", context={}, message_id="x")
        assert postmaster.kept == []


class TestInjection:
    @pytest.mark.parametrize(
        "newline", ["\n", "\r\n", "\r", "\x00", "\u2028", "\u2029", "\x85", "\x0b"]
    )
    def test_a_subject_of_two_lines_is_refused(self, postmaster: Postmaster, newline: str) -> None:
        assert _refused(context={"reference": f"A{newline}Bcc: spy@evil.example"}).permanent
        assert postmaster.kept == []

    @pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
    def test_a_no_break_space_before_a_colon_stops_no_mail(
        self, postmaster: Postmaster, space: str
    ) -> None:
        _send(context={"reference": f"A{space}: B", "greeting": "Hello", "name": "you"})
        (mail,) = postmaster.mails
        assert mail["Subject"] == "Thank you – A : B"

    def test_a_subject_with_an_empty_line_reaches_no_header(self, postmaster: Postmaster) -> None:
        _send(context={"reference": "A\n\nBcc: spy@evil.example"})
        (mail,) = postmaster.mails
        assert mail["Bcc"] is None
        assert mail["Subject"] == "Thank you – A"

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "desk",
            "desk@platform.example\nBcc: spy@evil.example",
            "desk@platform.example, spy@evil.example",
            "Desk <desk@platform.example>",
            "desk@platform.example\x00",
            "d\r\n@platform.example",
        ],
    )
    def test_an_address_that_is_none_is_refused(self, postmaster: Postmaster, address: str) -> None:
        assert _refused(to=address).permanent
        assert _refused(reply_to=[address]).permanent
        assert postmaster.kept == []

    @pytest.mark.parametrize("message_id", ["", "a b", "a\nb", "a@b", "<a>", "a" * 121, "é"])
    def test_an_id_that_is_none_is_refused(self, postmaster: Postmaster, message_id: str) -> None:
        assert _refused(message_id=message_id).permanent
        assert postmaster.kept == []

    @pytest.mark.parametrize(
        ("name", "media_type"),
        [
            ("a\r\nX: y.pdf", "application/pdf"),
            ("../a.pdf", "application/pdf"),
            ("", "application/pdf"),
            ("a" * 151, "application/pdf"),
            ("a.pdf", "application/pdf\r\nX: y"),
            ("a.pdf", "pdf"),
        ],
    )
    def test_an_attachment_that_is_none_is_refused(
        self, postmaster: Postmaster, name: str, media_type: str
    ) -> None:
        assert _refused(attachments=[Attachment(name, b"x", media_type)]).permanent
        assert postmaster.kept == []

    @pytest.mark.parametrize("text", ["", "\n\n", "only a subject", "a subject\n\n \n"])
    def test_a_mail_without_subject_or_text_is_refused(
        self, postmaster: Postmaster, templates: Path, text: str
    ) -> None:
        (templates / "note.txt").write_text(text)
        assert _refused().permanent
        assert postmaster.kept == []


class TestRefusedByTheServer:
    @pytest.mark.parametrize(
        ("answer", "reason", "permanent"),
        [
            ("550 5.1.1 desk@platform.example unknown", "550 5.1.1", True),
            ("551 not here", "551", True),
            ("451 4.7.1 Greylisted, try again", "451 4.7.1", False),
            ("452 full", "452", False),
            ("530 5.7.0 Sign in first", "530 5.7.0", False),
        ],
    )
    def test_says_whether_another_attempt_makes_sense(
        self, postmaster: Postmaster, answer: str, reason: str, *, permanent: bool
    ) -> None:
        postmaster.recipient_answer = answer
        at_recipient = _refused()
        postmaster.recipient_answer, postmaster.content_answer = "250 OK", answer
        at_content = _refused()
        assert (at_recipient.reason, at_recipient.permanent) == (reason, permanent)
        assert (at_content.reason, at_content.permanent) == (reason, permanent)

    def test_a_server_that_hangs_is_left_after_the_timeout(self, postmaster: Postmaster) -> None:
        postmaster.hangs = True
        refusal = _refused()
        assert refusal.reason == "no mail server: SMTPServerDisconnected"
        assert not refusal.permanent
        assert postmaster.kept == []

    def test_a_server_that_drops_the_line_is_for_now(self, postmaster: Postmaster) -> None:
        postmaster.drops = True
        assert not _refused().permanent

    def test_a_server_that_is_not_there_is_for_now(self, settings: Settings) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings.MAILERS = mailers_from(f"smtp://127.0.0.1:{port}")
        assert not _refused().permanent

    def test_without_the_tls_that_was_asked_for_nothing_is_sent(
        self, postmaster: Postmaster, settings: Settings
    ) -> None:
        settings.MAILERS = mailers_from(f"{postmaster.url}&tls=starttls")
        assert not _refused().permanent
        settings.MAILERS = mailers_from(f"{postmaster.url}&tls=implicit")
        assert not _refused().permanent
        assert postmaster.kept == []

    def test_a_password_the_server_cannot_take_is_for_now(
        self, postmaster: Postmaster, settings: Settings
    ) -> None:
        settings.MAILERS = mailers_from(postmaster.url.replace("//", "//user:password@"))
        assert not _refused().permanent

    def test_a_faulty_address_of_the_server_is_for_now(self, settings: Settings) -> None:
        settings.MAILERS = mailers_from("smtp://")
        assert not _refused().permanent

    def test_the_refusal_names_nobody(self, postmaster: Postmaster) -> None:
        postmaster.recipient_answer = f"550 5.1.1 {TO} unknown"
        refusal = _refused()
        assert TO not in "".join(traceback.format_exception(refusal, chain=True))
        assert refusal.__context__ is None


class TestRefusedByAProvider:
    @pytest.mark.parametrize(
        ("status", "permanent"),
        [(400, True), (422, True), (401, False), (429, False), (503, False)],
    )
    def test_says_whether_another_attempt_makes_sense(
        self, status: int, *, permanent: bool
    ) -> None:
        assert _refusal_for(AnymailAPIError(status_code=status)).permanent is permanent

    def test_a_refused_recipient_is_for_good(self) -> None:
        assert _refusal_for(AnymailRecipientsRefused()).permanent

    def test_a_provider_that_is_not_reached_is_for_now(self) -> None:
        assert not _refusal_for(AnymailAPIError()).permanent
