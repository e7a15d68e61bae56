"""The pages of the pack, which everyone reads, and one whose review is asked."""

from collections.abc import Mapping

from django.conf import settings

from balise.awareness.publications import actions, queries
from balise.awareness.publications.actions.reviewing import ask_review
from balise.awareness.usage import demonstration as use
from balise.foundation.actors import SYSTEM, Actor


def fill(cast: Mapping[str, Actor]) -> None:
    """Write them as the editor, publish all but the last as the head of awareness."""
    for page in actions.begin_shelves(by=cast["editor"], country=settings.COUNTRY):
        actions.publish(by=cast["awareness_lead"], page=page)
    written = actions.draft(
        by=cast["editor"],
        language="fr",
        slug="un-message-suffit-parfois",
        title="Un message suffit parfois",
        summary="Écrire à la personne visée est souvent plus facile que s’opposer, et cela compte.",
        body="<h2>Soutenir</h2><p>Le soutien d’un ami ou d’une amie est ressenti comme une aide "
        "(99\u202fjeunes de 13 à 17\u202fans, Canada, 2024).</p>",
        kind="article",
        topic=["bullying"],
    )
    ask_review(by=cast["editor"], page=written)
    actions.settle(by=SYSTEM)
    use.fill(queries.keys(), editor=cast["editor"])
