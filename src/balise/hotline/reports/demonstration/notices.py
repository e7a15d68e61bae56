"""What hosts of the demonstration centre were told, and how some of them answered."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.hotline.reports.actions import notifying
from balise.hotline.reports.actions.notifying import NobodyKnown
from balise.takedown.notices import queries
from balise.takedown.notices.actions import (
    answering,
    clocking,
    contesting,
    holding,
    mailing,
    reminding,
    sending,
)
from balise.takedown.notices.queries import Tab
from balise.takedown.notices.rules.answers import MailKind, Said, Via
from balise.takedown.notices.rules.inbound import Inbound
from balise.takedown.notices.rules.mails import MailingKind, message_id
from balise.takedown.notices.rules.redress import Contester
from balise.takedown.notices.rules.states import NoticeState

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
                _take(reminding.look_at_due(contact_id=contact_id, by=SYSTEM))
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
