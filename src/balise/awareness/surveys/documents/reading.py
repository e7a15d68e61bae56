"""A wording as an editor wrote it, TOML or JSON, read in a child with limits."""

from django.utils.translation import gettext as _

from balise.awareness.surveys.rules import promises, weighting
from balise.awareness.surveys.rules.promises import LONGEST, WordingFaulty
from balise.foundation import apart
from balise.foundation.faults import unreadable


def read_text(text: str) -> weighting.Source:
    """Return a wording as it was written or uploaded. Raises WordingFaulty."""
    if len(text) > LONGEST:
        raise WordingFaulty(_("This is too long for a questionnaire."))
    try:
        return read_told(text.encode("utf-8", "surrogatepass"))
    except apart.Unreadable as fault:
        raise WordingFaulty(unreadable(fault)) from None


def read_told(octets: bytes) -> weighting.Source:
    """Return a wording as a file has it. Raises Unreadable and WordingFaulty."""
    is_json = octets.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    return promises.check_told(apart.json(octets) if is_json else apart.toml(octets))
