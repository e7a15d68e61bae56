"""The catalogue of the season: free tools, some of them against bullying."""

from typing import Final

from balise.awareness.publications import actions
from balise.demonstration.season2023.telling import Cast
from balise.foundation.actors import SYSTEM

TOOLS, BULLYING, WORKSHOPS = 100, 30, 3
_KINDS: Final = ("sheet", "guide", "tool", "game", "poster")
_TOPICS: Final = ("screens", "rights", "information", "games", "security")


def publish(cast: Cast) -> int:
    """Write and publish the tools of the catalogue; return how many."""
    writes, publishes = cast.by_role["editor"], cast.by_role["awareness_lead"]
    for place in range(TOOLS):
        page = actions.draft(
            by=writes,
            language="fr",
            slug=f"outil-{place + 1}",
            title=f"Outil d’exemple {place + 1}",
            summary="Un outil pour parler d’Internet, seul ou à plusieurs.",
            body="<p>Ouvrir la discussion, écouter, chercher ensemble une règle.</p>",
            kind="workshop" if place < WORKSHOPS else _KINDS[place % len(_KINDS)],
            audience=["teachers"],
            topic=["bullying" if place < BULLYING else _TOPICS[place % len(_TOPICS)]],
        )
        actions.publish(by=publishes, page=page)
    actions.settle(by=SYSTEM)
    return TOOLS
