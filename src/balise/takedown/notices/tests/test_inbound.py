"""Whatever comes to the mailbox is read for what it is, believed in nothing, and never raises."""

from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from balise.takedown.notices.rules.inbound import MailKind, Said, proposal
from balise.takedown.notices.rules.mails import (
    MailingKind,
    mailing_number,
    mailing_of,
    message_id,
    plus_address,
)
from balise.takedown.notices.tests.mails import make_bounce, make_mail, read_here, read_mail

MAILING = UUID(int=0xABCDEF << 100)


class TestKind:
    def test_of_a_person_is_an_answer(self) -> None:
        mail = read_mail(make_mail(text="We have removed the content.\n\nRegards"))
        assert mail.kind is MailKind.ANSWER
        assert mail.text.startswith("We have removed")
        assert mail.sender == "desk@host.example"

    @pytest.mark.parametrize(
        ("headers", "subject", "text", "kind"),
        [
            ({"Auto-Submitted": "auto-replied"}, "Out of office", "Back Monday", "automatic"),
            ({"Auto-Submitted": "auto-replied"}, "Re: x", "Absence du bureau", "automatic"),
            ({"Auto-Submitted": "auto-replied"}, "[#12345] Received", "We got it.", "ticket"),
            ({"Precedence": "bulk"}, "Abuse report", "Your ticket ID: ABC-98765", "ticket"),
            ({"X-Autoreply": "yes"}, "Merci", "Dossier n° 4512 ouvert", "ticket"),
            ({"Auto-Submitted": "no"}, "[Ticket 12345] Re: notice", "Hello", "answer"),
            ({"Auto-Submitted": "auto-generated"}, "Decision", "It was removed.", "answer"),
            ({"X-Failed-Recipients": "abuse@host.example"}, "Failed", "", "bounce"),
            ({"Return-Path": "<>"}, "Undeliverable", "mailbox", "automatic"),
        ],
    )
    def test_of_robots(self, headers: dict[str, str], subject: str, text: str, kind: str) -> None:
        mail = read_mail(make_mail(subject=subject, text=text, **headers))
        assert mail.kind is MailKind(kind)

    def test_our_own_number_makes_no_ticket(self) -> None:
        mail = make_mail(
            subject="Re: number N-12345678", text="Got it", **{"Auto-Submitted": "auto-replied"}
        )
        assert read_mail(mail).kind is MailKind.AUTOMATIC

    @pytest.mark.parametrize(
        ("action", "status", "kind"),
        [
            ("failed", "5.1.1", MailKind.BOUNCE),
            ("delayed", "4.4.7", MailKind.DELAYED),
            ("delivered", "2.0.0", MailKind.AUTOMATIC),
        ],
    )
    def test_of_reports_is_what_they_report(self, action: str, status: str, kind: MailKind) -> None:
        original = message_id(MailingKind.NOTICES, MAILING)
        mail = read_mail(make_bounce(original, action=action, status=status))
        assert mail.kind is kind
        if kind is not MailKind.AUTOMATIC:
            assert mailing_of(mail.answers[0]) == MAILING

    def test_of_a_report_that_quotes_only_headers(self) -> None:
        original = message_id(MailingKind.NOTICES, MAILING)
        mail = read_mail(make_bounce(original, whole=False))
        assert mail.kind is MailKind.BOUNCE
        assert [mailing_of(each) for each in mail.answers] == [MAILING]


class TestReferences:
    def test_are_found_in_three_places(self) -> None:
        mail = read_mail(
            make_mail(
                subject="Re: Notice of illegal content, number N-1A2B3C4D",
                **{
                    "In-Reply-To": f"<{message_id(MailingKind.NOTICES, MAILING)}@centre.example>",
                    "To": "Centre <notifications+abcdefghjkmnpqrstuvw@centre.example>",
                },
            )
        )
        assert mailing_of(mail.answers[0]) == MAILING
        assert mail.tokens == ("abcdefghjkmnpqrstuvw",)
        assert mail.numbers == ("N-1A2B3C4D",)

    def test_name_only_our_mails(self) -> None:
        assert mailing_of("notices.not-an-id") is None
        assert mailing_of(f"else.{MAILING}") is None
        assert mailing_number(MAILING).startswith("M-")
        assert plus_address("a@b.example", "x") == "a+x@b.example"


class TestText:
    def test_leaves_out_what_is_quoted(self) -> None:
        text = "Removed, thanks.\n\nOn 24 Nov 2026, the Centre wrote:\n> Notice of something"
        assert read_mail(make_mail(text=text)).text == "Removed, thanks."

    def test_of_a_page_loses_its_tags(self) -> None:
        mail = EmailMessage()
        mail["From"] = "desk@host.example"
        mail.set_content("<style>p{}</style><p>Nous avons <b>supprimé</b> la page.</p>", "html")
        assert read_mail(mail.as_bytes()).text == "Nous avons supprimé la page."

    def test_keeps_no_attachment(self) -> None:
        mail = MIMEMultipart()
        mail["From"] = "desk@host.example"
        mail.attach(MIMEText("See the picture."))
        picture = MIMEBase("image", "png")
        picture.set_payload(b"not a picture")
        mail.attach(picture)
        read = read_mail(mail.as_bytes())
        assert read.attachment_count == 1
        assert "not a picture" not in read.text

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("The content has been removed.", Said.REMOVED),
            ("Nous avons retiré ce contenu.", Said.REMOVED),
            ("We have not removed it: it does not violate our terms.", Said.REFUSED),
            ("Access to the page was disabled in all countries.", Said.DISABLED),
            ("The page is no longer available.", Said.ALREADY_GONE),
            ("This site is not hosted on our network.", Said.NOT_THEIRS),
            ("Could you provide the exact time code?", Said.NEEDS_INFORMATION),
            ("Pourriez-vous nous préciser l'adresse ?", Said.NEEDS_INFORMATION),
            ("There is insufficient information to act.", Said.TOO_LITTLE),
            ("We have received your report and it is under review.", Said.RECEIVED),
            ("Bonjour.", None),
            ("> The content has been removed.\n", Said.REMOVED),  # nothing else is there
        ],
    )
    def test_seems_to_say(self, text: str, said: Said | None) -> None:
        assert proposal(text) is said


class TestNonsense:
    @given(octets=st.binary(max_size=4_000))
    def test_of_any_kind_is_read(self, octets: bytes) -> None:
        read_here(octets)

    @given(
        headers=st.lists(
            st.tuples(
                st.sampled_from(
                    ["From", "To", "Subject", "Content-Type", "Message-ID", "References", "Status"]
                ),
                st.text(st.characters(blacklist_categories=["Cs"]), max_size=60),
            ),
            max_size=12,
        ),
        body=st.text(st.characters(blacklist_categories=["Cs"]), max_size=400),
    )
    def test_with_headers_is_read(self, headers: list[tuple[str, str]], body: str) -> None:
        lines = [f"{name}: {value}" for name, value in headers]
        mail = read_here(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        assert len(mail.text) <= 20_000

    @pytest.mark.parametrize(
        "octets",
        [
            b"",
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 5_000,
            b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
            b"From: =?utf-8?q?=ff?=\r\nSubject: =?x?b?!!?=\r\n\r\nhello",
            b"From: <<<>>>,,,;\r\nTo: :;\r\n\r\nx",
            b"Content-Type: message/delivery-status\r\n\r\nStatus: 5.0.0",
        ],
    )
    def test_that_spammers_write_is_read(self, octets: bytes) -> None:
        read_mail(octets)
