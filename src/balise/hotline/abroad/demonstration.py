"""What the demonstration centre handed to a hotline abroad, which is invented and has no server."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.hotline.abroad import actions
from balise.hotline.reports.actions import removal
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.listing import ContentRow, Filters
from balise.hotline.reports.rules.words import ContentState, PlaceKind
from balise.takedown.onward.exchange.actions import approving, carrying
from balise.takedown.onward.exchange.queries import peers

_NAME = "Meldpunt Voorbeeld"
_COUNTRY = "NL"
_WORDS = "La page montre ce que la loi interdit ; elle est décrite ici et n'est pas reproduite."
_MOST = 3


def fill(cast: Mapping[str, Actor]) -> None:
    """Hand a few contents over. The last one never arrives."""
    analyst, lead = cast["analyst"], cast["hotline_lead"]
    peer_id = approving.add_hotline(name=_NAME, country=_COUNTRY, second=lead, by=analyst)
    waiting = listing.queue(
        filters=Filters(state=ContentState.REMOVING), after=None, seen_by=analyst
    ).rows
    chosen = [row for row in waiting if row.kind is PlaceKind.WEB and _may_move(row)][:_MOST]
    for place, row in enumerate(chosen):
        with clock.at(clock.now() - timedelta(hours=30 - 8 * place)):
            removal.note_hosting(content_id=row.id, country=_COUNTRY, network=64_500, by=SYSTEM)
            actions.hand_over(content_id=row.id, peer_id=peer_id, words=_WORDS, by=analyst)
            for letter_id in peers.due_letters():
                carrying.make_ready(letter_id=letter_id, by=SYSTEM)
                if place < len(chosen) - 1:
                    carrying.note_arrived(letter_id=letter_id, by=SYSTEM)


def _may_move(row: ContentRow) -> bool:
    return row.country.upper() in {"", settings.COUNTRY.upper(), _COUNTRY}
