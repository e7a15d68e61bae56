"""The tables: referrals received; files and who is on them; referrals sent; what was decided."""

from balise.helpline.cases.models.received import Referral

__all__ = ["Referral"]
