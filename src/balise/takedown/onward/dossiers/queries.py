"""Dossiers, limited to what the reader may see: those about a content, those that wait, one."""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import key_of_line
from balise.takedown.law.queries import law_named, text_named
from balise.takedown.law.rules import Offence, law_of
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.notices import access as notices_access, queries as notices
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.onward.dossiers import access
from balise.takedown.onward.dossiers.models import Dossier, Hold
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.facts import DossierFacts
from balise.takedown.onward.dossiers.rules.stated import Authority, authorities, authority
from balise.takedown.onward.dossiers.rules.states import ENDED, Channel, DossierState

SEALED = "referrals_dossiers.dossier.sealed"
PACKAGE = "referrals_dossiers.dossier.package"
EVIDENCE = "referrals_dossiers.dossier.evidence"
REPLY = "referrals_dossiers.dossier.sealed_reply"
MOST = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """What an authority said, in clear: its own number, and its words."""

    number: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DossierTold:
    """Which content of which line an authority is told about."""

    line: str
    subject: UUID
    authority: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A content's dossiers, and the authority that asks to act before its host is told."""

    dossiers: tuple[Dossier, ...]
    hold: Hold | None

    @property
    def is_told(self) -> bool:
        """Whether a dossier is under way: a second one would say the same again."""
        return any(one.is_open for one in self.dossiers)


@dataclass(frozen=True, slots=True)
class OpenedDossier:
    """A dossier with what it says and what was answered, in clear."""

    dossier: Dossier
    offence: Offence
    authority: Authority
    facts: DossierFacts
    reply: Reply


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a dossier: its state since when, its number, the authority's outcome."""

    state: DossierState
    number: str
    at: datetime
    answer: str

    @property
    def label(self) -> object:
        """The state in words, for who brought it."""
        return _("An analyst checks it") if self.state is DossierState.DRAFT else self.state.label


@dataclass(frozen=True, slots=True)
class Overview:
    """The year so far: dossiers handed over, the median time to the police, how many wait."""

    year: int
    sent: int
    median_time: timedelta | None
    unacknowledged: int


def dossier(dossier_id: UUID, *, seen_by: Actor) -> Dossier | None:
    """Return one dossier, closed as it is, or None."""
    access.require_ability(seen_by, access.READ)
    found = Dossier.objects.filter(id=dossier_id).first()
    if found is not None:
        access.require(seen_by, access.READ, line=found.line)
    return found


def told(dossier_id: UUID, *, seen_by: Actor) -> DossierTold | None:
    """Return what an authority is told about by a dossier, or None."""
    found = dossier(dossier_id, seen_by=seen_by)
    return DossierTold(found.line, found.subject, found.authority) if found is not None else None


def about(*, line: str, subject: UUID, seen_by: Actor) -> list[Dossier]:
    """Return the dossiers about a content, the last drafted first; nothing sealed is opened."""
    access.require(seen_by, access.READ, line=line)
    return list(Dossier.objects.filter(line=line, subject=subject).order_by("-drafted_at"))


def standing(*, line: str, subject: UUID, seen_by: Actor) -> Standing:
    """Return the state of a content with the authorities; nothing encrypted is opened."""
    found = about(line=line, subject=subject, seen_by=seen_by)
    return Standing(tuple(found), hold_on(line=line, subject=subject))


def listed(*, seen_by: Actor, ended: bool = False) -> list[Dossier]:
    """Return the dossiers of one's own lines: those under way, the oldest first; or the last ended.

    At most MOST of them.
    """
    found = _seen_by(seen_by).defer("sealed", "package", "sealed_reply", "evidence")
    if ended:
        return list(found.filter(state__in=sorted(ENDED)).order_by("-drafted_at")[:MOST])
    return list(found.exclude(state__in=sorted(ENDED)).order_by("drafted_at")[:MOST])


def numbered(number: str, *, seen_by: Actor) -> list[Dossier]:
    """Return the dossiers of one's own lines with a number, of any state; nothing is opened."""
    found = _seen_by(seen_by).exclude(number="").filter(number__iexact=number.strip())
    return list(found.defer("sealed", "package", "sealed_reply", "evidence"))


def open_count(seen_by: Actor) -> int:
    """Return how many dossiers of one's own lines are under way."""
    return _seen_by(seen_by).exclude(state__in=sorted(ENDED)).count()


def to_approve(seen_by: Actor) -> int:
    """Return how many dossiers that others drafted a person may approve; 0 for one who may not."""
    if not seen_by.may(access.APPROVE):
        return 0
    return (
        _seen_by(seen_by).filter(state=DossierState.DRAFT).exclude(drafted_by=seen_by.key).count()
    )


def overview(*, seen_by: Actor) -> Overview:
    """Return what was handed over this year by one's own lines."""
    year = today().year
    sent = _seen_by(seen_by).filter(handed_over_at__year=year)
    spans = [
        max(handed_over_at - received_at, timedelta())
        for handed_over_at, received_at in sent.values_list("handed_over_at", "received_at")
        if handed_over_at is not None
    ]
    return Overview(
        year=year,
        sent=len(spans),
        median_time=timedelta(seconds=median(span.total_seconds() for span in spans))
        if spans
        else None,
        unacknowledged=_seen_by(seen_by).filter(state=DossierState.HANDED_OVER).count(),
    )


def hold_on(*, line: str, subject: UUID) -> Hold | None:
    """Return the hold on a content, or None: its host may be told."""
    return Hold.objects.filter(line=line, subject=subject, lifted_at__isnull=True).first()


def held(*, line: str, subjects: Iterable[UUID]) -> dict[UUID, date]:
    """Return until when each content is held that is; the others are left out."""
    found = Hold.objects.filter(line=line, subject__in=list(subjects), lifted_at__isnull=True)
    return dict(found.values_list("subject", "until"))


