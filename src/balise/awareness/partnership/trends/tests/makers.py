"""Emerging uses, rises, briefings and those who receive them, made the way the programme does."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from balise.awareness.partnership.partners.tests.makers import make_organisation
from balise.awareness.partnership.trends.actions import briefings, notebook, readers
from balise.awareness.partnership.trends.actions.notebook import Sign
from balise.awareness.partnership.trends.rules.notebook import By, ReferenceKind, Source
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import today
from balise.foundation.journal import clerk
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.hotline.reports.events import ReportFinished
from balise.hotline.reports.rules.words import Channel

ADDRESS = "Contact@partenaire.example"


def sign_of(**facts: Any) -> Sign:
    """Return what is written of an emerging use that was seen three weeks ago."""
    usual: dict[str, Any] = {
        "title": "Des groupes de défis privés",
        "signal": "Des élèves sont invités par un inconnu.",
        "topic": "contacts",
        "source": Source.FIELD,
        "first_seen": today() - timedelta(days=21),
        "seen_by": By.TRAINER,
        "evidence": "https://groups.example/challenge",
    }
    return Sign(**{**usual, **facts})


def make_use(*, by: Actor | None = None, **facts: Any) -> UUID:
    """Return an emerging use."""
    return notebook.notice(sign=sign_of(**facts), by=by or make_actor("coordinator"))


def make_reference(**facts: Any) -> UUID:
    """Return a national policy of another country."""
    usual: dict[str, Any] = {
        "kind": ReferenceKind.POLICY,
        "day": today(),
        "country": "BE",
        "title": "Une loi sur les messages privés",
        "text": "Fermés par défaut aux inconnus.",
        "topic": "contacts",
    }
    return notebook.note_reference(by=make_actor("coordinator"), **{**usual, **facts})


def make_sheet(use_id: UUID, **facts: Any) -> None:
    """Write an exchange sheet of a use."""
    usual = {
        "issue": "Private challenge groups",
        "topic": "contact-related issues",
        "description": "Pupils are invited by a stranger.",
        "done": "A lesson plan was published.",
        "contact": "awareness@centre.example",
    }
    notebook.write_sheet(use_id=use_id, by=make_actor("coordinator"), **{**usual, **facts})


def make_draft(**facts: Any) -> UUID:
    """Return a briefing that is being prepared, in French."""
    usual = {"language": "fr", "title": "Ce que nous voyons"}
    return briefings.draft(by=make_actor("coordinator"), **{**usual, **facts})


def choose(briefing_id: UUID, **chosen: Any) -> None:
    """Say what a draft is made of."""
    usual: dict[str, Any] = {
        "title": "Ce que nous voyons",
        "intro": "Bonjour.",
        "uses": [],
        "rising": [],
        "references": [],
    }
    by = make_actor("coordinator")
    briefings.choose(briefing_id=briefing_id, by=by, **{**usual, **chosen})


def make_edition(**chosen: Any) -> UUID:
    """Return a briefing that was sent, of one use unless something else is chosen."""
    draft = make_draft()
    choose(draft, **(chosen or {"uses": [str(make_use())]}))
    briefings.send(briefing_id=draft, by=make_actor("coordinator"))
    return draft


def make_reader(*, is_confirmed: bool = True, address: str = ADDRESS) -> UUID:
    """Return a partner's contact who receives briefings."""
    reader = readers.ask(
        organisation_id=make_organisation(f"Partenaire {uuid4().hex[:6]}"),
        language="fr",
        address=address,
        by=make_actor("coordinator"),
    )
    if is_confirmed:
        readers.settle(reader=reader, left=False, by=SYSTEM)
    return reader


def finish_reports(category: str, on: date, times: int) -> None:
    """Write down that reports of a category were finished; `count` counts them.

    The first fact of all is of two years ago: nothing counts before it.
    """
    event = ReportFinished(
        subject=uuid4(),
        channel=Channel.WEB,
        category=Code(category),
        age_band=Code("13-14"),
        abandoned=False,
        received_on=on,
    )
    at = clock.now() if Entry.objects.exists() else clock.now() - timedelta(days=730)
    with clock.at(at), transaction.atomic():
        record_many([event] * times, by=ANYONE)


def count() -> None:
    """Let the clerk hand over what was written, so that it is counted."""
    while clerk.tick():
        pass
