"""What a young person agrees to goes to an authority, as a dossier: the yes first, then the rest.

Reading and handing over open the items: each counts, and the young person can read when.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _, override, pgettext

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.timestamps import trusted_roots
from balise.foundation.finding import find
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.foundation.limited.lanes import LaneFull
from balise.foundation.refusals import Refused
from balise.helpline.cases.queries import files as cases
from balise.helpline.cases.rules.files import reference
from balise.helpline.vault import access, ports, queries
from balise.helpline.vault.documents.opening import all_opened
from balise.helpline.vault.documents.packing import paper_and_archive, told_of
from balise.helpline.vault.documents.timeline import Agreed, Heading, TimelineItem, timeline
from balise.helpline.vault.events import (
    EvidenceHanded,
    EvidencePacked,
    PaperRead,
    ShareOpened,
    YesNoted,
    YesTakenBack,
)
from balise.helpline.vault.models import LINE, CaseKey, HandedItem, Handing, Share
from balise.helpline.vault.rules.handing import (
    How,
    ItemElsewhere,
    NotTurnedOn,
    OneMoment,
    Who,
    check_chosen,
    check_not_handed,
    check_said,
    check_stands,
)
from balise.helpline.vault.rules.items import Item, ItemKind
from balise.helpline.vault.rules.sharing import ShareState
from balise.takedown.law.rules.items import Item as Shown, Media
from balise.takedown.onward.dossiers.rules.facts import (
    Digest,
    Evidence,
    Fingerprint,
    Item as Named,
    Offer,
)

# Someone on a case takes out its dossier, for a complaint: each item counts as opened.


class NothingToPack(Refused, code="vault-nothing-to-pack"):
    """No item of the case is there, or none opens."""


def pack(*, case_id: UUID, language: str, by: Actor) -> bytes:
    """Return the dossier of a case as a ZIP, to a member of it (NotOnCase).

    Where pictures are off, originals that are no words stay out of it; their hashes, salts and
    timestamps are in it. An item that does not open is left out. Refuses (NothingToPack). Nothing
    counts as opened before the dossier is there to be read.
    """
    access.require(by, access.OPEN)
    moment = now()
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        key = CaseKey.objects.filter(case=case_id).first()
        rows = Share.objects.filter(key=key, state=ShareState.SHARED).order_by("received_at", "id")
        found = all_opened(list(rows), key)
        if not found:
            raise NothingToPack(_("No item of this case can be taken out."))
    heading = Heading(reference(case_id.hex), moment, language)
    _paper, octets = paper_and_archive(told_of(found), heading, roots=trusted_roots())
    with transaction.atomic():
        cases.require_on(case_id, who=by)
        note_opened(found=found, case_id=case_id, by=by)
        record(EvidencePacked(subject=case_id, items=len(found)), by=by)
    return octets


def note_opened(*, found: Sequence[tuple[Share, Item]], case_id: UUID, by: Actor) -> None:
    """Count one opening of each item, in the transaction of the caller."""
    moment, ids = now(), [share.id for share, _item in found]
    there = Share.objects.filter(id__in=ids)
    there.filter(opened_at__isnull=True).update(opened_at=moment)
    there.update(last_opened_at=moment, openings=F("openings") + 1)
    record_many((ShareOpened(subject=each, case=case_id) for each in ids), by=by)


_MEDIA = {
    ItemKind.SCREENSHOT: Media.IMAGE,
    ItemKind.PHOTO: Media.IMAGE,
    ItemKind.AUDIO: Media.AUDIO,
    ItemKind.VIDEO: Media.VIDEO,
    ItemKind.LINK: Media.LINK,
    ItemKind.TEXT: Media.TEXT,
    ItemKind.CALL: Media.TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """What was agreed to: which items, for whom; who said it, how and when."""

    shares: Sequence[UUID]
    authority: str
    said_by: Who
    said_how: How
    said_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the centre says with it: what it may be, on which day, where, and what happened."""

    offence: str
    facts_on: date
    place: str
    rationale: str
    urgent: bool = False


def note_yes(*, case_id: UUID, yes: Yes, by: Actor) -> UUID:
    """Write down that a young person agreed to hand items over, and return the id of the yes.

    For a member of the case (NotYours). Refuses (NotTurnedOn) where the centre hands nothing over,
    (NoYes) a yes to nothing or of a later moment, (ItemElsewhere) items of another case or taken
    back, (AlreadyHanded) what this authority was given.
    """
    _require(by)
    moment = now()
    check_said(yes.said_at, at=moment)
    receiver = queries.receiver(yes.authority)
    with transaction.atomic():
        queries.require_sees(case_id, who=by)
        key = find(CaseKey.objects.select_for_update(), case=case_id)
        there = Share.objects.filter(key=key, state=ShareState.SHARED).values_list("id", flat=True)
        check_chosen(yes.shares, there=set(there))
        check_not_handed(yes.shares, handed=_handed_to(receiver.code, key))
        handing = Handing.objects.create(
            key=key,
            authority=receiver.code,
            said_by=yes.said_by,
            said_how=yes.said_how,
            said_at=yes.said_at,
            noted_at=moment,
        )
        chosen = sorted(set(yes.shares))
        HandedItem.objects.bulk_create(
            HandedItem(handing=handing, share_id=each) for each in chosen
        )
        fact = YesNoted(
            subject=handing.id,
            case=case_id,
            authority=Code(receiver.code),
            said_by=yes.said_by,
            said_how=yes.said_how,
            items=len(chosen),
        )
        record(fact, by=by)
    return handing.id


