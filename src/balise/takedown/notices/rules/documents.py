"""The documents that one notice can become, and which of them fit which notice."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.refusals import Refused


class DocumentKind(TextChoices):
    """One notice, in another form."""

    LETTER = "letter", gettext_lazy("Letter (PDF)")
    SHEET = "sheet", gettext_lazy("Sheet for a web form")
    XARF = "xarf", gettext_lazy("XARF v4 (JSON)")
    CLOUDFLARE = "cloudflare", gettext_lazy("Cloudflare abuse report (JSON)")
    JSON = "json", gettext_lazy("The notice as it is (JSON)")

    @property
    def says(self) -> str:
        """What it is for."""
        return str(_USES[self])


class NoSuchDocument(Refused, code="no-such-document"):
    """The notice cannot be put into this form."""


def no_word_for_it(kind: DocumentKind) -> NoSuchDocument:
    """Return the refusal of a form that has no word for an offence."""
    return NoSuchDocument(_("%(form)s cannot name this offence.") % {"form": kind.label})


def names_whoever_reports(kind: DocumentKind) -> NoSuchDocument:
    """Return the refusal of a form that cannot leave out who notifies."""
    return NoSuchDocument(
        _("%(form)s always names the sender: name the centre in the notice.") % {"form": kind.label}
    )


_USES = {
    DocumentKind.LETTER: gettext_lazy(
        "For the post, for a file, or for anyone who asks for paper."
    ),
    DocumentKind.SHEET: gettext_lazy("Field by field, to copy into a platform’s own form."),
    DocumentKind.XARF: gettext_lazy("For abuse contacts whose software reads reports."),
    DocumentKind.CLOUDFLARE: gettext_lazy("The body of a request to Cloudflare’s abuse API."),
    DocumentKind.JSON: gettext_lazy(
        "For partner software; the command “balise notice check” reads it."
    ),
}
