"""The surveys of the demonstration: a published study, and two that are open."""

from collections.abc import Mapping

from balise.awareness.surveys.demonstration import study, under_way
from balise.foundation.actors import Actor


def fill(people: Mapping[str, Actor]) -> None:
    """Show each survey of the demonstration."""
    study.fill(people)
    under_way.fill(people)
