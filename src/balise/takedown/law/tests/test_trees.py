"""The questions lead to the offence of the day, in a few keys, and write why."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from balise.foundation.packs import countries_of
from balise.takedown.law.rules import Why, offences
from balise.takedown.law.rules.qualification import qualification
from balise.takedown.law.rules.trees import UNKNOWN, Ending, Tree, kept, rationale, reached, walk

TODAY = date(2026, 11, 1)
MOST_KEYS = 7
COUNTRIES = countries_of("balise.takedown.law")
FRANCE = qualification("fr")
SHARED = {
    "subject": "minor-images",
    "minor-images": "shared",
    "reach": "public",
    "minor": "yes",
    "pornographic": "yes",
}


def ways(tree: Tree, on: date, answers: dict[str, str]) -> Iterator[tuple[dict[str, str], Ending]]:
    """Yield every way through a tree, with where it ends."""
    question = walk(tree, answers, on).at
    if question is None:
        ending = reached(tree, answers, on)
        assert ending is not None
        yield answers, ending
        return
    for choice in question.choices:
        yield from ways(tree, on, answers | {question.code: choice.code})


class TestTheWay:
    def test_begins_at_the_first_question(self) -> None:
        first = walk(FRANCE, {}, TODAY).at
        assert first is not None
        assert first.code == "subject"
        assert [choice.key for choice in first.choices] == list("123456789")

    def test_asks_the_elements_of_the_offence_by_y_n_and_u(self) -> None:
        given = {"subject": "minor-images", "minor-images": "shared", "reach": "public"}
        question = walk(FRANCE, given, TODAY).at
        assert question is not None
        assert question.code == "minor"
        assert [choice.key for choice in question.choices] == ["y", "n", "u"]

    def test_reaches_the_offence_and_its_aggravations(self) -> None:
        ending = reached(FRANCE, SHARED, TODAY)
        assert ending is not None
        assert ending.offence is not None
        assert (ending.offence.code, ending.doubtful) == ("csam-sharing", False)
        assert [one.code for one in ending.aggravations] == ["network"]
        elsewhere = reached(FRANCE, SHARED | {"reach": "some"}, TODAY)
        assert elsewhere is not None
        assert not elsewhere.aggravations

    def test_one_no_leads_to_no_offence(self) -> None:
        ending = reached(FRANCE, SHARED | {"minor": "no"}, TODAY)
        assert ending is not None
        assert ending.offence is None
        assert [question.code for question in ending.missing] == ["minor"]

    def test_one_unknown_reaches_it_in_doubt(self) -> None:
        ending = reached(FRANCE, SHARED | {"pornographic": "unknown"}, TODAY)
        assert ending is not None
        assert ending.offence is not None
        assert ending.doubtful

    def test_tries_the_next_offence_where_the_first_fails(self) -> None:
        given = {"subject": "solicitation", "solicitation-age": "older", "solicitation": "proposal"}
        given |= {"adult-to-minor": "yes", "incites-to-act": "yes"}
        ending = reached(FRANCE, given, TODAY)
        assert ending is not None
        assert ending.offence is not None
        assert ending.offence.code == "inciting-minor"

    def test_tries_the_next_offence_where_the_first_was_not_in_force(self) -> None:
        given = {"subject": "person-images", "person-images": "faked-sexual"}
        given |= {"montage-published": "yes", "no-consent": "yes", "not-apparent": "yes"}
        for on, code, others in (
            (date(2024, 5, 22), "montage", ["sexual-montage"]),
            (date(2024, 5, 23), "sexual-montage", []),
        ):
            ending = reached(FRANCE, given, on)
            assert ending is not None
            assert ending.offence is not None
            assert ending.offence.code == code
            assert [one.code for one in ending.not_in_force] == others

    def test_ends_in_a_reason_where_nothing_was_an_offence_then(self) -> None:
        given = {"subject": "pressure", "pressure": "impersonation"}
        ending = reached(FRANCE, given, date(2010, 1, 1))
        assert ending is not None
        assert ending.offence is None
        (absence,) = ending.not_in_force
        assert (absence.code, absence.reason) == ("impersonation", Why.NOT_YET)

    def test_never_leads_to_a_text_that_was_annulled(self) -> None:
        given = {"subject": "pressure", "pressure": "sexual"}
        ending = reached(FRANCE, given, date(2010, 1, 1))
        assert ending is not None
        assert ending.offence is None
        assert (ending.not_in_force[0].code, ending.not_in_force[0].reason) == (
            *("sexual-harassment", Why.ANNULLED),
        )

    def test_names_the_text_of_the_day_of_the_facts(self) -> None:
        given = {"subject": "minor-images", "minor-images": "held"}
        given |= {"minor": "yes", "pornographic": "yes", "held": "yes"}
        before, after = (reached(FRANCE, given, on) for on in (date(2020, 7, 31), date(2020, 8, 1)))
        assert before is not None
        assert after is not None
        assert before.offence != after.offence

    def test_forgets_the_answers_that_a_change_of_mind_leaves_behind(self) -> None:
        changed = SHARED | {"subject": "terrorism"}
        assert kept(FRANCE, changed, TODAY) == {"subject": "terrorism"}

    @given(
        st.dictionaries(st.sampled_from([*FRANCE.questions, "other"]), st.text(max_size=4)),
        st.dates(),
    )
    def test_nonsense_is_asked_again(self, answers: dict[str, str], on: date) -> None:
        question = walk(FRANCE, answers, on).at
        known = FRANCE.questions[FRANCE.start].choice(answers.get(FRANCE.start, ""))
        assert known is not None or (question is not None and question.code == FRANCE.start)


@pytest.mark.parametrize("country", COUNTRIES)
class TestEveryCountry:
    def test_every_offence_in_force_is_reached_in_a_few_keys(self, country: str) -> None:
        tree = qualification(country)
        shortest: dict[str, int] = {}
        for answers, ending in ways(tree, TODAY, {}):
            assert len(answers) <= MOST_KEYS
            if ending.offence is not None and not ending.doubtful:
                code = ending.offence.code
                shortest[code] = min(shortest.get(code, MOST_KEYS), len(answers))
        assert set(shortest) == {one.code for one in offences(TODAY, country=country)}

    def test_only_questions_of_the_days_texts_are_asked(self, country: str) -> None:
        """On each day that a text began, and the day before, whatever is answered."""
        tree = qualification(country)
        begins = {one.first_day for one in tree.offences}
        for on in sorted(begins | {day - timedelta(days=1) for day in begins}):
            of_the_day = {
                element for one in offences(on, country=country) for element in one.elements
            }
            for answers, _ending in ways(tree, on, {}):
                elements = {code for code in answers if tree.questions[code].is_element}
                assert elements <= of_the_day, (on, elements - of_the_day)

    def test_every_offence_reached_has_all_its_elements(self, country: str) -> None:
        tree = qualification(country)
        for answers, ending in ways(tree, TODAY, {}):
            if ending.offence is None:
                continue
            settled = dict(answers)
            for code, answer in answers.items():
                choice = tree.questions[code].choice(answer)
                assert choice is not None
                settled.update(choice.settles)
            said = {settled[element] for element in ending.offence.elements}
            assert said <= {"yes", UNKNOWN}
            assert ending.doubtful == (UNKNOWN in said)

    def test_every_way_writes_its_reasons_in_both_languages(self, country: str) -> None:
        tree = qualification(country)
        for answers, ending in ways(tree, TODAY, {}):
            if ending.offence is None or ending.doubtful:
                continue
            french, english = (rationale(tree, answers, language) for language in ("fr", "en"))
            assert len(french) >= 40, answers
            assert len(english) >= 40, answers
            assert french.count(". ") == english.count(". ")
            assert french != english

    def test_speaks_french_and_english(self, country: str) -> None:
        for question in qualification(country).questions.values():
            phrases = [choice.phrase for choice in question.choices if choice.phrase]
            labels = [choice.label for choice in question.choices]
            hints = [question.hint] if question.hint else []
            for words in (question.asks, *phrases, *labels, *hints):
                assert {"fr", "en"} <= {language for language, _words in words.by_language}
            for phrase in phrases:
                for _language, sentence in phrase.by_language:
                    assert sentence[0].isupper(), sentence
                    assert sentence.endswith("."), sentence


def test_reasons_are_sentences_in_the_order_of_the_questions() -> None:
    assert rationale(FRANCE, SHARED, "en") == (
        "The content can be reached through a network by an undetermined public. "
        "The person shown is a minor, or looks like one. The image is pornographic."
    ).replace("The image is", "The image or representation is")
    assert rationale(FRANCE, {"nothing": "yes", "minor": "perhaps"}, "fr") == ""
