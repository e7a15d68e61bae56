"""What steering hears, and who answers what it asks."""

from balise.awareness.partnership.campaigns import queries as campaigns
from balise.awareness.partnership.partners.queries import begun as partners
from balise.awareness.places.structures.queries import register
from balise.foundation.journal.book import subscribe
from balise.steering.diary import ports as diary_ports
from balise.steering.editions import (
    events as of_editions,
    ports as editions_ports,
    tasks as editions,
)
from balise.steering.imports import ports as imports_ports
from balise.steering.indicators import actions as breaks, ports as indicators_ports


def connect() -> None:
    """Plug the ports, and subscribe what steering hears."""
    indicators_ports.campaigns.plug(campaigns.ran)
    imports_ports.campaign.plug(campaigns.require_known)
    diary_ports.ties.plug(partners.begun)
    editions_ports.outlines.plug(register.outlines)
    diary_ports.mark_break.plug(breaks.note_break)
    stays = (of_editions.EditionFrozen, of_editions.EditionPublished)
    subscribe("steering.editions", editions.draw_frozen, *stays)
