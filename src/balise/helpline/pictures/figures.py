"""The figures of pictures, in words: counts, and nothing of what is in them."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form, Plural, Wording
from balise.helpline.pictures.rules.showing import Outcome

_SHOWN = ngettext_lazy("%(many)s picture shown", "%(many)s pictures shown", "count")
_NOT_SENT = ngettext_lazy("%(many)s picture not sent", "%(many)s pictures not sent", "count")
_OPENED = ngettext_lazy("%(many)s opening", "%(many)s openings", "count")
_SEEN = ngettext_lazy("%(many)s picture seen", "%(many)s pictures seen", "count")
_KEPT = ngettext_lazy("%(many)s picture kept", "%(many)s pictures kept", "count")
_CLOSED = ngettext_lazy("%(many)s picture closed", "%(many)s pictures closed", "count")
_DECIDED = ngettext_lazy("%(many)s decision", "%(many)s decisions", "count")


def _number(code: str, title: Wording, counted: Plural) -> Figure:
    return Figure(
        board="helpline",
        code=f"pictures-{code}",
        measure=f"helpline.pictures.{code}",
        title=title,
        counted=counted,
        form=Form.NUMBER,
    )


FIGURES = (
    _number("offered", _("Pictures that children showed"), _SHOWN),
    _number("declined", _("Pictures that children chose not to send"), _NOT_SENT),
    _number("opened", _("Times that staff opened a picture"), _OPENED),
    _number("seen", _("Pictures that staff saw on a screen"), _SEEN),
    _number("kept", _("Pictures kept with the child’s agreement"), _KEPT),
    _number("sealed", _("Pictures closed because they should not be here"), _CLOSED),
    Figure(
        board="helpline",
        code="pictures-settled",
        measure="helpline.pictures.settled",
        title=_("Decisions about closed pictures"),
        counted=_DECIDED,
        form=Form.CODES,
        by="outcome",
        labels=lambda: dict(Outcome.choices),
        in_given_order=True,
    ),
)
