"""Mails: to supervisors about emergency access, to listeners about their referrals."""

from collections.abc import Sequence
from datetime import time, timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now, today
from balise.foundation.journal.models import Entry
from balise.foundation.mail.sending import MailRefused, send
from balise.foundation.tasks.jobs import job
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.schedule import Daily, Every
from balise.helpline.cases import access
from balise.helpline.cases.actions import opening, sending
from balise.helpline.cases.queries import files, sent
from balise.helpline.cases.rules.files import reference


def tell_of_glass(entries: Sequence[Entry]) -> None:
    """Queue a mail to each supervisor except the one who used emergency access."""
    for entry in entries:
        for account_id in accounts.holders_of(access.SUPERVISE):
            if str(account_id) != entry.actor_key:
                mail_of_glass.later(
                    case_id=str(entry.subject), account_id=str(account_id), entry_id=entry.id
                )


@job(outside=True, lane=Lane.MAIL)
def mail_of_glass(case_id: str, account_id: str, entry_id: int) -> None:
    """Mail one supervisor that someone who is not a member read a case; no word of anyone."""
    _mail(
        "helpline/glass",
        account_id,
        message_id=f"glass-{entry_id}-{account_id}",
        reference=reference(UUID(case_id).hex),
    )


def hear_wrapped(entries: Sequence[Entry]) -> None:
    """Queue the count of the cases of contacts with support that were wrapped up."""
    wrapped = [entry.subject for entry in entries if entry.facts["is_counselling"]]
    for case_id in files.cases_of(wrapped):
        count_again.later(case_id=str(case_id))


@job()
def count_again(case_id: str) -> None:
    """Count the contacts by which a case is met again in a month."""
    opening.count_again(case_id=UUID(case_id), by=SYSTEM)


def _mail(template: str, account_id: str, *, message_id: str, **context: object) -> None:
    address = accounts.address_of(UUID(account_id))
    if not address:
        return
    try:
        send(
            template,
            to=address,
            language=settings.LANGUAGE_CODE,
            context={
                "centre": settings.CENTRE,
                "link": f"{settings.PUBLIC_ADDRESS}/staff/helpline/cases/",
                **context,
            },
            message_id=message_id,
        )
    except MailRefused as refusal:
        if not refusal.permanent:
            raise


@job()
def remind_and_expire() -> None:
    """Note which referrals nobody has answered, and end the links that are over."""
    moment = now()
    for referral_id in sent.links_over(moment):
        sending.end_link(referral_id=referral_id, by=SYSTEM)
    for referral_id in sent.to_remind(moment):
        sending.remind(referral_id=referral_id, by=SYSTEM)


def tell_sender(entries: Sequence[Entry]) -> None:
    """Queue a mail to the sender of a referral, when it moves or when nothing happens."""
    for entry in entries:
        sender = sent.sender_of(entry.subject)
        if sender and sender != entry.actor_key:
            mail_sender.later(referral_id=str(entry.subject), account_id=sender, entry_id=entry.id)


@job(outside=True, lane=Lane.MAIL)
def mail_sender(referral_id: str, account_id: str, entry_id: int) -> None:
    """Mail who sent a referral that there is something to see; no word of anyone."""
    named = sent.reference_of(UUID(referral_id))
    if named:
        _mail(
            "helpline/referral",
            account_id,
            message_id=f"referral-{entry_id}-{account_id}",
            reference=named,
        )


@job()
def remind_of_due() -> None:
    """Queue a mail to each person who has something due today, or late."""
    for account_id in files.accounts_with_due(today()):
        mail_of_due.later(account_id=account_id, day=today().isoformat())


@job(outside=True, lane=Lane.MAIL)
def mail_of_due(account_id: str, day: str) -> None:
    """Mail someone that files wait for them today; no word of anyone, and not how many."""
    _mail("helpline/due", account_id, message_id=f"due-{day}-{account_id}")


SCHEDULE = (
    Every(timedelta(minutes=15), remind_and_expire),
    Daily(time(8, 0), remind_of_due),
)
