"""What `BALISE_MAIL` says, as Django's MAILERS. Pure: the settings call it.

    smtp://user:password@host:587?tls=starttls       (or tls=implicit; port 465)
    smtp://127.0.0.1:1025                            (no TLS: on this machine only)
    anymail+mailgun://?api_key=…&sender_domain=…     (the provider's own options)

An address that cannot be meant becomes a mailer that sends nothing, not one that sends elsewhere.
"""

from importlib.util import find_spec
from typing import Any

from balise.foundation.url import Url, UrlUnreadable, is_this_machine, read_url

TIMEOUT = 10  # seconds that a mail server may take for each answer
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
UNSENDABLE = "balise.foundation.mail.unsendable.EmailBackend"

_PORTS = {"starttls": 587, "implicit": 465, "none": 25}


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
        read = read_url(url)
    except UrlUnreadable as error:
        raise MailUrlFaulty(str(error)) from None
    scheme, _, provider = read.scheme.partition("+")
    if scheme == "smtp" and not provider:
        return {"BACKEND": SMTP_BACKEND, "OPTIONS": _smtp_options(read)}
    if scheme == "anymail" and provider:
        return {"BACKEND": _anymail_backend(provider), "OPTIONS": dict(read.options)}
    raise MailUrlFaulty("it begins neither with smtp:// nor with anymail+PROVIDER://")


def goes_out_in_clear(url: str) -> bool:
    """Return whether mail would leave this machine without TLS."""
    mailer = read_mail_url(url)
    options = mailer["OPTIONS"]
    return (
        mailer["BACKEND"] == SMTP_BACKEND
        and not is_this_machine(options["host"])
        and not (options["use_tls"] or options["use_ssl"])
    )


def _smtp_options(read: Url) -> dict[str, Any]:
    options = dict(read.options)
    if not read.host:
        raise MailUrlFaulty("it names no host")
    if read.path.strip("/"):
        raise MailUrlFaulty("nothing may stand between the host and the question mark")
    tls = options.pop("tls", "none")
    if tls not in _PORTS:
        raise MailUrlFaulty("tls is starttls or implicit")
    timeout = options.pop("timeout", str(TIMEOUT))
    if not (timeout.isascii() and timeout.isdigit() and int(timeout)):
        raise MailUrlFaulty("timeout is a number of seconds")
    if options:
        raise MailUrlFaulty(f"unknown: {', '.join(sorted(options))}")
    if bool(read.user) != bool(read.password):
        raise MailUrlFaulty("a user and a password go together")
    return {
        "host": read.host,
        "port": read.port or _PORTS[tls],
        "username": read.user,
        "password": read.password,
        "use_tls": tls == "starttls",
        "use_ssl": tls == "implicit",
        "timeout": int(timeout),
    }


def _anymail_backend(provider: str) -> str:
    module = f"anymail.backends.{provider.replace('-', '_')}"
    if not provider.replace("-", "").isalnum() or find_spec(module) is None:
        raise MailUrlFaulty(f"{provider!r} is not among Anymail's providers")
    return f"{module}.EmailBackend"
