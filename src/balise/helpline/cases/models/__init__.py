"""The tables: referrals received; files and who is on them; referrals sent; what was decided."""

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

__all__ = [
    "Case",
    "CaseCode",
    "CaseContact",
    "Entry",
    "Glass",
    "Member",
    "Referral",
    "Revision",
]
