"""The public addresses of steering: how a browser comes to see each."""

from datetime import timedelta
from itertools import count
from unittest.mock import patch

from django.test import Client

from balise.config.tests.public_ways import Reach, Send, plain, sends
from balise.foundation.clock import today
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions.tests.makers import make_edition, make_link
from balise.steering.published.queries import marks
from balise.steering.published.tests.makers import make_corrected, make_published


def figure(path: str) -> Reach:
    """Return the way to an address of a published edition, in which nothing is counted yet."""

    def reach(_client: Client) -> str:
        if not marks():
            make_published(baskets=0)
        return path.format(day=marks()[0][1])

    return reach


def whole_file(_client: Client) -> str:
    """Publish an edition of figures that are all open, with its files."""
    public = {code: one for code, one in INDICATORS.items() if one.is_public}
    day = today() - timedelta(days=1)
    with patch.dict(INDICATORS, public, clear=True):
        make_published(day, drawn=True, baskets=0)
    return f"/fr/figures/{day.isoformat()}/edition.pdf"


def changes(_client: Client) -> str:
    """Publish the correction of an edition."""
    day = today() - timedelta(days=100 + next(_days))
    make_corrected(make_published(day, baskets=0))
    return f"/fr/figures/{day.isoformat()}-2/changes.csv"


def draft(_client: Client) -> str:
    """Return the address at which a member reads a draft."""
    return f"/fr/committee/{make_link(make_edition(today() + timedelta(days=next(_days))))}/"


_days = count(1)
PAGES: dict[str, tuple[Reach, ...]] = {
    "committee/<str:token>/": (draft,),
    "figures/": (plain("/fr/figures/"), figure("/fr/figures/")),
    "figures/<str:mark>/": (figure("/fr/figures/{day}/"),),
    "figures/<str:mark>/<slug:number>/": (figure("/fr/figures/{day}/F01/"),),
}
FILES: dict[str, Reach] = {
    "figures/<str:mark>/edition.<slug:form>": whole_file,
    "figures/<str:mark>/changes.csv": changes,
    "figures/<str:mark>/<slug:number>.csv": figure("/fr/figures/{day}/F01.csv"),
}
ACCEPTED: dict[str, tuple[Send, ...]] = {
    "committee/<str:token>/": (sends(draft, code="", words="Pourquoi ?"),),
}
