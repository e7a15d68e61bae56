"""What strangers send is read within limits, or set aside; nothing stops the worker."""

from email.message import EmailMessage

import pytest

from balise.foundation.journal.models import Entry
from balise.foundation.mail.models import SetAside
from balise.foundation.mail.parsing import Mail, Nature
from balise.foundation.mail.reading import (
    MAX_HEADER,
    MailUnreadable,
    read_inbox,
    read_mail,
    set_aside,
    with_short_head,
)
from balise.foundation.mail.tests.mailbox import Letterbox, a_mailbox

LONG = 100_000
NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000)
)


def make(**headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "Desk <desk@host.example>", "<1@host.example>"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content("The content has been removed.")
    return mail.as_bytes()


def with_header(header: bytes) -> bytes:
    """Return a mail with a header in front of its own."""
    return header + b"\r\n" + make().replace(b"\n", b"\r\n")


class TestAMail:
    def test_is_read_as_it_was_written(self) -> None:
        mail = read_mail(make(To="a@x.example, b@x.example", Subject="Réponse"))
        assert mail == Mail(
            key="<1@host.example>",
            to=("a@x.example", "b@x.example"),
            sender="desk@host.example",
            sender_name="Desk",
            subject="Réponse",
            text="The content has been removed.\n",
        )

    def test_of_a_robot_stays_one(self) -> None:
        assert read_mail(make(**{"Auto-Submitted": "auto-replied"})).nature is Nature.ROBOT

    def test_with_a_large_file_is_read(self) -> None:
        mail = EmailMessage()
        mail["From"] = "desk@host.example"
        mail.set_content("See the picture.")
        mail.add_attachment(b"x" * 3_500_000, maintype="image", subtype="png", filename="a.png")
        read = read_mail(mail.as_bytes())
        assert (read.text, read.attachment_count) == ("See the picture.\n", 1)


class TestALongHead:
    @pytest.mark.parametrize(
        "header",
        [
            b"Content-Type: text/plain; " + b";" * LONG,
            b"Content-Type: text/plain;\r\n " + b"x" * LONG,
            b"From: " + b"(" * LONG,
            b"Message-ID: <" + b"a" * LONG,
            b"In-Reply-To: " + b"<a@b.example> " * (LONG // 14),
        ],
    )
    def test_that_must_be_whole_is_refused_before_it_is_parsed(self, header: bytes) -> None:
        with pytest.raises(MailUnreadable, match="header-too-long"):
            with_short_head(with_header(header))

    @pytest.mark.parametrize(
        "header",
        [
            b"To: " + b"a@b.example, " * (LONG // 13),
            b"To: " + b'"' * LONG,
            b"Cc: " + b"(" * LONG,
            b"References: " + b"<a@b.example> " * (LONG // 14),
            b"Subject: " + b"=?utf-8?q?=C3=A9?= " * (LONG // 19),
            b"X-Antispam: " + b"x" * LONG,
            b"Received: " + b"x" * LONG,
            b"\r\n".join(b"Received: " + b"x" * 900 for _each in range(200)),
        ],
    )
    def test_of_a_list_is_cut_and_what_we_do_not_read_left_out(self, header: bytes) -> None:
        octets = with_header(header)
        assert len(with_short_head(octets)) < MAX_HEADER + 1_000
        assert read_mail(octets).text == "The content has been removed.\r\n"

    def test_of_many_headers_is_refused(self) -> None:
        with pytest.raises(MailUnreadable, match="head-too-long"):
            read_mail(with_header(b"\r\n".join([b"To: " + b"a" * 8_000] * 9)))

    @pytest.mark.parametrize(
        "octets",
        [
            b"",
            b"\r\n",
            b"\x00\xff nonsense",
            b" folded at once\nSubject: x\n\nbody",
            b"Subject: x",
            b"Subject: x\n",
            b"Subject: x\nno header\nbody",
            b"Subject: x\r\rbody",
            b": nothing\nSubject: x\n\nbody\n",
            b"From someone@x.example Fri Nov 27\nSubject: x\n\nbody",
        ],
    )
    def test_is_found_where_the_parser_finds_it(self, octets: bytes) -> None:
        short = with_short_head(octets)
        assert octets.endswith(short[-4:])
        assert read_mail(octets).subject == ("x" if b"Subject" in octets else "")


class TestWhatTakesTooMuch:
    def test_inside_a_part_is_ended_by_its_limit(self) -> None:
        part = b"Content-Type: text/plain; " + b";" * LONG
        octets = (
            b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
            + part
            + b"\r\n\r\nhello\r\n--x--\r\n"
        )
        with pytest.raises(MailUnreadable, match="processor"):
            read_mail(octets)

    @pytest.mark.parametrize(
        "octets",
        [
            b"From: a@b.example\r\n" + NESTED,
            b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\n" * 200_000,
            b"Content-Type: text/html\r\n\r\n" + b"<" * 5_000_000,
            b"Content-Type: text/html\r\n\r\n" + b"<a " * 26_000,
        ],
    )
    def test_ends_one_way_or_the_other(self, octets: bytes) -> None:
        try:
            read_mail(octets)
        except MailUnreadable as unreadable:
            reason = unreadable.reason
        else:
            reason = ""
        assert reason in {"", "unreadable", "processor", "memory"}


@pytest.mark.django_db
class TestAMailbox:
    def put(self, box: Letterbox) -> None:
        box.put(with_header(b"From: " + b"(" * LONG), make())

    def test_sets_one_aside_once_and_goes_on(self) -> None:
        box, kept = Letterbox(), list[Mail]()
        self.put(box)
        with a_mailbox(box, after="delete") as url:
            for _each in range(2):
                read_inbox("notices", url, keep=lambda mail, _octets: kept.append(mail), at_most=10)
        assert [mail.sender for mail in kept] == ["desk@host.example"]
        assert list(box.letters) == [1]  # a person may still look at it
        (aside,) = set_aside()
        assert (aside.mailbox, aside.validity, aside.uid) == ("notices", 7, 1)
        assert (aside.reason, aside.size > LONG) == ("header-too-long", True)
        fact = Entry.objects.get(event="mail.message.set-aside")
        assert fact.facts == {"mailbox": "notices", "reason": "header-too-long"}
        assert fact.subject == aside.id

    def test_that_cannot_be_marked_is_not_fetched_again(self) -> None:
        box = Letterbox(refuses=frozenset({"STORE"}))
        self.put(box)
        with a_mailbox(box) as url:
            for _each in range(3):
                with pytest.raises(Exception, match="error"):
                    read_inbox("notices", url, keep=lambda _mail, _octets: None, at_most=10)
        assert SetAside.objects.count() == 1
        assert box.said.count("FETCH") == 3  # the first once, the second twice

    def test_says_it_of_each_mailbox_apart(self) -> None:
        box, other = Letterbox(), Letterbox()
        self.put(box)
        self.put(other)
        for name, each in (("notices", box), ("helpline", other)):
            with a_mailbox(each) as url:
                read_inbox(name, url, keep=lambda _mail, _octets: None, at_most=10)
        assert {one.mailbox for one in set_aside()} == {"helpline", "notices"}
