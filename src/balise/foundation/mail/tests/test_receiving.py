"""A mailbox is read once, whatever stops in between, and tells nothing of itself when it fails."""

from collections.abc import Callable

import pytest

from balise.foundation.mail.receiving import (
    Arrived,
    InboxUrlFaulty,
    MailboxAway,
    read_inbox_url,
    take_new,
)
from balise.foundation.mail.tests.mailbox import Letterbox, a_mailbox


def _mail(number: int) -> bytes:
    return b"Subject: %d\r\n\r\nHello %d\r\n" % (number, number)


def _into(kept: list[bytes]) -> Callable[[Arrived], bool]:
    """Return what keeps each mail in a list."""

    def keep(arrived: Arrived) -> bool:
        kept.append(arrived.octets)
        return True

    return keep


class TestTake:
    def test_hands_over_each_new_mail_once(self) -> None:
        box, kept = Letterbox(), list[bytes]()
        box.put(_mail(1), _mail(2))
        with a_mailbox(box) as url:
            assert take_new(url, keep=_into(kept), at_most=10) == 2
            assert take_new(url, keep=_into(kept), at_most=10) == 0
            box.put(_mail(3))
            assert take_new(url, keep=_into(kept), at_most=10) == 1
        assert kept == [_mail(1), _mail(2), _mail(3)]
        assert len(box.letters) == 3

    @pytest.mark.parametrize("has_uidplus", [True, False])
    def test_takes_out_what_is_kept_where_it_is_asked_to(self, has_uidplus: bool) -> None:
        box, kept = Letterbox(has_uidplus=has_uidplus), list[bytes]()
        box.put(_mail(1), _mail(2))
        with a_mailbox(box, after="delete") as url:
            take_new(url, keep=_into(kept), at_most=1)
        assert kept == [_mail(1)]
        assert [letter.octets for letter in box.letters.values()] == [_mail(2)]

    def test_one_that_cannot_be_kept_holds_up_no_other(self) -> None:
        box, kept = Letterbox(), list[bytes]()
        box.put(_mail(1), _mail(2), _mail(3))

        def keep(arrived: Arrived) -> bool:
            if arrived.octets == _mail(2):
                raise ValueError("no")
            return _into(kept)(arrived)

        with a_mailbox(box, after="delete") as url:
            with pytest.raises(ValueError, match="no"):
                take_new(url, keep=keep, at_most=10)
            assert kept == [_mail(1), _mail(3)]
            assert [letter.octets for letter in box.letters.values()] == [_mail(2)]

    def test_leaves_what_could_not_be_kept(self) -> None:
        box, kept = Letterbox(), list[bytes]()
        box.put(_mail(1), _mail(2))

        def keep(arrived: Arrived) -> bool:
            if arrived.octets == _mail(2):
                raise RuntimeError("the database is full")
            return _into(kept)(arrived)

        with a_mailbox(box) as url:
            with pytest.raises(RuntimeError):
                take_new(url, keep=keep, at_most=10)
            assert take_new(url, keep=_into(kept), at_most=10) == 1
        assert kept == [_mail(1), _mail(2)]

    @pytest.mark.parametrize("after", ["seen", "delete"])
    def test_what_is_set_aside_stays_there_flagged(self, after: str) -> None:
        box, kept = Letterbox(), list[bytes]()
        box.put(_mail(1), _mail(2))

        def keep(arrived: Arrived) -> bool:
            return arrived.uid != 1 and _into(kept)(arrived)

        with a_mailbox(box, after=after) as url:
            assert take_new(url, keep=keep, at_most=10) == 1
            assert take_new(url, keep=keep, at_most=10) == 0
        assert kept == [_mail(2)]
        assert box.letters[1].flags == {"\\Seen", "\\Flagged"}

    def test_what_is_to_be_passed_over_is_not_fetched(self) -> None:
        box, kept = Letterbox(), list[bytes]()
        box.put(_mail(1), _mail(2))
        with a_mailbox(box) as url:
            take_new(
                url,
                keep=_into(kept),
                at_most=1,
                passes_over=lambda validity, uid: (validity, uid) == (7, 1),
            )
        assert kept == [_mail(2)]
        assert box.said.count("FETCH") == 1

    def test_reads_no_more_than_it_must_of_a_huge_mail(self) -> None:
        box, kept = Letterbox(), list[bytes]()
        box.put(b"Subject: x\r\n\r\n" + b"x" * 6_000_000)
        with a_mailbox(box) as url:
            take_new(url, keep=_into(kept), at_most=10)
        assert len(kept[0]) == 5_000_000

    @pytest.mark.parametrize("verb", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE"])
    @pytest.mark.parametrize("drops", [True, False])
    def test_says_only_that_it_is_away(self, verb: str, drops: bool) -> None:
        box = Letterbox(
            refuses=frozenset() if drops else frozenset({verb}), drops_at=verb if drops else ""
        )
        box.put(_mail(1))
        with a_mailbox(box) as url, pytest.raises(MailboxAway) as away:
            take_new(url, keep=lambda _arrived: True, at_most=10)
        assert "centre.example" not in str(away.value)
        assert away.value.__cause__ is None

    def test_says_that_nobody_is_there(self) -> None:
        with pytest.raises(MailboxAway):
            take_new("imap://a:b@127.0.0.1:9/INBOX", keep=lambda _arrived: True, at_most=1)


class TestUrl:
    def test_says_where_and_as_whom(self) -> None:
        inbox = read_inbox_url("imaps://a%40b.example:p%2Fw@mail.example/Notices?after=delete")
        assert (inbox.host, inbox.port, inbox.user, inbox.password) == (
            "mail.example",
            993,
            "a@b.example",
            "p/w",
        )
        assert (inbox.folder, inbox.deletes) == ("Notices", True)
        assert "p/w" not in repr(inbox)

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "smtp://a:b@mail.example/",
            "imap://mail.example/INBOX",
            "imap://a:b@mail.example/INBOX",
            "imap://a:b@mail.example/INBOX?tls=maybe",
            "imaps://a:b@mail.example/INBOX?after=never",
            'imaps://a:b@mail.example/x"y',
            "imaps://a:b@mail.example:99999/INBOX",
        ],
    )
    def test_that_cannot_be_meant_is_refused_and_not_repeated(self, url: str) -> None:
        with pytest.raises(InboxUrlFaulty) as fault:
            read_inbox_url(url)
        assert "a:b" not in str(fault.value)
