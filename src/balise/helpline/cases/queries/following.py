"""Referrals for the young person who agreed to them: to whom, and how far. Clear columns alone."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from balise.foundation.encryption.sealing import receipt_index
from balise.foundation.encryption.worded import Receipt
from balise.foundation.packs import Words
from balise.foundation.web.timeline import Step
from balise.helpline.cases.models import CaseCode, SentReferral
from balise.helpline.cases.rules.receivers import receiver
from balise.helpline.cases.rules.sendings import ConsentHow, SentState, way_of


@dataclass(frozen=True, slots=True)
class Followed:
    """A referral for who agreed to it."""

    to: Words
    sent_at: datetime
    steps: tuple[Step, ...]


def followed(code: Receipt) -> tuple[Followed, ...]:
    """Return the referrals of the case that a conversation's code opens, the latest first.

    Only those agreed to in that conversation: where the case has another conversation, it may be
    another person's, and nothing is told. What the law had us tell without consent is not told.
    """
    cases = CaseCode.objects.filter(index=receipt_index(code), is_words=False)
    case_id = cases.values_list("case_id", flat=True).first()
    if case_id is None or CaseCode.objects.filter(case=case_id, is_words=False).count() > 1:
        return ()
    found = SentReferral.objects.filter(case=case_id, consent_how=ConsentHow.CHAT)
    return tuple(_followed(one) for one in found.order_by("-sent_at"))


def _followed(one: SentReferral) -> Followed:
    steps = way_of(
        SentState(one.state),
        sent_at=one.sent_at,
        answered_at=one.answered_at,
        ended_at=one.ended_at,
    )
    return Followed(receiver(one.receiver, country=settings.COUNTRY).name, one.sent_at, steps)
