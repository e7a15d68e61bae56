"""Dossiers made the way the programme makes them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.takedown.law.rules.items import Act, AgeGroup, Answer, Item as Shown, Media, Reality
from balise.takedown.notices.rules.letters import SeenBy, Sighting
from balise.takedown.onward.dossiers import access, tasks
from balise.takedown.onward.dossiers.actions import drafting, handing
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules.facts import (
    Account,
    Brought,
    Digest,
    DossierFacts,
    Fingerprint,
    Item,
    Mark,
    NoticeSent,
    Place,
    Reception,
)
from balise.takedown.onward.dossiers.rules.states import Channel, DossierState

_ALL = frozenset(
    {access.READ, access.DRAFT, access.APPROVE, access.HAND_OVER, access.RECORD}
    | {"hotline.reports.read"}
)
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), _ALL)
SECOND = Actor(ActorKind.STAFF, str(UUID(int=2)), _ALL)
LISTENER = Actor(
    ActorKind.STAFF, str(UUID(int=3)), _ALL - {"hotline.reports.read"} | {"helpline.cases.read"}
)
OUTSIDER = Actor(ActorKind.STAFF, str(UUID(int=9)), frozenset({"hotline.reports.read"}))

ADDRESS = "https://images.example/album/1"
# An authority of the tests: everyone may know its secret.
IDENTITY = "AGE-SECRET-KEY-1WRXCMZKNNU4Z6NMVQ2LY33KDJV5XRNAXCCKZ2VGLPRN3SC3QNFKS4FK6V6"
RECIPIENT = "age15tfqfxrw0l7gjkxer9m63kuweeufzk0zlcz4jjz26h67njvc3s0q7m693u"
MOMENT = datetime(2026, 10, 2, 8, 30, tzinfo=UTC)


def make_facts(**given: Any) -> DossierFacts:
    """Return facts that someone could act on, but for what is given otherwise."""
    return DossierFacts(
        **{
            "line": "hotline",
            "subject": uuid4(),
            "category": {"fr": "Provocation à la haine", "en": "Incitement to hatred"},
            "offence": "hate-incitement",
            "facts_on": date(2026, 10, 1),
            "decided_at": now(),
            "decided_twice": False,
            "rationale": "La page appelle à s'en prendre à un groupe de personnes.",
            "places": (Place(address=ADDRESS, host="images.example", country="NL", network=64500),),
            "receptions": (
                Reception(
                    at=now() - timedelta(hours=3),
                    channel="web",
                    words={"fr": "Formulaire public", "en": "Public form"},
                ),
            ),
            **given,
        }
    )


def make_full_facts(**given: Any) -> DossierFacts:
    """Return facts with everything that they can hold."""
    return make_facts(
        **{
            "offence": "csam-sharing",
            "decided_twice": True,
            "urgent": True,
            "places": (
                Place(
                    address=ADDRESS,
                    host="images.example",
                    ip="192.0.2.7",
                    country="NL",
                    network=64500,
                    traced_at=MOMENT,
                ),
                Place(address="compte « exemple », messagerie d'exemple"),
            ),
            "sightings": (
                Sighting(at=MOMENT, by=SeenBy.REPORTER),
                Sighting(at=MOMENT + timedelta(hours=1), by=SeenBy.ANALYST),
            ),
            "accounts": (
                Account(
                    service="images.example",
                    screen_name="exemple",
                    names=("Exemple",),
                    profiles=("https://images.example/u/exemple",),
                    emails=("exemple@courriel.example",),
                    phones=("+33100000000",),
                    said="Un compte d'exemple.",
                ),
                Account(service="forum.example", screen_name="autre"),
            ),
            "items": (
                Item(
                    shows=Shown(
                        age=AgeGroup.PRE_PUBESCENT,
                        act=Act.POSING,
                        reality=Reality.GENERATED,
                        self_generated=Answer.NO,
                        media=Media.IMAGE,
                    ),
                    described="Une image, décrite sans être reproduite.",
                    address=f"{ADDRESS}/1.jpg",
                    file_name="1.jpg",
                    fingerprints=(
                        Fingerprint(digest=Digest.SHA256, value="ab" * 32),
                        Fingerprint(digest=Digest.MD5, value="cd" * 16),
                    ),
                    marks=(Mark.VIRAL,),
                    viewed=True,
                ),
            ),
            "notices": (NoticeSent(host="Hébergeur Exemple", number="N-1", sent_at=MOMENT),),
            **given,
        }
    )


def make_brought_facts() -> DossierFacts:
    """Return facts of what the helpline handed over."""
    agreed = {"fr": "La jeune personne, par téléphone", "en": "The young person, by phone"}
    brought = Brought(origin="helpline", agreed_at=MOMENT, agreed=agreed, evidence="ab" * 32)
    return make_full_facts(brought=brought)


def make_draft(facts: DossierFacts | None = None, *, by: Actor = ANALYST) -> UUID:
    """Return a draft for the usual authority."""
    return drafting.draft(facts=facts or make_facts(), by=by)


def make_approved(facts: DossierFacts | None = None) -> UUID:
    """Return a dossier with its number, not packed yet."""
    dossier_id = make_draft(facts)
    drafting.approve(dossier_id=dossier_id, by=SECOND)
    return dossier_id


def make_packed(facts: DossierFacts | None = None) -> UUID:
    """Return a dossier that the worker has packed."""
    dossier_id = make_approved(facts)
    work()
    return dossier_id


def make_handed_over(facts: DossierFacts | None = None) -> UUID:
    """Return a dossier that someone put into the authority's portal."""
    dossier_id = make_packed(facts)
    handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=ANALYST)
    return dossier_id


def taken(dossier_id: UUID, *, sealed: bool = False) -> bytes:
    """Return a dossier's package as it is downloaded."""
    return handing.download(dossier_id=dossier_id, sealed=sealed, by=ANALYST).octets


def state_of(dossier_id: UUID) -> DossierState:
    """Return where a dossier stands."""
    return Dossier.objects.get(id=dossier_id).stands


def told(name: str) -> list[dict[str, object]]:
    """Return the facts of each entry with this name, in order."""
    return [entry.facts for entry in Entry.objects.filter(event=f"takedown.{name}")]


def work(*, tolerate: bool = False) -> None:
    """Do what the worker does: hear what was approved or queued, and run the jobs that are due."""
    tasks.pack_approved(list(Entry.objects.filter(event="takedown.dossier.approved")))
    tasks.mail_queued(list(Entry.objects.filter(event="takedown.dossier.queued")))
    run_due(tolerate=tolerate)
