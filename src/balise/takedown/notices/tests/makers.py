"""Notices made the way the programme makes them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.tasks.testing import run_due
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import access, tasks
from balise.takedown.notices.actions import drafting, sending
from balise.takedown.notices.models import Notice
from balise.takedown.notices.rules.letters import Letter
from balise.takedown.notices.rules.states import State

_ALL = {access.READ, access.SEND, access.RECORD}
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), frozenset({*_ALL, "hotline.reports.read"}))
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=2)), frozenset({*_ALL, "helpline.cases.read"}))
OUTSIDER = Actor(ActorKind.STAFF, str(UUID(int=9)), frozenset({"hotline.reports.read"}))

FACTS_ON = date(2026, 10, 1)
LOCATION = "https://images.example/album/1"


def make_letter(**given: Any) -> Letter:
    """Return a letter that holds all that the law asks for, but for what is given otherwise."""
    return Letter(
        **{
            "locations": (LOCATION,),
            "explanation": "L'album diffuse l'image intime d'une personne qui s'y oppose.",
            "details": "Compte « exemple », troisième image.",
            "seen_at": now(),
            "in_good_faith": True,
            **given,
        }
    )


def make_notice(
    *,
    line: str = "hotline",
    subject: UUID | None = None,
    offence: str = "intimate-images",
    contact_id: UUID | None = None,
    letter: Letter | None = None,
    by: Actor = ANALYST,
) -> UUID:
    """Return a draft to a host that takes mail, in French."""
    return drafting.draft(
        line=line,
        subject=subject or uuid4(),
        offence=offence,
        facts_on=FACTS_ON,
        contact_id=contact_id or make_contact(make_host()),
        letter=letter or make_letter(),
        country="FR",
        by=by,
    )


def state_of(notice_id: UUID) -> State:
    """Return where a notice stands."""
    return Notice.objects.get(id=notice_id).stands


def told(name: str) -> list[dict[str, object]]:
    """Return the facts of each entry about a notice with this name, in order."""
    return [entry.facts for entry in Entry.objects.filter(event=f"takedown.notice.{name}")]


def work(*, tolerate: bool = False) -> None:
    """Do what the worker does: queue what was put on its way, and run the jobs that are due."""
    tasks.send_queued(list(Entry.objects.filter(event="takedown.notice.queued")))
    run_due(tolerate=tolerate)


def make_sent(office: Postmaster, *, subject: UUID | None = None) -> UUID:
    """Return a notice that a host's mail server took."""
    notice_id = make_notice(subject=subject)
    sending.send(notice_id=notice_id, by=ANALYST)
    work()
    assert office.kept
    return notice_id
