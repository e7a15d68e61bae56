"""The kinds of editions that a centre makes of the same figures."""

from typing import Final

from balise.foundation.finding import there
from balise.steering.editions.rules.kinds.committee import COMMITTEE
from balise.steering.editions.rules.kinds.networks import INHOPE, INSAFE
from balise.steering.editions.rules.kinds.outside import AMBASSADORS, EUROPEAN, SEASON
from balise.steering.editions.rules.template import Page, Template

TEMPLATES: Final = {
    one.code: one for one in (COMMITTEE, EUROPEAN, INSAFE, INHOPE, SEASON, AMBASSADORS)
}
_PAGES: Final = {page.code: page for one in TEMPLATES.values() for page in one.pages}


def template_of(code: str) -> Template:
    """Return the template with this code. Raises NotHere."""
    return there(TEMPLATES.get(code))


def page_of(code: str) -> Page:
    """Return the page with this code, which is the same in each template. Raises NotHere."""
    return there(_PAGES.get(code))
