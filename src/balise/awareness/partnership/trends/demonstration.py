"""A notebook of some months, a briefing that was sent, a sheet for Insafe; always the same."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from balise.awareness.partnership.partners.queries.register import choices
from balise.awareness.partnership.trends.actions import briefings, notebook, readers
from balise.awareness.partnership.trends.actions.notebook import Sign
from balise.awareness.partnership.trends.rules.notebook import By, ReferenceKind, Source, UseState
from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor

_DAY: Final = timedelta(days=1)
# Days ago, title, sign, topic, source, seen by.
_USES: Final = (
    (
        140,
        "Comptes secrets pour noter les camarades",
        "Des élèves de collège notent des photos de camarades sur un compte fermé.",
        "bullying",
        Source.FIELD,
        By.TRAINER,
    ),
    (
        70,
        "Fausses voix de proches",
        "Des jeunes reçoivent un message vocal qui imite la voix d’un ami et demande un code.",
        "ai",
        Source.HELPLINE,
        By.LISTENER,
    ),
    (
        25,
        "Défis payés en cadeaux virtuels",
        "Des inconnus offrent des cadeaux dans un jeu contre une vidéo de défi.",
        "contacts",
        Source.YOUTH,
        By.TEAM,
    ),
    (
        9,
        "Agendas partagés comme messagerie cachée",
        "Des élèves s’écrivent dans un agenda partagé, que les parents ne regardent pas.",
        "contacts",
        Source.PARTNER,
        By.AMBASSADOR,
    ),
)


def fill(people: Mapping[str, Actor]) -> None:
    """Note what was seen, and send a briefing about it to two partners."""
    by = people["coordinator"]
    found = []
    for ago, title, signal, topic, source, seen_by in _USES:
        with clock.at(clock.ago(ago * _DAY)):
            sign = Sign(
                title=title,
                signal=signal,
                topic=topic,
                source=source,
                first_seen=clock.today(),
                seen_by=seen_by,
            )
            found.append(notebook.notice(sign=sign, by=by))
    first, second, *_others = found
    for use, ago, state in (
        (first, 120, UseState.CONFIRMED),
        (first, 30, UseState.OVER),
        (second, 55, UseState.CONFIRMED),
    ):
        with clock.at(clock.ago(ago * _DAY)):
            notebook.move(use_id=use, state=state, day=clock.today(), by=by)
    with clock.at(clock.ago(50 * _DAY)):
        policy = notebook.note_reference(
            kind=ReferenceKind.POLICY,
            day=clock.today() - 5 * _DAY,
            country="BE",
            title="Un accord d’un adulte avant le premier achat dans un jeu",
            text="Le texte vise les jeux proposés aux moins de 16 ans.",
            topic="money",
            by=by,
        )
        notebook.note_reference(
            kind=ReferenceKind.PRACTICE,
            day=clock.today() - 20 * _DAY,
            country="FI",
            title="Un mot de passe de famille contre les fausses voix",
            text="Un atelier de 20 minutes, pour parents et enfants.",
            topic="ai",
            by=by,
        )
        notebook.write_sheet(
            use_id=second,
            issue="Cloned voices of friends",
            topic="media literacy/education",
            description="Young people receive a voice message that imitates a friend and asks "
            "for a code.",
            done="A sheet for families and a short workshop were published. Listeners were told.",
            contact="awareness@centre.example",
            by=by,
        )
        for (organisation, _name), address in zip(
            choices(), ("veille@partenaire.example", "contact@reseau.example"), strict=False
        ):
            reader = readers.ask(
                organisation_id=organisation, language="fr", address=address, by=by
            )
            readers.confirm(reader=reader, by=SYSTEM)
            readers.settle(reader=reader, left=False, by=SYSTEM)
        draft = briefings.draft(
            language="fr",
            title="Ce que nous voyons",
            intro="Deux usages demandent l’attention des adultes.",
            by=by,
        )
        briefings.choose(
            briefing_id=draft,
            title="Ce que nous voyons",
            intro="Deux usages demandent l’attention des adultes.",
            uses=[str(first), str(second)],
            rising=[],
            references=[str(policy)],
            by=by,
        )
        briefings.send(briefing_id=draft, by=by)
