"""A wording as an editor wrote it, TOML or JSON, read in a child with limits."""

from django.utils.translation import gettext as _

from balise.awareness.questions.documents.said import unreadable
from balise.awareness.surveys.rules import promises, wordings
from balise.awareness.surveys.rules.promises import LONGEST
from balise.awareness.surveys.rules.refusals import WordingFaulty
from balise.foundation import apart


def read_text(text: str) -> wordings.Source:
    """Return a wording as it was written or uploaded. Raises WordingFaulty."""
    if len(text) > LONGEST:
        raise WordingFaulty(_("This is too long for a questionnaire."))
    octets = text.encode("utf-8", "surrogatepass")
    try:
        found = apart.json(octets) if text.lstrip().startswith("{") else apart.toml(octets)
    except apart.Unreadable as fault:
        raise WordingFaulty(unreadable(fault)) from None
    return promises.check_told(found)
