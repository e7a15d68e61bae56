"""The pages of quizzes: alone, before a class, on paper, and for staff."""

import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.awareness.activities.quizzes import actions
from balise.awareness.activities.quizzes.queries import quiz
from balise.awareness.activities.quizzes.rules import pack
from balise.awareness.activities.quizzes.tests.makers import (
    CODE,
    answered,
    begun,
    example,
    first_time,
    make_published,
    make_version,
)
from balise.awareness.activities.quizzes.web.public import address
from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in

pytestmark = pytest.mark.django_db


def typed(question: Question) -> dict[str, object]:
    """Return the right answer to a question as its fields send it."""
    right = question.right[0] if question.right else ""
    match question.kind:
        case QuestionKind.ORDER:
            return {letter: str(right.index(letter) + 1) for letter in right}
        case QuestionKind.MATCH:
            return dict(zip(question.letters, right, strict=True))
        case QuestionKind.SEVERAL:
            return {"answer": list(right)}
        case QuestionKind.NUMBER if question.right_span is not None:
            return {"answer": str(question.right_span.least)}
        case _:
            return {"answer": right}


class TestAlone:
    @pytest.mark.parametrize("code", pack("fr"))
    def test_a_quiz_is_answered_to_its_end_and_each_answer_is_explained(
        self, client: Client, code: str
    ) -> None:
        found = quiz(code)
        page = client.get(client.post(f"/en/quizzes/{code}/begin/")["Location"])
        for each in found.questions:
            assert each.asks.in_language("en") in page.context["question"].asks.in_language("en")
            assert each.says is not None
            assert each.says.in_language("en") not in page.text
            place = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
            page = client.get(client.post(place, typed(each))["Location"])
            assert page.context["is_right"], each.code
            assert page.status_code == 200
            page = client.get(page.context["next"])
        assert "No score" in page.text
        assert client.get(page.context["first"]).context["is_answered"]

    def test_no_answer_is_asked_back_and_a_question_is_skipped(self, client: Client) -> None:
        place = address("question", begun(), 1)
        assert client.post(place).status_code == 422
        assert "/questions/2/" in client.post(place, {"skip": "yes"})["Location"]

    def test_a_made_up_address_and_one_of_another_quiz_are_nowhere(self, client: Client) -> None:
        assert client.get(f"/fr/quizzes/{CODE}/questions/1/?path=made-up").status_code == 404
        other = address("question", begun("parents"), 1).replace("/parents/", f"/{CODE}/")
        assert client.get(other).status_code == 404
        assert client.get(address("question", begun(), 11)).status_code == 404

    def test_the_end_is_after_the_last_question(self, client: Client) -> None:
        assert "/questions/1/" in client.get(address("end", begun()))["Location"]
        assert client.get(address("end", answered(begun()))).status_code == 200

    def test_a_quiz_that_changed_meanwhile_says_so(self, client: Client) -> None:
        make_published()
        place = address("question", begun("fake-account"), 1)
        make_published(minutes=9)
        assert "was changed" in client.get(place.replace("/fr/", "/en/")).text


class TestTwice:
    def test_the_first_time_explains_nothing_and_ends_with_six_words(self, client: Client) -> None:
        found = quiz(CODE)
        page = client.get(client.post(f"/en/quizzes/{CODE}/begin/", {"mode": "b"})["Location"])
        for each in found.questions:
            place = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
            page = client.get(client.post(place, typed(each))["Location"])
            assert each.says is not None
            assert each.says.in_language("en") not in page.text
        words = page.context["words"]
        assert len(words.split()) == 6
        again = client.post(f"/en/quizzes/{CODE}/again/", {"words": words})
        assert "/questions/1/" in again["Location"]

    def test_a_mistyped_word_is_asked_back(self, client: Client) -> None:
        first, *others = first_time().split()
        page = client.post(
            f"/en/quizzes/{CODE}/again/", {"words": " ".join(["q" + first, *others])}
        )
        assert page.status_code == 422
        assert "Did you mean" in page.text


class TestAClass:
    def test_each_question_is_shown_with_hands_explained_and_never_sent(
        self, client: Client
    ) -> None:
        page = client.get(client.post(f"/en/quizzes/{CODE}/class/")["Location"])
        for each in quiz(CODE).questions:
            assert "<form" not in page.text
            assert page.context["question"].code == each.code
            assert page.context["answer"]
            assert page.text.count("data-hands") == (
                len(each.choices) if each.kind in {QuestionKind.ONE, QuestionKind.SEVERAL} else 0
            )
            nth = page.context["nth"]
            page = client.get(f"/en/quizzes/{CODE}/class/{nth + 1}/")
        assert page.status_code == 404
        assert client.get(f"/fr/quizzes/{CODE}/class/3/pause/").status_code == 200
        assert "3018" in client.get(f"/fr/quizzes/{CODE}/class/end/").text


