"""Words of danger in a report: a child who writes them reads whom to call, and comes first."""

import pytest
from django.test import Client

from balise.foundation.journal.models import Entry
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.queries.hearing import heard
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.joining import to_read
from balise.hotline.reports.rules.words import AgeBand, ToRead
from balise.hotline.reports.tests.test_public import whole

WORDS = "il a ma photo et je vais me tuer ce soir"
NOW = "Quelqu’un en danger maintenant"
CHILD = AgeBand.FROM_13.value


class TestAnswers:
    """Without a database."""

    def test_of_a_child_are_of_danger_where_the_words_are(self) -> None:
        said = heard(Answers(description=WORDS, age_band=CHILD))
        assert said.in_danger
        assert not said.danger
        assert said.words_rule
        assert to_read(said) is ToRead.DANGER
        assert Answers.from_fields(said.to_fields()) == said

    def test_of_who_tells_what_they_saw_are_marked_and_no_more(self) -> None:
        said = heard(Answers(description=WORDS))
        assert said.words_rule
        assert not said.in_danger

    def test_are_heard_anew_each_time(self) -> None:
        said = heard(Answers(description=WORDS, age_band=CHILD))
        assert heard(said.with_given({"description": "bonjour"})).words_rule == ""
        assert heard(Answers(description="je sers à rien", age_band=CHILD)).words_rule == ""
        assert heard(Answers()) == Answers()


@pytest.mark.safety
@pytest.mark.django_db
@pytest.mark.parametrize("follow_up", ["yes", "no"])
def test_a_child_reads_at_once_whom_to_call_and_comes_first(client: Client, follow_up: str) -> None:
    given = {"description": WORDS, "age_band": CHILD, "category": "csam"}
    answer = whole(client, **given, follow_up=follow_up)
    page = client.get(answer["Location"]).text
    assert NOW in page
    assert Report.objects.get().danger
    assert Content.objects.get().danger
    assert "me tuer" not in "".join(str(entry.facts) for entry in Entry.objects.all())


@pytest.mark.django_db
def test_other_words_bring_nobody_first(client: Client) -> None:
    whole(client, description="une photo de moi sans mon accord", age_band=CHILD, category="csam")
    assert not Report.objects.get().danger
