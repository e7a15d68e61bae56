"""Read the environment: the one way to configure a Balise. `X_FILE` names a file that holds X.

What cannot be meant is noted as a fault and replaced by something harmless, so that settings
always load. Nothing is served and no command runs with a fault noted: see `stop_if_faulty`.
"""

import os
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dj_database_url

from balise.foundation.url import split_url

NOT_SET_UP = "not-set-up"  # used where a secret key is missing
EX_CONFIG = 78  # sysexits.h: something is wrong with the configuration

LOOPBACK = ("127.0.0.1", "localhost", "::1")

SERVED = "served"  # the file of a home in which `balise run` keeps where it serves it

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"


@dataclass(frozen=True, slots=True)
class Fault:
    """One variable that cannot be meant: what is the matter, and what to write instead."""

    id: str
    message: str
    hint: str


FAULTS: list[Fault] = []


def text(name: str, default: str = "") -> str:
    """Return a variable's text; `NAME_FILE` may name a file that holds it (a secret's place)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            hint = f"Let {name}_FILE name a file that this process may read."
            _note("balise.E013", f"{name}_FILE: cannot read {file}: {reason}.", hint)
            return default
    return os.environ.get(name, default)


def kept(name: str, file: Path) -> str:
    """Return a secret: a variable's text, else the content of the file it is kept in, else ""."""
    given = text(name)
    if given or not file.exists():
        return given
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        hint = f"Let this process read the file, or set {name} or {name}_FILE."
        _note("balise.E013", f"Cannot read {file}: {error.strerror}.", hint)
        return ""


def served(home: Path) -> dict[str, str]:
    """Return, by variable, where `balise run` serves the centre of a home, or served it last."""
    try:
        lines = (home / SERVED).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {name: value for name, _is, value in (line.partition("=") for line in lines)}


def words(name: str, default: str, *, among: Collection[str], id_: str) -> list[str]:
    """Return a variable's comma-separated words, each one of those that are known."""
    given = free_words(name, default)
    unknown = [word for word in given if word not in among]
    if unknown or not given:
        unknown_words = ", ".join(repr(word) for word in unknown) or "empty"
        _note(id_, f"{name} is {unknown_words}.", f"Known: {', '.join(sorted(among))}.")
        return [word.strip() for word in default.split(",")]
    return given


def word(name: str, default: str, *, among: Collection[str], id_: str) -> str:
    """Return a variable's word, one of those that are known."""
    return words(name, default, among=among, id_=id_)[0]


def free_words(name: str, default: str = "") -> list[str]:
    """Return a variable's comma-separated words, whatever they are."""
    return [each.strip() for each in text(name, default).split(",") if each.strip()]


def pairs(name: str, default: str = "") -> dict[str, str]:
    """Return a variable's comma-separated `name=value` pairs, whatever they are."""
    given = (each.partition("=") for each in free_words(name, default))
    return {key.strip(): value.strip() for key, _equals, value in given}


def flag(name: str, *, default: bool = False) -> bool:
    """Return a variable as yes or no."""
    value = text(name).lower() or ("1" if default else "0")
    if value not in {"0", "1", "no", "yes", "false", "true"}:
        _note("balise.E012", f"{name} is {value!r}.", f"Write {name}=1 or {name}=0.")
        return default
    return value in {"1", "yes", "true"}


def number(name: str, default: int) -> int:
    """Return a variable as a whole number, 0 or more."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        _note("balise.E011", f"{name} is {value!r}.", f"Write {name} as a number, such as 300.")
        return default
    return int(value)


def ports(name: str, default: str = "", *, among: Collection[str], id_: str) -> dict[str, int]:
    """Return a variable's ports by name (`dns=1,rdap=2`): all of those asked for, or none."""
    given = [one.partition("=") for one in free_words(name, default)]
    read = {word: int(port) for word, _is, port in given if port.isascii() and port.isdigit()}
    if given and (set(read) != set(among) or not all(0 < port < 1 << 16 for port in read.values())):
        example = ",".join(f"{word}=8053" for word in among)
        _note(id_, f"{name} names no ports.", f"Write {name} as {example}.")
        return {}
    return read


def path(name: str, default: Path) -> Path:
    """Return a variable as an absolute path."""
    return Path(text(name) or default).expanduser().absolute()


def url(name: str, default: str = "", *, schemes: Collection[str], id_: str) -> str:
    """Return a variable's URL, of a known scheme and with a host or a path."""
    value = text(name) or default
    hint = f"Write {name} as {' or '.join(f'{scheme}://…' for scheme in schemes)}."
    if not value:
        return ""

    def checked() -> str:
        parts = split_url(value)
        _ = parts.port  # raises on a port that is not a number
        if parts.scheme not in schemes or not (parts.hostname or parts.path):
            raise ValueError
        return value

    return _attempt(checked, instead=default, fault=Fault(id_, f"{name} is not usable.", hint))


