"""Take in what another line brings with the yes of who kept it; open the paper of it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import override, pgettext

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.events import DossierBrought, DossierPaperOpened
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.authorities import authority as find_authority
from balise.takedown.onward.dossiers.rules.brought import Offer, check_offer
from balise.takedown.onward.dossiers.rules.facts import Brought, DossierFacts, Place, Reception


def bring(*, line: str, authority: str, offer: Offer, by: Actor) -> UUID:
    """Draft the dossier of what another line offers, for the people of `line`; return its id.

    They approve it, as any that they did not write. Refuses (AuthorityUnknown, FactsRefused,
    EvidenceTooLarge, AlreadyTold) what nobody could act on, is too large, or was brought before.
    """
    access.require_ability(by, access.BRING)
    find_authority(authority, country=settings.COUNTRY)
    check_offer(offer, today=today())
    parts = {names.PAPER: offer.evidence.paper, names.ARCHIVE: offer.evidence.archive}
    with transaction.atomic():
        facts = _facts(line, offer, at=now())
        dossier_id = drafting.write(facts=facts, authority=authority, evidence=parts, by=by)
        about = Dossier.objects.only(*_ABOUT).get(id=dossier_id).about
        record(DossierBrought(**about, origin=Code(offer.origin), items=len(offer.items)), by=by)
    return dossier_id


def read_paper(*, dossier_id: UUID, by: Actor) -> bytes:
    """Return the paper of what was brought, as PDF, and write down who opened it.

    Raises NotHere for a dossier that nobody brought, KeyForgotten once it is erased.
    """
    with transaction.atomic():
        dossier = access.found(Dossier, dossier_id, access.READ, by=by)
        paper = queries.evidence_of(dossier).get(names.PAPER)
        if paper is None:
            raise NotHere(Dossier.__name__)
        record(DossierPaperOpened(**dossier.about), by=by)
    return paper


_ABOUT = ("id", "subject", "line", "authority", "offence", "number")


def _facts(line: str, offer: Offer, *, at: datetime) -> DossierFacts:
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words[language] = pgettext("dossier", "Helpline, with their agreement")
    return DossierFacts(
        line=line,
        subject=offer.subject,
        category=offer.category,
        offence=offer.offence,
        facts_on=offer.facts_on,
        decided_at=at,
        decided_twice=False,
        rationale=offer.rationale,
        urgent=offer.urgent,
        places=(Place(address=offer.place),),
        receptions=(Reception(at=offer.agreed_at, channel=offer.origin, words=words),),
        items=offer.items,
        brought=Brought(
            origin=offer.origin,
            agreed_at=offer.agreed_at,
            agreed=offer.agreed,
            evidence=offer.evidence.sha256,
            withheld=offer.withheld,
        ),
    )
