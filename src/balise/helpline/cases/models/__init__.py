"""The tables: referrals received; cases and their members; referrals sent; decisions."""

from balise.helpline.cases.models.duties import Duty as Duty
from balise.helpline.cases.models.files import (
    Case as Case,
    CaseCode as CaseCode,
    CaseContact as CaseContact,
    Entry as Entry,
    Glass as Glass,
    Member as Member,
    Revision as Revision,
)
from balise.helpline.cases.models.received import Referral as Referral
from balise.helpline.cases.models.sent import (
    ReceiverContact as ReceiverContact,
    SentReferral as SentReferral,
)
