"""Ten weeks of invented reports, told by the real actions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.hotline.reports.actions import (
    assessing,
    claiming,
    describing,
    dialogue,
    intake,
    notifying,
    removal,
)
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.actions.notifying import NobodyKnown
from balise.hotline.reports.demonstration import copies, decided
from balise.hotline.reports.demonstration.police import tell_police
from balise.hotline.reports.demonstration.watching import watch
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import categories
from balise.hotline.reports.rules.given import Answers, Incoming
from balise.hotline.reports.rules.words import Channel, Confidence, ContentState, Ground, Verdict
from balise.takedown.directory import actions as directory
from balise.takedown.directory.actions.keeping import propose_found
from balise.takedown.law.rules import all_offences
from balise.takedown.law.rules.items import Act, AgeGroup, Item, Media, Reality, Sex, SiteType
from balise.takedown.notices import queries
from balise.takedown.notices.actions import (
    answering,
    climbing,
    clocking,
    contesting,
    ending,
    holding,
    mailing,
    sending,
)
from balise.takedown.notices.queries import Tab
from balise.takedown.notices.rules.inbound import Inbound, MailKind, Said, Via
from balise.takedown.notices.rules.mails import MailingKind, message_id
from balise.takedown.notices.rules.redress import Contester
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.tracing import actions as hosting
from balise.takedown.tracing.doubles.inventing import invented_trace
from balise.takedown.tracing.rules.addresses import read_address

# What hosts of the demonstration centre were told, and how some of them answered.


_WORDS = "La page montre ce que la loi interdit ; elle est décrite ici et n'est pas reproduite."
_ONE_IN = 4  # of the hosts says at once that it has the notice
_SILENT_ONE_IN = 9  # contents stays where it is


def is_silent(content_id: UUID) -> bool:
    """Return whether the host of a content never acts in this story."""
    return not Random(content_id.int + 1).randrange(_SILENT_ONE_IN)  # noqa: S311 - an invented story


def notify(content_id: UUID, *, moment: datetime, by: Actor) -> None:
    """Send a notice about illegal content, as if its mail server had taken the mail."""
    with clock.at(moment):
        try:
            notice_id = notifying.draft_notice(
                content_id=content_id,
                explanation=_WORDS,
                details="",
                in_good_faith=True,
                names_notifier=True,
                by=by,
            )
        except NobodyKnown:
            return
        found = queries.notice(notice_id, seen_by=by)
        if found is None:
            return
        if found.contact.contact_kind.by_hand:
            sending.note_sent_by_hand(notice_id=notice_id, by=by)
        else:
            sending.send(notice_id=notice_id, at_once=True, by=by)
            contact_id = found.contact_id
            _take(mailing.gather(contact_id=contact_id, line="hotline", by=SYSTEM))
    if not Random(content_id.int).randrange(_ONE_IN):  # noqa: S311 - an invented story
        at = moment + timedelta(minutes=40)
        if at < clock.now():
            with clock.at(at):
                clocking.acknowledge(notice_id=notice_id, by=SYSTEM)


def hear_from_hosts(*, by: Actor) -> int:
    """Make deadlines pass for hosts that were silent, and answers of some others."""
    for days in (3, 2, 1):
        with clock.at(clock.ago(timedelta(days=days))):
            for contact_id in queries.contacts_due():
                _take(climbing.look_at_due(contact_id=contact_id, by=SYSTEM))
    waiting = [
        row.notice
        for row in queries.rows(Tab.ALL, seen_by=by)
        if row.notice.stands in {NoticeState.SENT, NoticeState.REMINDED} and row.hold is None
    ]
    for place, notice in enumerate(reversed(waiting[-4:])):
        match place:
            case 0 if notice.mailing_id is not None:
                _write_back(notice.mailing_id, "Bonjour,\n\nLe contenu a été supprimé.")
            case 1 if notice.mailing_id is not None:
                answering.answer_on_page(
                    mailing_id=notice.mailing_id,
                    notice_ids=[notice.id],
                    said=Said.NEEDS_INFORMATION,
                    text="De quelle image de la page s'agit-il exactement ?",
                    by=ANYONE,
                )
                clocking.ask_information(notice_id=notice.id, by=SYSTEM)
            case 2:
                until = clock.now() + timedelta(days=2)
                holding.hold(line=notice.line, subject=notice.subject, until=until, by=by)
            case 3:
                contesting.contest(
                    notice_id=notice.id,
                    contester=Contester.AUTHOR,
                    grounds="Cette page est une revue de presse : elle critique ces propos.",
                    via=Via.PAGE,
                    by=ANYONE,
                )
            case _:
                pass
    return len(waiting)


def _write_back(mailing_id: UUID, text: str) -> None:
    answering.receive_mail(
        inbound=Inbound(
            kind=MailKind.ANSWER,
            key=f"<{mailing_id}@hebergeur.example>",
            answers=(message_id(MailingKind.NOTICES, mailing_id),),
            sender="moderation@hebergeur.example",
            subject="Re: notification",
            text=text,
        ),
        by=SYSTEM,
    )


def _take(mailing_ids: list[UUID]) -> None:
    """Do as if each mail had been taken: the past is told, not sent."""
    for mailing_id in mailing_ids:
        if mailing.hand_over(mailing_id=mailing_id, by=SYSTEM) is not None:
            mailing.note_taken(mailing_id=mailing_id, by=SYSTEM)


DAYS = 70
_SEED = 2026
_STILL_WAITING = 0.6  # of the last days' reports, so that the queue has work


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is reported: how often, under which offence, and what its reporters say."""

    category: str
    weight: int
    offence: str
    host: str
    words: tuple[str, ...]