class TestPaper:
    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("paper", ["sheet", "answers"])
    def test_is_an_accessible_pdf(self, client: Client, language: str, paper: str) -> None:
        answer = client.get(f"/{language}/quizzes/{CODE}/{paper}.pdf")
        assert answer.content.startswith(b"%PDF")
        assert b"pdfuaid" in answer.content
        assert b"/StructTreeRoot" in answer.content


class TestStaff:
    def test_a_file_is_brought_in_looked_at_and_published(self, client: Client) -> None:
        sign_in(client, make_account("editor"))
        octets = client.get("/staff/awareness/quizzes/example.toml").content
        file = SimpleUploadedFile("quiz.toml", octets)
        brought = client.post("/staff/awareness/quizzes/import/", {"file": file})
        page = client.get(brought["Location"])
        assert page.context["version"].findings == ()
        assert not page.context["may_publish"]
        publish = f"{brought['Location']}publish/"
        assert client.post(publish).status_code == 403
        sign_in(client, make_account("awareness_lead"))
        client.post(publish)
        assert client.get("/fr/quizzes/fake-account/").status_code == 200
        client.post("/staff/awareness/quizzes/fake-account/withdraw/")
        assert client.get("/fr/quizzes/fake-account/").status_code == 404

    @pytest.mark.parametrize(
        ("octets", "says"),
        [
            (b"\xff\xfe", "UTF-8"),
            (b"not toml", "TOML"),
            (b"[[quizzes]]\n[[quizzes]]", "[[quizzes]]"),
            (b"quizzes = 3", "[[quizzes]]"),
            (b"[[quizzes]]\ncode = '<b>x</b>'", "HTML"),
            (b"[[quizzes]]\ncode = 'x'", "audience"),
            (b"#" * 300_000, "200"),
        ],
    )
    def test_what_is_no_quiz_is_refused_in_words(
        self, client: Client, octets: bytes, says: str
    ) -> None:
        sign_in(client, make_account("editor"))
        file = SimpleUploadedFile("quiz.toml", octets)
        page = client.post("/staff/awareness/quizzes/import/", {"file": file})
        assert page.status_code == 422
        assert says in page.text

    def test_questions_of_another_program_come_back_as_a_file_to_complete(
        self, client: Client
    ) -> None:
        sign_in(client, make_account("editor"))
        gift = b"::One:: Two and two? { =four ~five }\n\n::Two:: Write. {}\n\nIs it so? {T}\n"
        sent = {"other": SimpleUploadedFile("quiz.gift", gift), "language": "en"}
        answer = client.post("/staff/awareness/quizzes/convert/", sent)
        (told,) = tomllib.loads(answer.text)["quizzes"]
        assert [each["kind"] for each in told["questions"]] == ["one", "one"]
        assert told["questions"][0]["asks"] == {"en": "Two and two?", "fr": ""}
        assert "Two" in answer.text.split("[[quizzes]]")[0]
        version = actions.bring_in(told=told, by=make_actor("editor"))
        page = client.get(f"/staff/awareness/quizzes/versions/{version}/")
        assert page.context["stops"]
        faulty = {"other": SimpleUploadedFile("x.xml", b"<x/>"), "language": "en"}
        assert client.post("/staff/awareness/quizzes/convert/", faulty).status_code == 422

    def test_a_quiz_of_the_pack_is_restored(self, client: Client) -> None:
        actions.withdraw(code=CODE, by=make_actor("awareness_lead"))
        sign_in(client, make_account("awareness_lead"))
        assert "restore/" in client.get(f"/staff/awareness/quizzes/{CODE}/").text
        client.post(f"/staff/awareness/quizzes/{CODE}/restore/")
        assert client.get(f"/fr/quizzes/{CODE}/").status_code == 200

    def test_a_version_with_a_finding_is_shown_and_not_published(self, client: Client) -> None:
        rows = example()["questions"]
        version = make_version(questions=[{**rows[0], "when": [{"question": "nowhere"}]}])
        sign_in(client, make_account("awareness_lead"))
        page = client.get(f"/staff/awareness/quizzes/versions/{version}/")
        assert page.context["stops"]
        assert "nowhere" in page.text
        client.post(f"/staff/awareness/quizzes/versions/{version}/publish/")
        assert client.get("/fr/quizzes/fake-account/").status_code == 404
