"""The figures of calls, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.helpline.telephony.rules.calls import WAITS

_CALLS = ngettext_lazy("%(many)s call", "%(many)s calls", "count")
_GIVEN_UP = ngettext_lazy("%(many)s abandoned call", "%(many)s abandoned calls", "count")


FIGURES = (
    Figure(
        board="helpline",
        code="calls-offered",
        measure="helpline.calls.offered",
        title=_("Calls over time"),
        counted=_CALLS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="calls-given-up",
        measure="helpline.calls.abandoned",
        title=_("Abandoned calls, by waiting time"),
        counted=_GIVEN_UP,
        form=Form.CODES,
        by="band",
        labels=lambda: dict(WAITS),
        in_given_order=True,
        is_key=True,
    ),
)