_KINDS = (
    _Kind("csam", 14, "csam-sharing", "images.example", ("Vu en cherchant un dessin animé.", "")),
    _Kind("grooming", 6, "grooming", "reseau.example", ("Un adulte insiste pour des photos.",)),
    _Kind("ncii", 9, "intimate-images", "reseau-images.example", ("C'est moi sur ces photos.", "")),
    _Kind("hate", 22, "hate-incitement", "forum.example", ("Des appels à frapper des gens.", "")),
    _Kind("terrorism", 5, "terrorism", "videos.example", ("Une vidéo de propagande.",)),
    _Kind(
        "shocking", 18, "harmful-to-minors", "hebergeur.example", ("Ma fille est tombée dessus.",)
    ),
    _Kind("sexual-harassment", 8, "sexual-harassment", "reseau.example", ("Messages répétés.",)),
    _Kind("unknown", 18, "", "hebergeur.example", ("Je ne sais pas si c'est grave.", "")),
)
_VERDICTS = (
    (Verdict.ILLEGAL, 52),
    (Verdict.HARMFUL, 18),
    (Verdict.OUT_OF_SCOPE, 17),
    (Verdict.GONE, 9),
    (Verdict.UNVERIFIABLE, 4),
)
_AGES = ("", "", "adult", "adult", "adult", "15-17", "13-14", "under-13")


def fill(cast: Mapping[str, Actor]) -> None:
    """Create reports, with their outcomes."""
    analyst, lead = cast["analyst"], cast["hotline_lead"]
    directory.load_demonstration(country=settings.COUNTRY)
    chance = Random(_SEED)  # noqa: S311 - the same story in every demonstration
    for moment in _moments(chance, until=clock.now()):
        with transaction.atomic():
            _tell(chance, moment, analyst=analyst, lead=lead)
    decided.fill(analyst=analyst, lead=lead)
    copies.fill(analyst=analyst)
    hear_from_hosts(by=analyst)
    tell_police(analyst=analyst, lead=lead)


def _moments(chance: Random, *, until: datetime) -> Iterator[datetime]:
    for days in range(DAYS, -1, -1):
        morning = (until - timedelta(days=days)).replace(hour=6, minute=0, second=0)
        offsets = sorted(chance.randrange(16 * 60) for _ in range(chance.randint(1, 5)))
        yield from (
            moment
            for moment in (morning + timedelta(minutes=offset) for offset in offsets)
            if moment <= until
        )


