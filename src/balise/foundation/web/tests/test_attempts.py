"""One way of taking no for an answer: the reason is said, what was typed stays."""

from http import HTTPStatus

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from balise.foundation.encryption.sealing import KeyForgotten
from balise.foundation.refusals import Refused
from balise.foundation.web.attempts import attempt, posted, status_of


class Late(Refused):
    code = "late"


class About(Refused):
    field = "words"


class Sample(forms.Form):
    words = forms.CharField()
    day = forms.DateField(required=False)


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said(request: HttpRequest) -> list[str]:
    return [str(message) for message in get_messages(request)]


class TestAttempt:
    def test_says_what_was_done(self, request_: HttpRequest) -> None:
        with attempt(request_, said="Saved."):
            pass
        assert said(request_) == ["Saved."]

    def test_without_a_form_says_the_reason_and_nothing_else(self, request_: HttpRequest) -> None:
        with attempt(request_, said="Saved."):
            raise Late("Too late.")
        assert said(request_) == ["Too late."]

    def test_with_a_form_keeps_what_was_typed_beside_the_reason(
        self, request_: HttpRequest
    ) -> None:
        form = Sample({"words": "Help"})
        with attempt(request_, form, said="Saved."):
            raise Late("Too late.")
        assert form.non_field_errors() == ["Too late."]
        assert form["words"].value() == "Help"
        assert said(request_) == []
        assert status_of(form) is HTTPStatus.UNPROCESSABLE_ENTITY

    @pytest.mark.parametrize(
        ("refusal", "at", "field"),
        [
            (Late("No."), "day", "day"),
            (Late("No."), {"late": "day"}, "day"),
            (Late("No."), {"other": "day"}, "__all__"),
            (About("No."), "day", "words"),
        ],
    )
    def test_puts_the_reason_where_it_belongs(
        self, request_: HttpRequest, refusal: Refused, at: str | dict[str, str], field: str
    ) -> None:
        form = Sample({"words": "Help"})
        with attempt(request_, form, at=at):
            raise refusal
        assert list(form.errors) == [field]

    def test_answers_a_conflict_with_its_own_status(self, request_: HttpRequest) -> None:
        form = Sample({"words": "Help"})
        with attempt(request_, form, conflict=True):
            raise Late("Too late.")
        assert status_of(Sample(), form) is HTTPStatus.CONFLICT

    @pytest.mark.parametrize("error", [KeyForgotten("Gone."), LookupError()])
    def test_lets_through_what_no_form_can_say(
        self, request_: HttpRequest, error: Exception
    ) -> None:
        form = Sample({"words": "Help"})
        with pytest.raises(type(error)), attempt(request_, form):
            raise error
        assert not form.errors


class TestStatusOf:
    def test_is_200_for_a_page_that_is_only_looked_at(self) -> None:
        assert status_of(Sample(), Sample(initial={"words": "Help"})) is HTTPStatus.OK

    def test_is_422_for_a_form_that_is_wrong(self) -> None:
        assert status_of(Sample(), Sample({})) is HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_form_that_is_sent_empty_is_sent(rf: RequestFactory) -> None:
    assert posted(rf.get("/?words=1")) is None
    assert Sample(posted(rf.post("/"))).is_bound