def holds_over(on: date) -> list[UUID]:
    """Return the holds whose day has come."""
    found = Hold.objects.filter(until__lte=on, lifted_at__isnull=True)
    return list(found.order_by("until").values_list("id", flat=True))


def due(at: datetime | None = None) -> list[UUID]:
    """Return the dossiers that an authority should have acknowledged by now."""
    found = Dossier.objects.filter(state=DossierState.HANDED_OVER, remind_at__lte=at or now())
    return list(found.order_by("remind_at").values_list("id", flat=True))


def unpacked() -> list[UUID]:
    """Return the dossiers that were approved and are not packed, the first approved first."""
    found = Dossier.objects.filter(state=DossierState.APPROVED, packed_at__isnull=True)
    return list(found.order_by("approved_at").values_list("id", flat=True))


def taken_back(found: Dossier, *, seen_by: Actor) -> list[NoticeRow]:
    """Return the notices about a dossier's content that were taken back, the last drafted first."""
    if not seen_by.may(notices_access.READ):
        return []
    about_it = notices.about(line=found.line, subject=found.subject, seen_by=seen_by)
    return [one for one in about_it if one.stands is NoticeState.RETRACTED]


def offence_of(found: Dossier) -> Offence:
    """Return a dossier's offence, in the text that it named."""
    return text_named(found.named, code=found.offence, on=found.facts_on, country=settings.COUNTRY)


def cited_law(found: Dossier) -> CitedLaw:
    """Return what the law says of a dossier's offence on the days of its facts, as it was named."""
    law = law_named(found.named, country=settings.COUNTRY)
    return CitedLaw(law_of(law.history(found.offence), found.days), found.days)


def authority_of(found: Dossier) -> Authority:
    """Return the authority that a dossier is for."""
    return authority(found.authority, country=settings.COUNTRY)


def usual_authority() -> Authority:
    """Return the authority that a centre tells unless another is chosen."""
    return authorities(settings.COUNTRY)[0]


def ways_to(code: str) -> tuple[Channel, ...]:
    """Return the ways on which an authority can be reached from here, as the centre is set up."""
    one = authority(code, country=settings.COUNTRY)
    can_mail = bool(key_of(code) and mail_of(code))
    return tuple(way for way in one.channels if way is not Channel.MAIL or can_mail)


def key_of(code: str) -> str:
    """Return the age key that an authority is sealed to, "" where the centre has none."""
    return settings.AUTHORITY_KEYS.get(code) or settings.AUTHORITY_KEYS.get("*", "")


def mail_of(code: str) -> str:
    """Return where an authority takes mail, "" where it does not."""
    return settings.AUTHORITY_MAIL.get(code) or settings.AUTHORITY_MAIL.get("*", "")


def facts_of(found: Dossier) -> DossierFacts:
    """Return what a dossier says; needs the line's private key, else KeyNotHeld.

    Raises KeyForgotten once it is erased. The caller records that it was read.
    """
    key = key_of_line(found.line, found.id)
    return DossierFacts.of_payload(key.open(found.sealed, where=SEALED, row=found.id))


def reply_of(found: Dossier) -> Reply:
    """Return what the authority said; needs the line's private key, else KeyNotHeld."""
    if not found.sealed_reply:
        return Reply()
    key = key_of_line(found.line, found.id)
    said: Mapping[str, str] = key.open(found.sealed_reply, where=REPLY, row=found.id)
    return Reply(number=said["number"], words=said["words"])


def evidence_of(found: Dossier) -> dict[str, bytes]:
    """Return the parts that another line brought, by name; none where nothing was brought.

    Needs the line's private key, else KeyNotHeld.
    """
    if not found.evidence:
        parts = parts_of(found) if found.package else {}
        return {name: parts[name] for name in names.EVIDENCE if name in parts}
    key = key_of_line(found.line, found.id)
    payload = key.open(found.evidence, where=EVIDENCE, row=found.id)
    return {name: b64decode(part) for name, part in payload["parts"].items()}


def became(dossier_ids: Iterable[UUID], *, seen_by: Actor) -> dict[UUID, Became]:
    """Return what became of dossiers, for the line that brought them; nothing that one says."""
    access.require_ability(seen_by, access.BRING)
    rows = Dossier.objects.filter(id__in=list(dossier_ids)).exclude(brought_from="")
    return {
        one.id: Became(
            state=one.stands,
            number=one.number,
            at=one.ended_at or one.acknowledged_at or one.handed_over_at or one.drafted_at,
            answer=str(one.was_answered.label) if one.was_answered else "",
        )
        for one in rows.defer("sealed", "package", "sealed_reply", "evidence")
    }


def receivers() -> tuple[Authority, ...]:
    """Return the authorities of the country, the usual one first."""
    return authorities(settings.COUNTRY)


def parts_of(found: Dossier) -> dict[str, bytes]:
    """Return the parts of a dossier's package; needs the line's private key, else KeyNotHeld."""
    key = key_of_line(found.line, found.id)
    payload = key.open(found.package, where=PACKAGE, row=found.id)
    return {name: b64decode(part) for name, part in payload["parts"].items()}


def opened(found: Dossier) -> OpenedDossier:
    """Return a dossier with what it says and what was answered."""
    return OpenedDossier(
        dossier=found,
        offence=offence_of(found),
        authority=authority_of(found),
        facts=facts_of(found),
        reply=reply_of(found),
    )


def _seen_by(actor: Actor) -> QuerySet[Dossier]:
    lines = access.lines_of(actor) if actor.may(access.READ) else frozenset()
    return Dossier.objects.filter(Q(line__in=sorted(lines)))