def host(name: str, *, other_than: str, id_: str) -> str:
    """Return a variable's host name, in small letters; "" where there is none.

    Refused are one with a scheme, port or path, and the host of an address that it must not be.
    """
    value = text(name).lower()
    parts = split_url(f"//{value}")
    if value and (parts.hostname != value or value == split_url(other_than).hostname):
        _note(
            id_, f"{name} is {value!r}.", f"Write {name} as a host of its own: cms.centre.example."
        )
        return ""
    return value


def on_host(address: str, host: str) -> str:
    """Return an address with another host, the scheme and the port as they are."""
    parts = split_url(address)
    return parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}").geturl()


def sister(name: str, default: str, *, of: str, id_: str) -> str:
    """Return a variable's origin, beside another of the same site; "" where there is none.

    Refused are the other one itself, another scheme, more than scheme, host and port, a host that
    shares no domain with the other's, and the same host with another port, but on this machine.
    """
    value = text(name, default).rstrip("/")
    parts, other = split_url(value), split_url(of)
    if not value:
        return ""
    is_origin = value == f"{parts.scheme}://{parts.netloc}" and parts.hostname and "@" not in value
    domain = shared_domain(of, value)
    is_beside = value != of and parts.scheme == other.scheme and domain is not None
    if is_origin and is_beside and (domain or parts.hostname in LOOPBACK):
        return value
    if text(name):
        hint = f"Write {name} as an origin of the same site, such as https://app.centre.example."
        _note(id_, f"{name} is {value!r}.", hint)
    return ""  # what another address was served with is forgotten in silence


def shared_domain(one: str, other: str) -> str | None:
    """Return the domain that the hosts of two addresses share; "" where they are one host.

    None where they share none of two names or more: a browser gives them no cookie together.
    """
    hosts = [(split_url(each).hostname or "").lower() for each in (one, other)]
    if hosts[0] == hosts[1]:
        return ""
    shared: list[str] = []
    for left, right in zip(*(reversed(host.split(".")) for host in hosts), strict=False):
        if left != right:
            break
        shared.insert(0, left)
    is_domain = len(shared) > 1 and not shared[-1].isdigit()
    return ".".join(shared) if is_domain else None


def database(default: str) -> dict[str, object]:
    """Return Django's settings for the database that `DATABASE_URL` names."""
    value = text("DATABASE_URL") or default
    fault = Fault(
        "balise.E002",
        # The address may hold a password: it is never repeated.
        "DATABASE_URL is not the address of a SQLite or PostgreSQL database.",
        "Write postgres://user:password@host:5432/name or sqlite:////path/to/file; "
        "leave it out to use SQLite in BALISE_HOME.",
    )

    def parsed() -> dict[str, object]:
        found: dict[str, Any] = dict(dj_database_url.parse(value))
        if found["ENGINE"] not in {SQLITE, POSTGRESQL} or not found["NAME"]:
            raise ValueError
        if found["ENGINE"] == POSTGRESQL:
            # The hot paths' own statements (foundation/rows.py) are prepared; Django's never are.
            found["OPTIONS"] = {"prepare_threshold": 1, **found.get("OPTIONS", {})}
        return found

    # The dummy backend refuses every use: no command may mistake another database for this one.
    return _attempt(parsed, instead={"ENGINE": "django.db.backends.dummy"}, fault=fault)


def time_zone(name: str, default: str) -> str:
    """Return a variable's time zone, such as `Europe/Paris`."""
    value = text(name) or default
    hint = "Write a name of the IANA time zone database, such as Europe/Paris."
    fault = Fault("balise.E010", f"{name} is {value!r}, which is no time zone.", hint)
    return _attempt(lambda: ZoneInfo(value).key, instead="UTC", fault=fault)


def stop_if_faulty() -> None:
    """End the process, with one line for each fault and its hint, if any was noted."""
    if FAULTS:
        for fault in FAULTS:
            sys.stderr.write(f"balise: {fault.message} ({fault.id})\n        {fault.hint}\n")
        raise SystemExit(EX_CONFIG)


def _attempt[Value](read: Callable[[], Value], *, instead: Value, fault: Fault) -> Value:
    try:
        return read()
    except (ValueError, KeyError, OSError):
        _note(fault.id, fault.message, fault.hint)
        return instead


def _note(id_: str, message: str, hint: str) -> None:
    fault = Fault(id_, message, hint)
    if fault not in FAULTS:
        FAULTS.append(fault)
