"""`balise run`: the whole house on one machine, in one command."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.urls import reverse

from balise.config.management import places
from balise.config.management.addresses import Address, address
from balise.config.management.commands.serve import serve
from balise.config.management.readiness import make_sure, make_sure_free
from balise.config.modules import modules
from balise.config.processes import Program, run_together
from balise.foundation.accounts import demonstration
from balise.foundation.url import is_this_machine, split_url

PATIENCE = 20.0  # seconds the web may take to answer


class Command(BaseCommand):
    help = "Run web, worker and tracer together and, in a demonstration, a mail server that keeps."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address", type=address, default=Address("127.0.0.1", 8000), metavar="HOST:PORT"
        )

    def handle(self, **options: Any) -> None:
        make_sure(self)
        where: Address = options["address"]
        held = places.hold(settings.HOME, address=settings.PUBLIC_ADDRESS)
        places.make_sure_is_ours(where)
        settled = places.settled(where, is_demonstration=settings.DEMONSTRATION)
        if places.keep(settings.HOME, settled):  # the settings say it from their beginning
            os.execv(sys.executable, [sys.executable, "-m", "balise", *sys.argv[1:]])  # noqa: S606 - ourselves
        if settings.APP_ADDRESS:
            make_sure_free(app_at(where))
        if settings.DEMONSTRATION:
            make_sure_free(mailbox())
            for module in modules().values():
                if module.before_run:
                    module.before_run()
            connections.close_all()
        welcome = self.style.SUCCESS(f"Balise is at http://{where}")
        if settings.APP_ADDRESS:
            welcome += f"\nThe app of young people is at {settings.APP_ADDRESS}"
        welcome += self.sign_ins(where)

        def greet() -> None:
            if answers(where):
                self.say(welcome)

        with held:
            run_together(list(programs(where)), say=self.say, meanwhile=greet)

    def say(self, what: str) -> None:
        self.stdout.write(what)
        self.stdout.flush()

    def sign_ins(self, where: Address) -> str:
        """Return who can sign in, and where; a real centre keeps that to itself."""
        if not settings.DEMONSTRATION:
            return ""
        entrance = f"http://{where}{reverse('account_demonstration')}"
        lines = [f"\nSign in with one click at {entrance} as:"]
        lines += [f"  {person.name} <{person.email}>" for person in demonstration.people()]
        lines += [f"\nMail is kept in {settings.HOME / 'mail'}. Ctrl-C stops everything."]
        return "\n".join(lines)


def programs(where: Address) -> Iterator[Program]:
    """Yield the programs of a house on one machine."""
    python = [sys.executable, "-m"]
    yield Program("web", lambda: serve(where, shows_edits=True))
    if settings.APP_ADDRESS:
        own = ["balise", "serve", "--address", str(app_at(where))]
        yield Program("app", ["/usr/bin/env", "BALISE_DOORS=app", *python, *own])
    yield Program("worker", lambda: call_command("work"))
    every = list(reversed(modules().values()))  # what others stand on begins first
    for module in every:
        yield from (Program(*each) for each in module.programs().items())
    if settings.DEMONSTRATION:
        folder = str(settings.HOME / "mail")
        yield Program("mail", [*python, "balise.config.mailbox", str(mailbox().port), folder])
        # The environment may name ports at which another process serves them already.
        for name, (port, begins) in chain.from_iterable(one.doubles().items() for one in every):
            if port and not answers_now(port):
                yield Program(name, begins)


def app_at(where: Address) -> Address:
    """Return where the app's own origin listens: at its port on this machine, else at the next."""
    port = split_url(settings.APP_ADDRESS).port
    is_here = is_this_machine(split_url(settings.APP_ADDRESS).netloc)
    return Address(where.host, port if port and is_here else where.port + 1)


def mailbox() -> Address:
    """Return where the demonstration's own mail server listens."""
    return Address("127.0.0.1", split_url(settings.MAIL_URL).port or 25)


def answers_now(port: int) -> bool:
    """Return whether something on this machine listens on a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def answers(where: Address) -> bool:
    """Wait until the web answers, and return whether it did."""
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        try:
            socket.create_connection(where, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
