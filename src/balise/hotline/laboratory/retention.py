"""What is deleted of the laboratory, and when. The figures stay."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.hotline.laboratory.models import Case
from balise.hotline.laboratory.rules.words import CaseState

DRAFTS_KEPT: Final = timedelta(days=30)
ENDED_KEPT: Final = timedelta(days=90)

RULES = (
    Rule(
        name="hotline.laboratory-drafts",
        forgets=Case,
        says=_("Fingerprints that were saved and never sent: after thirty days."),
        due=past(Case, "began_at", DRAFTS_KEPT, state=CaseState.DRAFT),
        erase=deleted(Case),
    ),
    Rule(
        name="hotline.laboratory-cases",
        forgets=Case,
        says=_("A case of the laboratory: ninety days after its last fingerprint was withdrawn."),
        due=past(Case, "ended_at", ENDED_KEPT),
        erase=deleted(Case),
    ),
)
