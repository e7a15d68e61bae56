"""The tables: referrals received; cases and their members; referrals sent; decisions."""

from balise.helpline.cases.models.duties import Duty
from balise.helpline.cases.models.files import (
    Case,
    CaseCode,
    CaseContact,
    Entry,
    Glass,
    Member,
    Revision,
)
from balise.helpline.cases.models.received import Referral
from balise.helpline.cases.models.sent import ReceiverContact, SentReferral

__all__ = [
    "Case",
    "CaseCode",
    "CaseContact",
    "Duty",
    "Entry",
    "Glass",
    "Member",
    "ReceiverContact",
    "Referral",
    "Revision",
    "SentReferral",
]
