"""The figures of the laboratory, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, pgettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.hotline.laboratory.rules.turned import TURNS
from balise.hotline.laboratory.rules.words import Ground, ItemKind, Said

_CASES = ngettext_lazy("%(many)s laboratory case", "%(many)s laboratory cases", "count")
_PRINTS = ngettext_lazy("%(many)s fingerprint sent", "%(many)s fingerprints sent", "count")
_ANSWERS = ngettext_lazy("%(many)s answer of a partner", "%(many)s answers of partners", "count")
_BLOCKED = ngettext_lazy("%(many)s copy blocked", "%(many)s copies blocked", "count")
_FIRST = ngettext_lazy("%(many)s first block", "%(many)s first blocks", "count")
_BACK = ngettext_lazy("%(many)s picture withdrawn", "%(many)s pictures withdrawn", "count")
_DISPUTES = ngettext_lazy("%(many)s dispute", "%(many)s disputes", "count")

FIGURES = (
    Figure(
        board="hotline",
        code="laboratory-cases",
        measure="hotline.laboratory.cases",
        title=_("People who had a picture stopped"),
        counted=_CASES,
        form=Form.NUMBER,
    ),
    Figure(
        board="hotline",
        code="laboratory-hashes",
        measure="hotline.laboratory.cases",
        title=_("Fingerprints sent by victims"),
        counted=_PRINTS,
        form=Form.NUMBER,
        sums=True,
    ),
    Figure(
        board="hotline",
        code="laboratory-answers",
        measure="hotline.laboratory.answers",
        title=_("Answers of partners about fingerprints"),
        counted=_ANSWERS,
        form=Form.CODES,
        by="answer",
        labels=lambda: dict(Said.choices),
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="laboratory-turns",
        measure="hotline.laboratory.turns",
        title=_("Copies blocked, by how they were turned"),
        counted=_BLOCKED,
        form=Form.CODES,
        by="turn",
        labels=lambda: TURNS | {"": pgettext_lazy("turn", "not said")},
        in_given_order=True,
    ),
    Figure(
        board="hotline",
        code="laboratory-first-blocked",
        measure="hotline.laboratory.first-blocked",
        title=_("From sending to the first block"),
        counted=_FIRST,
        form=Form.SPANS,
        by="band",
    ),
    Figure(
        board="hotline",
        code="laboratory-withdrawn",
        measure="hotline.laboratory.withdrawn",
        title=_("Fingerprints withdrawn"),
        counted=_BACK,
        form=Form.CODES,
        by="kind",
        labels=lambda: dict(ItemKind.choices),
    ),
    Figure(
        board="hotline",
        code="laboratory-disputes",
        measure="hotline.laboratory.disputes",
        title=_("Disputed fingerprints"),
        counted=_DISPUTES,
        form=Form.CODES,
        by="ground",
        labels=lambda: dict(Ground.choices),
    ),
)
