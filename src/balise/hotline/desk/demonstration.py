"""What a partner did at its desk in the demonstration: reports sent, a question, lines to correct.

Invented, mild and at `.example` addresses, told by the real actions.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.hotline.desk.actions import preparing, sending
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.rules.categories import category

_SENT = (
    (
        9,
        {
            "address": "https://forum.example/sujet/204",
            "category": "hate",
            "met_time": "18:20",
            "description": "Un fil dont plusieurs messages appellent à frapper des passants.",
            "identities": "Pseudonyme « rapace77 », même avatar sur un autre forum.",
            "context": "Signalé à notre permanence par un collégien et sa mère.",
            "reference": "2026-118",
        },
    ),
    (
        4,
        {
            "address": "https://reseau.example/p/88231",
            "category": "sexual-harassment",
            "description": "Des messages insistants sous les photos d'une lycéenne.",
            "identities": "Rien de connu",
            "reference": "2026-121",
        },
    ),
    (
        1,
        {
            "address": "https://hebergeur.example/",
            "category": "shocking",
            "description": "Un site entier.",
            "reference": "2026-124",
        },
    ),
)
_FILE = (
    "adresse;catégorie;vu le;vu à;ce que l'on voit;votre référence\r\n"
    "https://images.example/page/17;;12/11/2026;9h05;;2026-130\r\n"
    "https://images.example/page/18;hate;12/11/2026;9h10;"
    "Une page de montages qui appellent à s'en prendre à une classe.;2026-131\r\n"
    "page 19 du même site;;hier;;;2026-132\r\n"
    "https://images.example/page/18;hate;12/11/2026;9h10;"
    "Une page de montages qui appellent à s'en prendre à une classe.;2026-133\r\n"
)


def fill(cast: Mapping[str, Actor]) -> None:
    """Make what one person of a partner did in the last days."""
    member, analyst = cast["partner_member"], cast["analyst"]
    reports = []
    for days, cells in _SENT:
        with clock.at(clock.ago(timedelta(days=days))):
            seen = {"met_on": clock.today().isoformat()} if "met_time" in cells else {}
            # Each country names its own categories.
            named = {"category": category(cells["category"], country=settings.COUNTRY).code}
            draft = preparing.prepare_one(cells={**cells, **named, **seen}, by=member)
            reports.append(sending.send_one(draft_id=draft, by=member))
    dialogue.write_as_hotline(
        report_id=reports[1],
        text="Merci. À quelle heure avez-vous vu ces messages, et le compte est-il public ?",
        by=analyst,
    )
    preparing.prepare_file(content=_FILE.encode(), by=member)
