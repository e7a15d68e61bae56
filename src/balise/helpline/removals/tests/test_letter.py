"""The letter of a complaint says what was notified, what was answered, what is asked."""

from dataclasses import replace

import pytest

from balise.foundation import clock
from balise.helpline.removals.documents.letter import Letter, paper
from balise.helpline.removals.rules.next_steps import LETTERS
from balise.takedown.notices.rules.ladder import Rung

LETTER = Letter(
    rung=Rung.COMPLAINT,
    language="fr",
    made_at=clock.now(),
    platform="Papotin",
    number="N-1",
    sent_at=clock.now(),
    decided_at=None,
    decision="",
    address="https://papotin.example/p/1",
    account="",
    offence="Harcèlement",
    words="Un compte se moque d'elle.",
)


@pytest.mark.parametrize("rung", sorted(LETTERS))
def test_it_names_the_article_and_the_content(rung: Rung) -> None:
    said = paper(replace(LETTER, rung=rung))
    assert ("article 20" if rung is Rung.COMPLAINT else "article 53") in said["title"]
    rows = [row["value"] for part in said["sections"] for rows in part["entries"] for row in rows]
    assert {"Papotin", "N-1", "https://papotin.example/p/1"} <= set(rows)
    assert "" not in rows
