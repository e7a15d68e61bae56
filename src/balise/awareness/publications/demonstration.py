"""Three resources that everyone reads, and one that is still written. Their facts have sources."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from balise.awareness.publications import actions
from balise.foundation.actors import SYSTEM, Actor


class _Text(NamedTuple):
    language: str
    slug: str
    title: str
    summary: str
    body: str


_PUBLIC: Final = (
    _Text(
        "fr",
        "ecrans-et-sommeil",
        "Écrans et sommeil\u202f: trouver un rythme",
        "Combien d’heures de sommeil à chaque âge, et trois habitudes à essayer en famille.",
        "<h2>Combien d’heures\u202f?</h2>"
        "<p>Par 24\u202fheures, un enfant de 6 à 12\u202fans a besoin de 9 à 12\u202fheures de "
        "sommeil, un adolescent de 13 à 18\u202fans de 8 à 10\u202fheures (consensus de l’académie "
        "américaine de médecine du sommeil, États-Unis, 2016).</p>"
        "<h2>Trois habitudes</h2>"
        "<ul><li>Choisir ensemble l’heure à laquelle les écrans s’éteignent.</li>"
        "<li>Recharger les téléphones hors des chambres, ceux des adultes aussi.</li>"
        "<li>En reparler après deux semaines, et changer ce qui ne marche pas.</li></ul>"
        "<p>Les limites réduisent le temps passé\u202f; parler et faire ensemble réduit davantage "
        "les risques (synthèse de 52\u202fétudes).</p>",
    ),
    _Text(
        "fr",
        "chantage-que-faire",
        "Chantage avec une photo\u202f: que faire\u202f?",
        "Les premiers gestes, pour soi ou pour un proche. La personne responsable est celle qui "
        "menace.",
        "<h2>Les premiers gestes</h2>"
        "<ol><li>Ne plus répondre.</li><li>Ne rien payer.</li>"
        "<li>Garder les messages, les noms et les adresses\u202f; ne copier ni envoyer l’image "
        "intime.</li><li>Bloquer le compte.</li><li>En parler à quelqu’un de confiance, et "
        "signaler.</li></ol>"
        "<h2>Ce que dit la loi en France</h2>"
        "<p>Le chantage est un délit\u202f: jusqu’à 5\u202fans de prison et 75\u202f000\u202f€ "
        "d’amende (article 312-10 du Code pénal). La peine est plus lourde en ligne avec des "
        "images sexuelles.</p>",
    ),
    _Text(
        "en",
        "parental-control",
        "Parental control: free, and offered at first start",
        "What the law in France asks of new devices, and what no setting replaces.",
        "<h2>What the law asks</h2>"
        "<p>In France, devices sold since 13 July 2024 offer a free parental control when they "
        "are first started (Act 2022-300, decree 2023-588).</p>"
        "<h2>What no setting replaces</h2>"
        "<p>Limits reduce the time spent. Talking and doing things together reduce risks more "
        "(review of 52 studies).</p>",
    ),
)
_DRAFT: Final = _Text(
    "fr",
    "temoin-de-harcelement",
    "Témoin de harcèlement\u202f: un message suffit parfois",
    "Écrire à la personne visée est souvent plus facile que s’opposer, et cela compte.",
    "<h2>Soutenir</h2><p>Le soutien d’un ami ou d’une amie est ressenti comme une aide "
    "(99\u202fjeunes de 13 à 17\u202fans, Canada, 2024).</p>",
)


def fill(cast: Mapping[str, Actor]) -> None:
    """Write them as the editor, publish all but the last as the head of awareness."""
    for text in _PUBLIC:
        page = actions.draft(by=cast["editor"], **text._asdict())
        actions.publish(by=cast["awareness_lead"], page=page)
    actions.draft(by=cast["editor"], **_DRAFT._asdict())
    actions.settle(by=SYSTEM)
