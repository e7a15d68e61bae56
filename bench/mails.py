"""What a hostile mail costs to read, and what the child costs an ordinary one.

`python bench/mails.py` reads each mail in a child with limits, as the worker does. With `--bare`
the parser reads it without a cap or a limit, as it did before; it is ended after a minute.
"""

import argparse
import multiprocessing
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage

from balise.foundation.limited.child import CannotWork
from balise.foundation.mail.parsing import parse
from balise.foundation.mail.reading import MailUnreadable, read_mail

LONG = 100_000
PATIENCE = 60.0  # seconds
TIMES = 100

_PLAIN = b"From: a@b.example\r\nSubject: Re: notice\r\n\r\nThe content has been removed.\r\n"


def headed(header: bytes) -> bytes:
    """Return a mail that has this header in front."""
    return header + b"\r\n" + _PLAIN


def filled(begins: bytes, piece: bytes) -> bytes:
    """Return a header of 100 kB."""
    return begins + piece * (LONG // len(piece))


def ordinary(size: int = 0) -> bytes:
    """Return a mail of a person, with a file of that many octets."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Desk <desk@host.example>", "Re: notice"
    mail["Message-ID"] = "<1@host.example>"
    mail.set_content("The content has been removed.\n" * 20)
    if size:
        mail.add_attachment(b"x" * size, maintype="image", subtype="png", filename="a.png")
    return mail.as_bytes()


ATTACKS = {
    "Content-Type, 100 kB": headed(filled(b"Content-Type: text/plain; ", b";")),
    "Content-Type, 8 kB": headed(b"Content-Type: text/plain; " + b";" * 8_100),
    "Content-Type of a part, 100 kB": (
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
        + filled(b"Content-Type: text/plain; ", b";")
        + b"\r\n\r\nhello\r\n--x--\r\n"
    ),
    "From, 100 kB": headed(filled(b"From: ", b'"')),
    "To, 100 kB": headed(filled(b"To: ", b'"')),
    "To, 100 kB of addresses": headed(filled(b"To: ", b"a@b.example, ")),
    "References, 100 kB": headed(filled(b"References: ", b"<a@b.example> ")),
    "Subject, 100 kB encoded": headed(filled(b"Subject: ", b"=?utf-8?q?=C3=A9?= ")),
    "3,000 multiparts in each other": b"From: a@b.example\r\n"
    + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(3_000)
    ),
    "200,000 parts": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    + b"--x\r\n\r\n" * 200_000,
    "5 MB of < in a page": b"Content-Type: text/html\r\n\r\n" + b"<" * 5_000_000,
}


def how(read: Callable[[], object]) -> str:
    """Return how a reading ended."""
    try:
        read()
    except MailUnreadable as unreadable:
        return f"set aside: {unreadable.reason}"
    return "read"


def bare(octets: bytes) -> str:
    """Return how the parser alone fares, in a process that is ended after a minute."""
    child = multiprocessing.get_context("fork").Process(target=_parse, args=(octets,))
    child.start()
    child.join(PATIENCE)
    if child.exitcode is None:
        child.kill()
        child.join()
        return "still reading: ended"
    return "read" if child.exitcode == 0 else "failed"


def _parse(octets: bytes) -> None:
    with suppress(CannotWork):
        parse(octets)


def main() -> None:
    """Read each attack, then ordinary mails, and print how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bare", action="store_true", help="without a cap, a child or a limit")
    is_bare = parser.parse_args().bare
    for name, octets in ATTACKS.items():
        start = time.perf_counter()
        ended = bare(octets) if is_bare else how(lambda octets=octets: read_mail(octets))  # type: ignore[misc]
        print(f"{name:35} {time.perf_counter() - start:7.2f} s   {ended}", flush=True)
    for name, octets in (("an ordinary mail", ordinary()), ("with 3.5 MB", ordinary(3_500_000))):
        took = []
        for _each in range(TIMES):
            start = time.perf_counter()
            parse(octets) if is_bare else read_mail(octets)
            took.append((time.perf_counter() - start) * 1_000)
        print(f"{name:35} {statistics.median(took):7.1f} ms   (the slowest {max(took):.1f} ms)")


if __name__ == "__main__":
    main()
