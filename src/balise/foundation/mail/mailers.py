"""What `BALISE_MAIL` says, as Django's MAILERS. Pure: the settings call it.

    smtp://user:password@host:587?tls=starttls       (or tls=implicit; port 465)
    smtp://127.0.0.1:1025                            (no TLS: on this machine only)
    anymail+mailgun://?api_key=…&sender_domain=…     (the provider's own options)

An address that cannot be meant becomes a mailer that sends nothing, not one that sends elsewhere.
"""

from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

TIMEOUT = 10  # seconds that a mail server may take for each answer
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
UNSENDABLE = "balise.foundation.mail.unsendable.EmailBackend"

_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class MailUrlFaulty(ValueError):
    """`BALISE_MAIL` is no mail server's address. The message never repeats it: it holds secrets."""


def mailers_from(url: str) -> dict[str, dict[str, Any]]:
    """Return Django's MAILERS for a mail address; one that refuses to send if it is faulty."""
    try:
        return {"default": read_mail_url(url)}
    except MailUrlFaulty:
        return {"default": {"BACKEND": UNSENDABLE}}


def read_mail_url(url: str) -> dict[str, Any]:
    """Return the mailer that an address describes, or raise `MailUrlFaulty`, saying what is wrong.

    `timeout` (seconds) may be given for SMTP; it is 10 otherwise.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise MailUrlFaulty("it cannot be read as an address") from None
    scheme, _, provider = parts.scheme.partition("+")
    if scheme == "smtp" and not provider:
        return {"BACKEND": SMTP_BACKEND, "OPTIONS": _smtp_options(parts, port, options)}
    if scheme == "anymail" and provider:
        return {"BACKEND": _anymail_backend(provider), "OPTIONS": options}
    raise MailUrlFaulty("it begins neither with smtp:// nor with anymail+PROVIDER://")


def goes_out_in_clear(url: str) -> bool:
    """Return whether mail would leave this machine without TLS."""
    mailer = read_mail_url(url)
    options = mailer["OPTIONS"]
    return (
        mailer["BACKEND"] == SMTP_BACKEND
        and options["host"] not in _LOOPBACK
        and not (options["use_tls"] or options["use_ssl"])
    )


def _smtp_options(parts: SplitResult, port: int | None, options: dict[str, str]) -> dict[str, Any]:
    if not parts.hostname:
        raise MailUrlFaulty("it names no host")
    if parts.path.strip("/"):
        raise MailUrlFaulty("nothing may stand between the host and the question mark")
    tls = options.pop("tls", "none")
    if tls not in _PORTS:
        raise MailUrlFaulty("tls is starttls or implicit")
    timeout = options.pop("timeout", str(TIMEOUT))
    if not (timeout.isascii() and timeout.isdigit() and int(timeout)):
        raise MailUrlFaulty("timeout is a number of seconds")
    if options:
        raise MailUrlFaulty(f"unknown: {', '.join(sorted(options))}")
    if bool(parts.username) != bool(parts.password):
        raise MailUrlFaulty("a user and a password go together")
    return {
        "host": parts.hostname,
        "port": port or _PORTS[tls],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": tls == "starttls",
        "use_ssl": tls == "implicit",
        "timeout": int(timeout),
    }


def _anymail_backend(provider: str) -> str:
    module = f"anymail.backends.{provider.replace('-', '_')}"
    if not provider.replace("-", "").isalnum() or find_spec(module) is None:
        raise MailUrlFaulty(f"{provider!r} is not among Anymail's providers")
    return f"{module}.EmailBackend"
