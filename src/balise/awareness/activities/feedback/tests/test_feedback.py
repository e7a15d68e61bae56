"""What educators say after a session: counted once, by kit, and no small number shown."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.awareness.activities.feedback import access, actions, queries
from balise.awareness.activities.feedback.events import FeedbackCounted
from balise.awareness.activities.feedback.models import FeedbackTally, Once
from balise.awareness.activities.feedback.module import RULES
from balise.awareness.activities.feedback.rules import PACKAGE, asked
from balise.awareness.activities.feedback.tests.makers import say
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_kit
from balise.awareness.questions.rules.questions import AnswerFaulty
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.foundation.packs import countries_of


@pytest.mark.parametrize("country", countries_of(PACKAGE))
def test_each_country_asks_three_questions_without_a_free_text(country: str) -> None:
    assert {str(each.kind) for each in asked(country)} == {"one"}


@pytest.mark.django_db
class TestCounting:
    def test_a_form_counts_once(self) -> None:
        kit, form = uuid4(), access.form_token(uuid4())
        say(kit, form=form)
        say(kit, form=form, useful="d")
        say(kit)
        assert set(FeedbackTally.objects.values_list("question", "answer", "times")) == {
            ("useful", "a", 2),
            ("able", "b", 2),
        }

    def test_a_form_of_someone_else_or_no_answer_is_refused(self) -> None:
        with pytest.raises(NotHere):
            say(uuid4(), form="made-up")
        with pytest.raises(AnswerFaulty):
            say(uuid4(), able="")
        assert not FeedbackTally.objects.exists()
        assert not Once.objects.exists()

    def test_days_that_are_over_are_told_once(self) -> None:
        kit = uuid4()
        with clock.at(clock.now() - timedelta(days=1)):
            say(kit)
        say(kit)
        assert actions.tell_days(by=SYSTEM) == 2
        assert actions.tell_days(by=SYSTEM) == 0
        found = Entry.objects.filter(event=FeedbackCounted.name)
        assert sorted((each.facts["question"], each.facts["times"]) for each in found) == [
            ("able", 1),
            ("useful", 1),
        ]

    def test_marks_are_forgotten_after_a_month(self) -> None:
        with clock.at(clock.now() - timedelta(days=31)):
            say(uuid4())
        (rule,) = RULES
        assert rule.erase([each.pk for each in rule.due(clock.now())]) == 1
        assert not Once.objects.exists()
        assert FeedbackTally.objects.count() == 2


@pytest.mark.django_db
class TestReading:
    def test_shares_are_exact_and_in_percent_from_twenty_answers(self) -> None:
        kit = uuid4()
        for nth in range(19):
            say(kit, useful="a" if nth < 7 else "c", able="a" if nth < 18 else "c")
        (found,) = queries.said(language="fr", by=make_actor("editor"))
        assert (found.able.yes, found.able.of, found.able.percent) == (18, 19, None)
        say(kit, useful="a", able="c")
        (found,) = queries.said(language="fr", by=make_actor("editor"))
        assert (found.useful.yes, found.useful.of, found.useful.percent) == (8, 20, 40)

    def test_few_answers_are_said_as_numbers(self, client: Client) -> None:
        kit = uuid4()
        for useful in "aac":
            say(kit, useful=useful)
        sign_in(client, make_account("editor"))
        page = client.get("/staff/awareness/feedback/").text
        assert "2 sur 3" in page
        assert "67" not in page.partition("<tbody>")[2].partition("</tbody>")[0]

    def test_it_takes_the_ability(self) -> None:
        with pytest.raises(PermissionDenied):
            queries.said(language="fr", by=ANYONE)


@pytest.mark.django_db
class TestThePages:
    def test_a_kit_asks_its_reader_who_is_thanked(self, client: Client) -> None:
        kit = Published.objects.get(pk=make_kit())
        at = f"/fr/feedback/{kit.slug}/"
        assert at in client.get(f"/fr/resources/{kit.slug}/").text
        shown = client.get(at)
        token = shown.context["token"]
        missing = client.post(at, {"form": token, "useful-answer": "a"})
        assert missing.status_code == 422
        assert missing.context["token"] == token
        answers = {"useful-answer": "a", "able-answer": "b", "ages-answer": "c"}
        sent = client.post(at, {"form": token, **answers})
        assert sent["Location"] == f"{at}thanks/"
        client.post(at, {"form": token, **answers})
        assert FeedbackTally.objects.filter(kit=kit.key, times=1).count() == 2
        assert client.get(f"{at}code.svg")["Content-Type"] == "image/svg+xml"

    def test_what_is_no_kit_is_not_there(self, client: Client) -> None:
        assert client.get("/fr/feedback/nothing/").status_code == 404
