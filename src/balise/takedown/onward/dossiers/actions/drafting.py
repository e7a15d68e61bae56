"""Write a dossier, change its words, let a second person approve it, read it."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _, override, pgettext

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import RecordKey, forget, keep, key_of_line, new_key
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.law import actions as law
from balise.takedown.law.naming import Named
from balise.takedown.law.queries import text_named
from balise.takedown.law.rules import check_citable, offence_on
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.events import (
    DossierApproved,
    DossierApprovedAlone,
    DossierBrought,
    DossierDrafted,
    DossierPaperOpened,
    DossierRead,
    DossierRevised,
    DossierSecondRead,
    DossierWithdrawn,
)
from balise.takedown.onward.dossiers.models import Dossier, Numbering
from balise.takedown.onward.dossiers.queries import EVIDENCE, SEALED, OpenedDossier
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.facts import (
    Brought,
    DossierFacts,
    Offer,
    Place,
    Reception,
    check_facts,
    check_offer,
)
from balise.takedown.onward.dossiers.rules.numbers import number_of
from balise.takedown.onward.dossiers.rules.stated import authority as find_authority
from balise.takedown.onward.dossiers.rules.states import (
    IN_THE_HOUSE,
    DossierState,
    check_alone,
    check_other_hands,
    check_second_reader,
    check_step,
)


class AlreadyTold(Refused, code="already-told"):
    """The authority has an open dossier about the content."""


def draft(*, facts: DossierFacts, authority: str = "", by: Actor) -> UUID:
    """Write down what an authority should know (the usual one unless named), and return its id.

    Refuses facts that nobody could act on, an offence without a text on the day of the facts, a
    text annulled since, and a second open dossier about the content for that authority. It has no
    number yet.
    """
    access.require(by, access.DRAFT, line=facts.line)
    code = authority or queries.usual_authority().code
    find_authority(code, country=settings.COUNTRY)
    return write(facts=facts, authority=code, by=by)


def write(
    *, facts: DossierFacts, authority: str, by: Actor, evidence: Mapping[str, bytes] | None = None
) -> UUID:
    """Write a draft with the `evidence` that goes with it, as `draft` does.

    The caller has asked whether they may, and whether there is such an authority.
    """
    named = _named(facts, by)
    check_facts(facts)
    dossier_id = uuid4()
    key = new_key(facts.line, dossier_id)
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                id=dossier_id,
                line=facts.line,
                subject=facts.subject,
                authority=authority,
                offence=facts.offence,
                facts_on=facts.facts_on,
                facts_from=facts.facts_from,
                facts_certainty=facts.certainty,
                law_text=named.version,
                law_pack=named.pack,
                urgent=facts.urgent,
                before_verdict=facts.before_verdict,
                received_at=facts.first_received_at,
                sealed=key.seal(facts.to_payload(), where=SEALED, row=dossier_id),
                brought_from=facts.brought.origin if facts.brought else "",
                evidence=_sealed(evidence, key, dossier_id),
                drafted_by=by.key,
                drafted_at=now(),
            )
            keep(key)
            record(DossierDrafted(**dossier.about), by=by)
    except IntegrityError:
        raise AlreadyTold(_("This content already has an open police dossier.")) from None
    return dossier_id


def _sealed(evidence: Mapping[str, bytes] | None, key: RecordKey, dossier_id: UUID) -> bytes:
    if not evidence:
        return b""
    parts = {name: b64encode(part).decode() for name, part in evidence.items()}
    return key.seal({"parts": parts}, where=EVIDENCE, row=dossier_id)


def _named(facts: DossierFacts, by: Actor) -> Named:
    """Return the text to name; one that no case has frozen is frozen now."""
    country, named = settings.COUNTRY, Named(facts.law_text, facts.law_pack)
    if named.is_frozen:
        check_citable(text_named(named, code=facts.offence, on=facts.facts_on, country=country))
        return named
    found = offence_on(facts.offence, on=facts.facts_on, country=country)
    check_citable(found)
    return Named(found.version, law.freeze(country=country, by=by))


def revise(*, dossier_id: UUID, rationale: str, urgent: bool, by: Actor) -> None:
    """Change what a draft says, in words; its facts come from the content and stay.

    The person who changed it last may not approve it.
    """
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.DRAFT, by=by)
        check_step("revise", dossier.stands)
        before = queries.facts_of(dossier)
        facts = replace(before, rationale=rationale, urgent=urgent)
        if facts == before:
            return
        check_facts(facts)
        key = key_of_line(dossier.line, dossier.id)
        dossier.sealed = key.seal(facts.to_payload(), where=SEALED, row=dossier.id)
        dossier.urgent, dossier.drafted_by = urgent, by.key
        dossier.save(update_fields=("sealed", "urgent", "drafted_by"))
        record(DossierRevised(**dossier.about), by=by)


def withdraw(*, dossier_id: UUID, by: Actor) -> None:
    """Cancel a dossier that was not sent, and delete what it said.

    One that was approved keeps its number: the series has no gap, and shows that it was cancelled.
    """
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.DRAFT, by=by)
        check_step("withdraw", dossier.stands)
        _withdraw(dossier, by=by)


def forget_dossiers(*, dossier_ids: Sequence[UUID], by: Actor) -> int:
    """Destroy what dossiers said and the keys to it; return how many there were.

    Their numbers and outcomes stay. What was never sent is cancelled too: it would inform nobody,
    and block another dossier.
    """
    with transaction.atomic():
        left = Dossier.objects.select_for_update().filter(
            id__in=dossier_ids, state__in=sorted(IN_THE_HOUSE)
        )
        for dossier in left:
            access.require(by, access.DRAFT, line=dossier.line)
            _withdraw(dossier, by=by)
        forget(dossier_ids)
        return Dossier.objects.filter(id__in=dossier_ids).update(
            sealed=b"", package=b"", sealed_reply=b"", evidence=b""
        )


def approve(*, dossier_id: UUID, by: Actor) -> str:
    """Approve a dossier that another wrote, and return the number that it gets permanently.

    Numbers follow each other without a gap within a year of the centre's zone: the number is given
    in the transaction that approves. A worker then packs the dossier.
    """
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.APPROVE, by=by)
        check_step("approve", dossier.stands)
        check_other_hands(drafted_by=dossier.drafted_by, approved_by=by.key)
        check_facts(queries.facts_of(dossier))
        _approve(dossier, by=by)
    return dossier.number


def approve_alone(*, dossier_id: UUID, by: Actor) -> str:
    """Approve one's own dossier of danger, before a verdict, and return its number.

    A second person reads it within the hour. Refuses any other dossier (NotAlone).
    """
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.APPROVE, by=by)
        check_step("approve", dossier.stands)
        check_alone(before_verdict=dossier.before_verdict, urgent=dossier.urgent)
        check_facts(queries.facts_of(dossier))
        dossier.is_alone = True
        _approve(dossier, by=by)
        record(DossierApprovedAlone(**dossier.about), by=by)
    return dossier.number


def note_second_reading(*, dossier_id: UUID, by: Actor) -> None:
    """Note that a second person has read what one approved alone; refused to the first."""
    with transaction.atomic():
        dossier = access.locked(Dossier, dossier_id, access.APPROVE, by=by)
        check_second_reader(
            is_alone=dossier.is_alone,
            is_read=dossier.read_at is not None,
            approved_by=dossier.approved_by,
            read_by=by.key,
        )
        dossier.read_by, dossier.read_at = by.key, now()
        dossier.save(update_fields=("read_by", "read_at"))
        took = dossier.read_at - (dossier.approved_at or dossier.read_at)
        record(DossierSecondRead(**dossier.about, seconds=int(took.total_seconds())), by=by)


def _approve(dossier: Dossier, *, by: Actor) -> None:
    dossier.number = _next_number()
    dossier.state, dossier.approved_by = DossierState.APPROVED.value, by.key
    dossier.approved_at = now()
    dossier.save(update_fields=("number", "state", "approved_by", "approved_at", "is_alone"))
    record(DossierApproved(**dossier.about), by=by)


def read(*, dossier_id: UUID, by: Actor) -> OpenedDossier:
    """Open what a dossier says, and write down who read it."""
    with transaction.atomic():
        dossier = access.found(Dossier, dossier_id, access.READ, by=by)
        opened = queries.opened(dossier)
        record(DossierRead(**dossier.about), by=by)
    return opened


def _withdraw(dossier: Dossier, *, by: Actor) -> None:
    dossier.state, dossier.ended_at, dossier.failure = DossierState.WITHDRAWN.value, now(), ""
    dossier.sealed = dossier.package = dossier.evidence = b""
    dossier.save(update_fields=("state", "ended_at", "failure", "sealed", "package", "evidence"))
    forget([dossier.id])
    record(DossierWithdrawn(**dossier.about), by=by)


def _next_number() -> str:
    year = today().year
    Numbering.objects.get_or_create(year=year)
    counted = Numbering.objects.select_for_update().get(year=year)
    counted.last += 1
    counted.save(update_fields=("last",))
    return number_of(year, counted.last)


# Take in what another line brings with the yes of who kept it; open the paper of it.


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
        dossier_id = write(facts=facts, authority=authority, evidence=parts, by=by)
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
