"""Incoming mail: a mailbox over IMAP, each new mail passed on once and then marked.

    imaps://user:password@host/INBOX                        (port 993)
    imap://user:password@host/INBOX?tls=starttls            (port 143)
    imap://user:password@127.0.0.1:1143/INBOX               (no TLS: on this machine only)

`?after=delete` takes a mail out of the mailbox once it is kept; otherwise it is marked as read. One
that is set aside stays there all the same, marked as read and flagged. The mailbox is Balise's own:
what a person reads there first is not seen here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from imaplib import IMAP4, IMAP4_SSL
from itertools import islice
from ssl import create_default_context
from urllib.parse import unquote

from balise.foundation.url import UrlUnreadable, is_this_machine, read_url

TIMEOUT = 30  # seconds that a server may take for each answer
LARGEST = 5_000_000  # octets that are read of one mail

_PORTS = {"imaps": 993, "imap": 143}
_ASIDE = r"(\Seen \Flagged)"
_FOLDER = re.compile(r"[A-Za-z0-9._/ -]{1,80}")


class InboxUrlFaulty(ValueError):
    """An address is no mailbox's. The message never repeats it: it holds secrets."""


class MailboxAway(Exception):
    """The mailbox could not be read. The message holds codes only: no address, no text."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A mailbox: where it is, as whom to open it, and what becomes of a mail that is kept."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    tls: str
    deletes: bool


def read_inbox_url(url: str) -> Inbox:
    """Return the mailbox that an address describes, or raise `InboxUrlFaulty`, saying why."""
    try:
        read = read_url(url)
    except UrlUnreadable as error:
        raise InboxUrlFaulty(str(error)) from None
    options = dict(read.options)
    if read.scheme not in _PORTS:
        raise InboxUrlFaulty("it begins neither with imaps:// nor with imap://")
    if not read.host or not read.user or not read.password:
        raise InboxUrlFaulty("it names no host, no user or no password")
    folder = unquote(read.path.lstrip("/")) or "INBOX"
    if not _FOLDER.fullmatch(folder):
        raise InboxUrlFaulty("the folder's name is none")
    tls = "implicit" if read.scheme == "imaps" else options.pop("tls", "none")
    if tls not in {"implicit", "starttls", "none"}:
        raise InboxUrlFaulty("tls is starttls")
    if tls == "none" and not is_this_machine(read.host):
        raise InboxUrlFaulty("the password would leave this machine without TLS")
    after = options.pop("after", "seen")
    if options or after not in {"seen", "delete"}:
        raise InboxUrlFaulty("only tls, and after=seen or after=delete, may stand behind it")
    return Inbox(
        host=read.host,
        port=read.port or _PORTS[read.scheme],
        user=read.user,
        password=read.password,
        folder=folder,
        tls=tls,
        deletes=after == "delete",
    )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail that came, and its place in the mailbox (RFC 3501: UIDVALIDITY and UID)."""

    octets: bytes
    validity: int
    uid: int


def take_new(
    url: str,
    *,
    keep: Callable[[Arrived], bool],
    at_most: int,
    passes_over: Callable[[int, int], bool] = lambda _validity, _uid: False,
) -> int:
    """Hand each new mail to `keep`, the oldest first, and mark it; return how many it kept.

    A mail is marked only after `keep` came back, so one that is kept while the machine stops is
    handed over once more: `keep` must know what it has. One that `keep` fails on does not delay
    others: it stays new, and its error is raised at the end. Where it returns False the mail is set
    aside. `passes_over` is told the validity and UID of each, and says which are not to be fetched.
    Raises `MailboxAway`.
    """
    inbox = read_inbox_url(url)
    taken = 0
    failure: Exception | None = None
    with _opened(inbox) as server:
        validity = _validity(server)
        new = (uid for uid in _new(server) if not passes_over(validity, int(uid)))
        for uid in islice(new, at_most):
            octets = _read(server, uid)
            is_kept = True
            if octets is not None:
                try:
                    is_kept = keep(Arrived(octets, validity, int(uid)))
                except Exception as error:  # noqa: BLE001 - raised below, once the others are kept
                    failure = failure or error
                    continue
                taken += is_kept
            if is_kept:
                _mark(server, uid, inbox)
            else:
                _expect(server.uid("STORE", uid, "+FLAGS.SILENT", _ASIDE), "store")
    if failure is not None:
        raise failure
    return taken


@contextmanager
def _opened(inbox: Inbox) -> Iterator[IMAP4]:
    server: IMAP4 | None = None
    try:
        if inbox.tls == "implicit":
            server = IMAP4_SSL(
                inbox.host, inbox.port, ssl_context=create_default_context(), timeout=TIMEOUT
            )
        else:
            server = IMAP4(inbox.host, inbox.port, timeout=TIMEOUT)
            if inbox.tls == "starttls":
                server.starttls(create_default_context())
        server.login(inbox.user, inbox.password)
        _expect(server.select(f'"{inbox.folder}"'), "select")
        yield server
    except (IMAP4.error, OSError) as error:
        # The error may repeat what the server was told: only its kind goes on.
        raise MailboxAway(type(error).__name__) from None
    finally:
        if server is not None:
            with suppress(IMAP4.error, OSError):
                server.logout()
            with suppress(IMAP4.error, OSError):
                server.shutdown()  # a logout that failed leaves the connection open


def _validity(server: IMAP4) -> int:
    """Return what the selected mailbox's UIDs are valid with; 0 where the server does not say."""
    _name, said = server.response("UIDVALIDITY")
    first = said[0] if said else None
    return int(first) if isinstance(first, bytes) and first.isdigit() else 0


def _new(server: IMAP4) -> list[str]:
    found = _expect(server.uid("SEARCH", "UNSEEN", "UNDELETED"), "search")
    first = found[0] if found else b""
    return [uid.decode("ascii") for uid in first.split()] if isinstance(first, bytes) else []


def _read(server: IMAP4, uid: str) -> bytes | None:
    """Return a mail, its first five million octets at most; None where it is gone meanwhile."""
    parts = _expect(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)"), "fetch")
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _mark(server: IMAP4, uid: str, inbox: Inbox) -> None:
    flags = r"(\Seen \Deleted)" if inbox.deletes else r"(\Seen)"
    _expect(server.uid("STORE", uid, "+FLAGS.SILENT", flags), "store")
    if inbox.deletes:
        if "UIDPLUS" in server.capabilities:
            _expect(server.uid("EXPUNGE", uid), "expunge")
        else:
            _expect(server.expunge(), "expunge")


def _expect[Found](answer: tuple[str, list[Found]], step: str) -> list[Found]:
    said, found = answer
    if said != "OK":
        raise IMAP4.error(step)
    return found
