"""What the desk deletes. Defaults for the data protection officer to confirm."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.hotline.desk.models import Batch

RULES = (
    Rule(
        name="hotline.desk.drafts",
        forgets=Batch,
        says=_("Drafts of the partner portal are deleted one month after their last change."),
        due=past(Batch, "changed_at", timedelta(days=30)),
        erase=deleted(Batch),
    ),
)