def take_back(*, handing_id: UUID, by: Actor) -> None:
    """Note that the young person took their yes back; refuses (AlreadyHanded) once it is done."""
    access.require(by, access.HAND_OVER)
    with transaction.atomic():
        handing = _locked(handing_id, by)
        check_stands(handing.stand)
        handing.taken_back_at = now()
        handing.save(update_fields=("taken_back_at",))
        record(YesTakenBack(subject=handing.id, case=handing.key.case), by=by)


def read_paper(*, handing_id: UUID, by: Actor) -> bytes:
    """Return the paper that the authority would read, as PDF; each item counts as opened.

    Nothing counts as opened before the paper is there to be read. Refuses (NoYes, AlreadyHanded) a
    yes that does not stand, (ItemElsewhere) what is not there, (OneMoment) while the papers of
    others are made.
    """
    _require(by)
    with transaction.atomic():
        handing, found = _opened(handing_id, by)
    with _in_turn():
        octets = timeline([one for one, _stamp in told_of(found)], _heading(handing))
    with transaction.atomic():
        handing = _locked(handing_id, by)
        check_stands(handing.stand)
        note_opened(found=found, case_id=handing.key.case, by=by)
        record(PaperRead(subject=handing.id, case=handing.key.case), by=by)
    return octets


def hand_over(*, handing_id: UUID, said: Said, by: Actor) -> UUID:
    """Hand over what was agreed to, and return the id of the dossier that it became.

    Files and paper are made outside of the transaction that hands them over; what was asked before
    is asked again in it. Refuses what `read_paper` refuses, and what the authority's side refuses.
    """
    _require(by)
    with transaction.atomic():
        handing, found = _opened(handing_id, by)
    told = told_of(found)
    heading = _heading(handing)
    with _in_turn():
        paper, archive = paper_and_archive(told, heading, roots=trusted_roots())
    evidence = Evidence(paper=paper, archive=archive)
    offer = _offer(handing, [one for one, _stamp in told], said, evidence)
    with transaction.atomic():
        handing = _locked(handing_id, by)
        check_stands(handing.stand)
        shares = _there(handing)
        check_not_handed(shares, handed=_handed_to(handing.authority, handing.key))
        note_opened(found=found, case_id=handing.key.case, by=by)
        dossier_id = ports.hand_over.ask(authority=handing.authority, offer=offer, by=by)
        handing.handed_at, handing.dossier = now(), dossier_id
        handing.save(update_fields=("handed_at", "dossier"))
        Share.objects.filter(id__in=shares).update(handed_at=handing.handed_at)
        fact = EvidenceHanded(
            subject=handing.id,
            case=handing.key.case,
            dossier=dossier_id,
            authority=Code(handing.authority),
            items=len(shares),
        )
        record(fact, by=by)
    return dossier_id


@contextmanager
def _in_turn() -> Iterator[None]:
    """Refuse (OneMoment) where the lane of papers is full: what was typed stays in its form."""
    try:
        yield
    except LaneFull:
        raise OneMoment(_("Other papers are being made. Press again in a moment.")) from None


def _require(by: Actor) -> None:
    access.require(by, access.HAND_OVER)
    if not queries.hands_over():
        raise NotTurnedOn(_("This centre hands no evidence over yet."))


def _locked(handing_id: UUID, by: Actor) -> Handing:
    handing = Handing.locked(handing_id)
    queries.require_sees(handing.key.case, who=by)
    return handing


def _opened(handing_id: UUID, by: Actor) -> tuple[Handing, list[tuple[Share, Item]]]:
    handing = _locked(handing_id, by)
    check_stands(handing.stand)
    rows = Share.objects.filter(id__in=_there(handing)).order_by("received_at", "id")
    found = all_opened(list(rows), handing.key)
    if len(found) < len(rows):
        raise ItemElsewhere(_("An item does not open. Ask again for those that do."))
    return handing, found


def _there(handing: Handing) -> list[UUID]:
    """Return the items of a yes; refuses (ItemElsewhere) where the device took one back."""
    items = handing.items.values_list("share", "share__state")
    if any(state != ShareState.SHARED for _id, state in items):
        raise ItemElsewhere(_("An item is no longer there. Ask again for what is left."))
    return [share for share, _state in items]


def _handed_to(authority: str, key: CaseKey) -> set[UUID]:
    done = HandedItem.objects.filter(
        handing__key=key, handing__authority=authority, handing__handed_at__isnull=False
    )
    return set(done.values_list("share", flat=True))


def _heading(handing: Handing) -> Heading:
    receiver = queries.receiver(handing.authority)
    with override(receiver.language):
        agreed = Agreed(
            receiver.name.in_language(receiver.language), queries.said_of(handing), handing.said_at
        )
    return Heading(reference(handing.id.hex), now(), receiver.language, agreed)


def _offer(handing: Handing, told: Sequence[TimelineItem], said: Said, evidence: Evidence) -> Offer:
    category, agreed = {}, {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            category[language] = pgettext("vault", "Evidence kept by a young person")
            agreed[language] = queries.said_of(handing)
    return Offer(
        subject=handing.id,
        origin=LINE,
        category=category,
        agreed_at=handing.said_at,
        agreed=agreed,
        offence=said.offence,
        facts_on=said.facts_on,
        place=said.place,
        rationale=said.rationale,
        urgent=said.urgent,
        items=tuple(_named(one) for one in told),
        withheld=sum(one.is_withheld for one in told),
        evidence=evidence,
    )


def _named(one: TimelineItem) -> Named:
    """Return an item as the dossier lists it: its kind, file and hash; their words stay apart."""
    return Named(
        shows=Shown(media=_MEDIA[one.item.kind]),
        file_name=one.file,
        fingerprints=(Fingerprint(digest=Digest.SHA256, value=one.item.sha256),),
        public=False,
    )
