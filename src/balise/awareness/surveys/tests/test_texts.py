"""Free texts in published results: redacted, of many people, in no order, and never a few more."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from balise.awareness.surveys.actions import making
from balise.awareness.surveys.actions.storing import store_texts
from balise.awareness.surveys.models import FreeText, Wording
from balise.awareness.surveys.queries import results
from balise.awareness.surveys.rules.editions import are_enough
from balise.awareness.surveys.tests.makers import (
    DURING,
    SAY,
    SLUG,
    TALKS,
    make_survey,
    says,
    text_of,
)
from balise.awareness.surveys.tests.results_makers import answered, publish
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

PAGE = f"/en/surveys/{SLUG}/results/"
ELEVEN = [f"Conseil {letter}" for letter in "kjihgfedcba"]


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    with clock.at(DURING):
        yield


@pytest.fixture
def survey() -> UUID:
    found = make_survey(TALKS, SAY)
    answered(found, ["a"] * 60 + ["b"] * 40)
    return found


def read(survey: UUID, texts: Sequence[str]) -> None:
    """Store free texts, and let them be shown, each after its first word was taken out."""
    lead = make_actor("awareness_lead")
    store_texts(
        written=[(Wording.objects.latest("number"), "say", f"Zoé {text}") for text in texts],
        by=SYSTEM,
    )
    for each in making.open_texts(survey_id=survey, by=lead):
        making.show(text_id=each.id, redacted=str(each.says).removeprefix("Zoé "), by=lead)


def shown(edition: int = 0) -> Sequence[str]:
    return results.published(SLUG, edition).texts.get("say", ())


def test_fewer_than_the_smallest_group_are_not_enough() -> None:
    assert are_enough(11, minimum=11)
    assert not are_enough(10, minimum=11)


def test_an_edition_has_what_was_read_before_it_by_alphabet(survey: UUID, client: Client) -> None:
    read(survey, ELEVEN)
    publish(survey)
    assert shown() == sorted(ELEVEN)
    page = client.get(PAGE).text
    listed = re.findall(r"<li>(Conseil .)</li>", page)
    assert listed == sorted(ELEVEN)
    assert "Zoé" not in page
    assert not any(str(text) in page for text in FreeText.objects.values_list("id", flat=True))


def test_few_texts_are_not_shown_and_the_page_says_so(survey: UUID, client: Client) -> None:
    read(survey, ELEVEN[1:])
    publish(survey)
    assert shown() == ()
    page = client.get(PAGE).text
    assert "Conseil" not in page
    assert "has read and redacted 11 of them" in page


def test_a_text_read_after_an_edition_does_not_appear_in_it(survey: UUID) -> None:
    read(survey, ELEVEN)
    publish(survey)
    read(survey, ["Seule"])
    assert shown() == sorted(ELEVEN)
    answered(survey, ["a"] * 20)
    publish(survey)
    assert shown() == sorted(ELEVEN)  # the difference would be one text
    read(survey, [f"Encore {letter}" for letter in "abcdefghij"])
    answered(survey, ["a"] * 20)
    publish(survey)
    assert len(shown(3)) == 22
    assert shown(1) == shown(2) == sorted(ELEVEN)


def test_a_text_that_is_withheld_later_leaves_all_editions(survey: UUID) -> None:
    read(survey, [*ELEVEN, "Reconnaissable"])
    publish(survey)
    text = FreeText.objects.get(shown="Reconnaissable")
    making.withhold(text_id=text.id, by=make_actor("awareness_lead"))
    assert shown() == sorted(ELEVEN)
    assert not FreeText.objects.get(id=text.id).shown


def test_a_text_to_other_words_stays_with_its_edition(survey: UUID) -> None:
    lead = make_actor("awareness_lead")
    read(survey, ELEVEN)
    publish(survey)
    other: dict[str, Any] = {**SAY, "asks": says("Que taire ?")}
    making.write(survey_id=survey, text=text_of(TALKS, other), by=lead)
    making.publish(survey_id=survey, by=lead)
    answered(survey, ["a"] * 20)
    publish(survey)
    assert shown(1) == sorted(ELEVEN)
    assert shown(2) == ()


def test_staff_read_what_is_published_and_are_told_what_is_not_read(
    survey: UUID, client: Client
) -> None:
    read(survey, ELEVEN)
    publish(survey)
    store_texts(written=[(Wording.objects.latest("number"), "say", "Zoé attend")], by=SYSTEM)
    address = f"/staff/awareness/surveys/results/{SLUG}/"
    sign_in(client, make_account("steering"))
    page = client.get(address).text
    assert page.count("<li>Conseil") == 11
    assert "pas encore lu" not in page
    sign_in(client, make_account("awareness_lead"))
    page = client.get(address).text
    assert "1 texte libre n’est pas encore lu" in page
    assert "Zoé" not in page
