"""What happened to a demonstration: a season was made in its database."""

from balise.foundation.journal.events import Event


class SeasonMade(Event, name="demonstration.season.made"):
    """The season of a `year` is whole here, at so many thousandths of its numbers."""

    year: int
    per_mille: int
