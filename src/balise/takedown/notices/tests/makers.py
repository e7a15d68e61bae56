"""Notices made the way the programme makes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.mail.tests.makers import Postmaster
from balise.foundation.tasks.running import run_due
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.law.rules import Facts
from balise.takedown.notices import access, tasks
from balise.takedown.notices.actions import drafting, sending
from balise.takedown.notices.models import Mailing, Notice, Told
from balise.takedown.notices.queries.mails import answer_link, contest_link
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.letters import Letter, SeenBy, Sighting
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.notices.tasks import clocks

_ALL = {access.READ, access.SEND, access.RECORD, access.JUDGE}
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), frozenset({*_ALL, "hotline.reports.read"}))
SECOND_ANALYST = Actor(
    ActorKind.STAFF, str(UUID(int=3)), frozenset({*_ALL, "hotline.reports.read"})
)
LEAD = Actor(
    ActorKind.STAFF,
    str(UUID(int=4)),
    frozenset({*_ALL, access.SET_CUSTOMS, "hotline.reports.read"}),
)
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
            "sighting": Sighting(at=now(), by=SeenBy.ANALYST),
            "in_good_faith": True,
            **given,
        }
    )


def make_notice(
    *,
    line: str = "hotline",
    subject: UUID | None = None,
    offence: str = "intimate-images",
    facts_on: date = FACTS_ON,
    about_minor: bool = False,
    contact_id: UUID | None = None,
    letter: Letter | None = None,
    known: Mapping[Rung, UUID] | None = None,
    by: Actor = ANALYST,
) -> UUID:
    """Return a draft to a host that takes mail, in French."""
    return drafting.draft(
        line=line,
        subject=subject or uuid4(),
        offence=offence,
        facts=Facts(facts_on),
        about_minor=about_minor,
        contact_id=contact_id or make_contact(make_host()),
        letter=letter or make_letter(),
        country="FR",
        known=known or {},
        by=by,
    )


def another_contact(name: str = "Other", address: str = "abuse@other.example") -> UUID:
    """Return a contact of another host that takes mail, in French."""
    return make_contact(make_host(name, domains=()), address)


def state_of(notice_id: UUID) -> NoticeState:
    """Return where a notice stands."""
    return Notice.objects.get(id=notice_id).stands


def told(name: str) -> list[dict[str, object]]:
    """Return the facts of each entry about a notice with this name, in order."""
    return [entry.facts for entry in Entry.objects.filter(event=f"takedown.notice.{name}")]


def told_of(name: str, noun: str = "notice") -> list[dict[str, object]]:
    """Return the facts of each entry of another noun, in order."""
    return [entry.facts for entry in Entry.objects.filter(event=f"takedown.{noun}.{name}")]


def work(*, tolerate: bool = False) -> None:
    """Do what the worker does: let leave what may, and run the jobs that are due."""
    tasks.send_queued([])
    tasks.send_written([])
    run_due(tolerate=tolerate)


def send(notice_id: UUID, *, by: Actor = ANALYST) -> None:
    """Put a notice on its way at once, whatever the hour."""
    sending.send(notice_id=notice_id, at_once=True, by=by)


def make_sent(office: Postmaster, **given: Any) -> UUID:
    """Return a notice that a host's mail server took."""
    notice_id = make_notice(**given)
    send(notice_id)
    work()
    assert office.kept
    return notice_id


def look_at_clocks() -> None:
    """Look at the clocks that have run out, as the worker does every five minutes."""
    clocks.look_at_clocks.func()
    run_due()


def get(notice_id: UUID) -> Notice:
    """Return a notice as it stands."""
    return Notice.objects.select_related("contact__organisation").get(id=notice_id)


def public_pages_of_the_notice() -> tuple[UUID, str, str]:
    """Return the only notice, the page that answers its mail, and the page that objects to it."""
    notice, mailing = Notice.objects.get(), Mailing.objects.get()
    links = (answer_link(mailing.id, language="fr"), contest_link(notice.id, language="fr"))
    answering, objecting = ("/" + link.split("/", 3)[3] for link in links)
    return notice.id, answering, objecting


def the_told() -> UUID:
    """Return the only rung that was told by hand."""
    return Told.objects.get().id