def _tell(chance: Random, moment: datetime, *, analyst: Actor, lead: Actor) -> None:
    kinds = _kinds(settings.COUNTRY)
    (kind,) = chance.choices(kinds, [kind.weight for kind in kinds])
    receipt = new_receipt()
    with clock.at(moment):
        received = intake.receive(incoming=_incoming(chance, kind, receipt, moment), by=ANYONE)
    after = moment + timedelta(minutes=int(chance.lognormvariate(5.2, 1.1)))
    is_lately = moment > clock.now() - timedelta(days=9)
    if received.known or after >= clock.now() or (is_lately and chance.random() < _STILL_WAITING):
        return
    report = receipts.opened(receipt).report
    content = report.contents.get()
    (verdict,) = chance.choices(
        [verdict for verdict, _ in _VERDICTS], [weight for _, weight in _VERDICTS]
    )
    if not kind.offence and verdict is Verdict.ILLEGAL:
        verdict = Verdict.HARMFUL
    decision = Decision(
        verdict=verdict,
        category=kind.category,
        offence=kind.offence if verdict is Verdict.ILLEGAL else "",
        facts_on=clock.day_of(moment),
        confidence=Confidence.SURE,
        ground=Ground.LOOKED,
        rationale="Les éléments de l'infraction sont réunis." if kind.offence else "",
    )
    with clock.at(after):
        if kind.category == "csam" and verdict is Verdict.ILLEGAL:
            describing.describe_items(content_id=content.id, items=_items(moment), by=analyst)
        claiming.claim(content_id=content.id, by=analyst)
        claiming.note_opened(content_id=content.id, by=analyst)
        state = assessing.assess(content_id=content.id, decision=decision, by=analyst)
        if chance.random() < 0.2:  # noqa: PLR2004 - one reporter in five gets an answer
            dialogue.write_as_hotline(
                report_id=report.id, text="Merci, votre signalement nous aide.", by=analyst
            )
    if verdict is Verdict.ILLEGAL:
        _trace(content.id, kind.host, after)
    later = after + timedelta(minutes=chance.randint(20, 300))
    if state is ContentState.SECOND_LOOK and later < clock.now():
        with clock.at(later):
            claiming.claim(content_id=content.id, by=lead)
            claiming.note_opened(content_id=content.id, by=lead)
            state = assessing.assess(content_id=content.id, decision=decision, by=lead)
    gone = later + timedelta(hours=chance.lognormvariate(2.6, 1.2))
    if is_silent(content.id):
        gone += timedelta(days=2 * DAYS)
    if state is ContentState.REMOVING and later < clock.now():
        notify(content.id, moment=later, by=analyst)
        watch(content.id, domain=kind.host, since=later, gone_at=gone)
    if state is ContentState.REMOVING and gone < clock.now():
        with clock.at(gone):
            removal.note_removed(content_id=content.id, at=gone, by=SYSTEM)
            ending.note_removed(line="hotline", subject=content.id, at=gone, by=SYSTEM)


def _trace(content_id: UUID, host: str, moment: datetime) -> None:
    """Trace a content when someone works on it; one in six was with another host before."""
    chance = Random(moment.isoformat())  # noqa: S311 - the same story in every demonstration
    moments = [(moment, "")]
    if chance.random() < 1 / 6:
        moments.insert(0, (moment - timedelta(hours=chance.randint(2, 40)), "198.51.100.77"))
    for at, address in moments:
        found = invented_trace(host, at=at, address=address)
        with clock.at(at):
            removal.note_hosting(
                content_id=content_id, country=found.country, network=found.asn, by=SYSTEM
            )
            hosting.note_hosting(line="hotline", subject=content_id, trace=found, by=SYSTEM)
            propose_found(trace=found, by=SYSTEM)


def _items(moment: datetime) -> list[Item]:
    """Return what one to four invented items show, the same for the same moment."""
    chance = Random(moment.isoformat())  # noqa: S311 - the same story in every demonstration
    return [
        Item(
            age=chance.choice((AgeGroup.PRE_PUBESCENT, AgeGroup.PUBESCENT, AgeGroup.PUBESCENT)),
            sex=chance.choice((Sex.FEMALE, Sex.FEMALE, Sex.MALE)),
            act=Act.POSING,
            reality=chance.choice((Reality.REAL, Reality.REAL, Reality.GENERATED)),
            media=Media.IMAGE,
            site_type=SiteType.IMAGE_HOST,
        )
        for _each in range(chance.randint(1, 4))
    ]


def _kinds(country: str) -> list[_Kind]:
    """Return what people of a country may report, and its law forbids."""
    named = {one.code for one in categories(country)}
    forbidden = {one.code for one in all_offences(country)} | {""}
    return [one for one in _KINDS if one.category in named and one.offence in forbidden]


def _incoming(chance: Random, kind: _Kind, receipt: Receipt, moment: datetime) -> Incoming:
    # A small number of pages, so that some are reported twice.
    text = f"https://{kind.host}/page/{chance.randint(1, 400)}"
    place = places.on_the_web(read_address(text), text=text)
    return Incoming(
        key=receipt_index(receipt),
        channel=Channel.WEB,
        answers=Answers(
            places=(place,),
            category=kind.category,
            age_band=chance.choice(_AGES),
            concern="me" if kind.category == "ncii" else "",
            danger=kind.category == "grooming" and chance.random() < 0.3,  # noqa: PLR2004
            description=chance.choice(kind.words),
        ),
        language="fr",
        received_at=moment,
        is_finished=True,
        receipt=receipt,
    )
