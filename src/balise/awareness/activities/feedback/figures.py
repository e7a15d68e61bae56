"""The figures of what educators say, in words."""

from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.feedback.rules.asking import ABLE, USEFUL, asked
from balise.foundation.statistics.boards import Figure, Form

_SAID = ngettext_lazy("%(many)s answer", "%(many)s answers", "count")


def _labels(question: str) -> Mapping[str, object]:
    (found,) = (each for each in asked(settings.COUNTRY) if each.code == question)
    return {each.code: each.says for each in found.choices}


FIGURES = tuple(
    Figure(
        board="awareness",
        code=f"feedback-{question}",
        measure=f"awareness.feedback-{question}",
        title=title,
        counted=_SAID,
        form=Form.CODES,
        by="answer",
        labels=partial(_labels, question),
        in_given_order=True,
        sums=True,
    )
    for question, title in (
        (USEFUL, _("After a session: was it useful?")),
        (ABLE, _("After a session: do they know better what to do?")),
    )
)
