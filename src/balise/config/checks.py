"""System checks: a wrong setting is told before the first request, with an id and a hint."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import DatabaseError, NotSupportedError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from balise.config import environment
from balise.foundation.cluster import lacks
from balise.foundation.url import UrlUnreadable, is_this_machine, read_url

PATIENCE = 2.0  # seconds Valkey may take to answer
SET_UP = "Run `balise setup`."
READABLE_BY_OTHERS = 0o077
CLUSTER_LACKS = {
    "address": "balise.E021",
    "library": "balise.E022",
    "token": "balise.E023",
    "tls": "balise.E024",
}


@register()
def the_environment_can_be_meant(**_options: Any) -> list[CheckMessage]:
    """Return an error for each variable that cannot be meant (E002, E005, E007, E009 to E013)."""
    return [Error(fault.message, hint=fault.hint, id=fault.id) for fault in environment.FAULTS]


@register()
def the_secret_key_is_set(**_options: Any) -> list[CheckMessage]:
    """E001: without a secret key anyone could forge a session. W001: others can read it."""
    if settings.SECRET_KEY == environment.NOT_SET_UP:
        hint = f"{SET_UP} It writes one, once; or set BALISE_SECRET_KEY_FILE."
        return [Error("There is no secret key.", hint=hint, id="balise.E001")]
    file = settings.HOME / "secret-key"
    if file.exists() and file.stat().st_mode & READABLE_BY_OTHERS:
        return [
            Warning(f"Others can read {file}.", hint=f"chmod 0400 {file}", id="balise.W001"),
        ]
    return []


@register()
def the_public_address_is_ours(**_options: Any) -> list[CheckMessage]:
    """E008: links in mails lead to an address that is ours, by TLS or on this machine."""
    name = "APP_ADDRESS" if "app" in settings.DOORS else "PUBLIC_ADDRESS"
    address = getattr(settings, name)
    hint = f"Write BALISE_{name} as https://host, and name the host in BALISE_HOSTS."
    return [
        Error(f"BALISE_{name} ({address}): {fault}.", hint=hint, id="balise.E008")
        for fault in _faults_of_address(address)
    ]


def _faults_of_address(address: str) -> Iterator[str]:
    try:
        read = read_url(address)
    except UrlUnreadable as error:
        yield str(error)
        return
    if read.scheme not in {"http", "https"} or not read.host:
        yield "it is no web address"
    elif read.path or read.options or read.fragment or read.user:
        yield "it says more than a scheme, a host and a port"
    elif not validate_host(read.named, settings.ALLOWED_HOSTS):
        yield f"{read.host} is not among the hosts answered for"
    elif read.scheme == "http" and not is_this_machine(read.host):
        yield "only this machine itself may be reached without TLS"


@register()
def the_app_stands_alone(**_options: Any) -> list[CheckMessage]:
    """E026: a process of the app's own origin opens that door alone, and knows its address."""
    if "app" not in settings.DOORS or (settings.DOORS == ["app"] and settings.APP_ADDRESS):
        return []
    hint = "Write BALISE_DOORS=app for a process of its own, and BALISE_APP_ADDRESS for all."
    return [Error("The app's door opens alone, at its address.", hint=hint, id="balise.E026")]


@register(deploy=True)
def the_app_has_an_origin(**_options: Any) -> list[CheckMessage]:
    """W027: on the public origin, a script on any public page could ask a vault's key."""
    if settings.APP_ADDRESS or "public" not in settings.DOORS:
        return []
    hint = "Give the app a host of its own: BALISE_APP_ADDRESS (docs/operations/install.md)."
    return [Warning("The app and its vault share an origin.", hint=hint, id="balise.W027")]


@register()
def the_cluster_is_safe(**_options: Any) -> list[CheckMessage]:
    """E021 to E024: a Ray cluster without an address, the library, a token or TLS."""
    if not settings.RAY:
        return []
    return [
        Error(lack.message, hint=lack.hint, id=CLUSTER_LACKS[lack.code])
        for lack in lacks(settings.RAY, os.environ)
    ]


@register(Tags.database)
def the_database_answers(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """E003: too old a PostgreSQL. E004: no answer."""
    return [message for alias in databases or () for message in _matters_of(alias)]


def _matters_of(alias: str) -> Iterator[CheckMessage]:
    connection = connections[alias]
    try:
        connection.ensure_connection()
    except NotSupportedError as error:
        hint = "Use PostgreSQL 15 or later."
        yield Error(f"The database is too old: {_first_line(error)}.", hint=hint, id="balise.E003")
    except DatabaseError as error:
        hint = "Is it running, and is DATABASE_URL its address?"
        found = f"The database does not answer: {_first_line(error)}."
        yield Error(found, hint=hint, id="balise.E004")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")


def tables_are_made() -> list[CheckMessage]:
    """E014: tables are missing. Not registered: `migrate`, which makes them, asks every check."""
    executor = MigrationExecutor(connections["default"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return []
    found = f"The database lacks {len(missing)} changes to its tables."
    return [Error(found, hint=SET_UP, id="balise.E014")]


@register(Tags.database)
def valkey_answers(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """E006: Valkey, which holds shared rate limits and notifications, must answer."""
    if not settings.VALKEY_URL or not databases:
        return []  # asked with the database: neither is reached for by a plain `check`
    from redis import Redis, RedisError  # noqa: PLC0415 - a third of a second, for who uses it

    try:
        with Redis.from_url(
            settings.VALKEY_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as valkey:
            valkey.ping()
    except (RedisError, ValueError, OSError) as error:
        hint = "Is it running, and is VALKEY_URL its address? Leave VALKEY_URL out to do without."
        return [Error(f"Valkey does not answer: {error}", hint=hint, id="balise.E006")]
    return []
