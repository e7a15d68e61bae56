"""A notice that obliges its host: four elements, each explained; words that leave nothing out."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.utils.translation import override
from tests.walks import of_each

from balise.takedown.law.rules import Facts, Offence, all_offences, law, law_of, offence_on
from balise.takedown.law.rules.facts import CitedLaw
from balise.takedown.notices.queries.wording import Wording, word_notice, word_reminder
from balise.takedown.notices.rules.completeness import Element
from balise.takedown.notices.rules.letters import (
    Letter,
    LocationRefused,
    NoticeIncomplete,
    SeenBy,
    Sighting,
    check_complete,
    elements,
    message_id,
    number_of,
    read_locations,
)
from balise.takedown.notices.rules.states import (
    CLOSED,
    OPEN,
    Failure,
    Impediment,
    NoticeState,
    Outcome,
    WrongState,
    check_contestable,
    check_step,
    may_have_arrived,
    state_after,
)

CSAM = offence_on("csam-sharing", on=date(2026, 10, 1), country="fr")
IMAGES = offence_on("intimate-images", on=date(2026, 10, 1), country="fr")
CENTRE = SimpleNamespace(
    organisation="Centre Exemple",
    notice_email="notifications@centre.example",
    postal_address="1 rue de l'Exemple",
)
SEEN_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
LETTER = Letter(
    locations=(
        "https://images.example/album/1",
        "https://images.example/album/2?a=b&c=" + "d" * 90,
    ),
    explanation="L'album diffuse l'image intime d'une personne qui s'y oppose.",
    details="Troisième image.",
    sighting=Sighting(at=SEEN_AT, by=SeenBy.ANALYST),
    in_good_faith=True,
)


def with_(**given: object) -> Letter:
    return Letter.of_payload(LETTER.to_payload() | given)


def found(letter: Letter, offence: Offence = IMAGES, name: str = "Centre") -> tuple[Element, ...]:
    return elements(letter, offence=offence, notifier=name, notifier_email="x@centre.example")


def missing(letter: Letter, offence: Offence = IMAGES, name: str = "Centre") -> str:
    return "".join(one.letter for one in found(letter, offence, name) if not one.is_met)


class TestElements:
    def test_are_four_each_with_an_explanation(self) -> None:
        assert [one.letter for one in found(LETTER)] == ["a", "b", "c", "d"]
        assert all(one.name and one.says for one in found(LETTER))
        assert missing(LETTER) == ""

    @pytest.mark.parametrize(
        ("given", "letters"),
        [
            ({"explanation": "Illégal."}, "a"),
            ({"explanation": " \n" * 60}, "a"),
            ({"locations": []}, "b"),
            ({"locations": ["quelque part"]}, "b"),
            ({"locations": ["http://10.0.0.1/"]}, "b"),
            ({"in_good_faith": False}, "d"),
            ({"locations": [], "explanation": "", "in_good_faith": False}, "abd"),
        ],
    )
    def test_tell_what_is_missing(self, given: dict[str, object], letters: str) -> None:
        assert missing(with_(**given)) == letters

    def test_need_the_centre_to_be_named(self) -> None:
        assert missing(LETTER, name="") == "c"

    def test_let_the_notifier_out_for_sexual_offences_against_children_alone(self) -> None:
        unnamed = with_(names_notifier=False)
        for offence in all_offences("fr"):
            spared = offence.notifier_optional
            assert missing(unnamed, offence) == ("" if spared else "c"), offence.code

    def test_stop_what_is_incomplete_and_say_why(self) -> None:
        with override("en"), pytest.raises(NoticeIncomplete, match=r"exact address.*good faith"):
            check_complete(found(with_(locations=[], in_good_faith=False)))
        check_complete(found(LETTER))


class TestLetters:
    def test_come_back_from_their_seal(self) -> None:
        assert Letter.of_payload(LETTER.to_payload()) == LETTER

    def test_have_exact_locations_once_each(self) -> None:
        read = read_locations(("hxxp://A.example/x", "http://a.example/x#y", "b.example"))
        assert read == ("http://a.example/x", "https://b.example/")

    def test_refuse_what_is_no_location(self) -> None:
        with pytest.raises(LocationRefused):
            read_locations(("nowhere",))
        with pytest.raises(LocationRefused):
            read_locations(("https://a.example/",) * 201)

    def test_have_a_number_and_one_message_id_for_ever(self) -> None:
        notice = UUID(int=0x1A2B3C4D << 96)
        assert number_of(notice) == "N-1A2B3C4D"
        assert message_id(notice) == f"notice.{notice}"
        assert message_id(notice, reminder=True) == f"reminder.{notice}"


class TestSteps:
    def test_begin_where_they_may(self) -> None:
        check_step("send", NoticeState.FAILED)
        for state in NoticeState:
            if state not in {NoticeState.DRAFT, NoticeState.FAILED}:
                with pytest.raises(WrongState):
                    check_step("send", state)

    def test_leave_a_notice_with_its_host_whatever_became_of_it_since(self) -> None:
        for state in set(NoticeState) - {NoticeState.FAILED}:
            assert may_have_arrived(state=state, was_sent=True, in_doubt=False)
        for state in NoticeState:
            assert may_have_arrived(state=state, was_sent=False, in_doubt=True)
            assert not may_have_arrived(state=state, was_sent=False, in_doubt=False)
        assert not may_have_arrived(state=NoticeState.FAILED, was_sent=True, in_doubt=False)

    def test_let_nobody_contest_what_no_host_has_or_what_was_taken_back(self) -> None:
        check_contestable(NoticeState.WITHDRAWN, has_arrived=True)
        for state, has_arrived in ((NoticeState.RETRACTED, True), (NoticeState.WITHDRAWN, False)):
            with pytest.raises(WrongState):
                check_contestable(state, has_arrived=has_arrived)

    def test_leave_no_state_without_a_name_in_words(self) -> None:
        words = [*NoticeState, *Outcome, *Impediment, *Failure]
        assert all(word.label for word in words)

    def test_end_somewhere(self) -> None:
        assert set(NoticeState) == OPEN | CLOSED
        assert {state_after(outcome) for outcome in Outcome} <= OPEN | CLOSED


DAY = Facts(date(2026, 1, 2))


def worded(letter: Letter = LETTER, offence: Offence = CSAM, language: str = "fr") -> Wording:
    return word_notice(
        letter,
        offence=offence,
        law=CitedLaw(law_of(law("fr").history(offence.code), DAY), DAY),
        host="Hébergeur <Exemple> & fils",
        number="N-1A2B3C4D",
        language=language,
        centre=CENTRE,
    )


class TestWording:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_holds_the_law_the_facts_the_places_the_sender_and_the_good_faith(
        self, language: str
    ) -> None:
        text = worded(language=language).text
        one_line = " ".join(text.split())
        for part in (
            "Hébergeur <Exemple> & fils",
            "N-1A2B3C4D",
            "2022/2065",
            CSAM.article.in_language(language),
            CSAM.words.in_language(language),
            CSAM.facts.in_language(language),
            LETTER.explanation,
            LETTER.details,
            *LETTER.locations,
            "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
            "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
            "Centre Exemple",
            "notifications@centre.example",
            "1 rue de l'Exemple",
            "10:30",
        ):
            assert part in one_line, part
        for line in text.splitlines():
            assert len(line) <= 78 or line in LETTER.locations

    def test_speaks_french_to_the_french(self) -> None:
        text = " ".join(worded(language="fr").text.split())
        assert "de bonne foi" in text
        assert "réclamation" in text or "recours" in text
        assert not any(word in text for word in ("This ", "Please", "notice ", "GOOD"))

    def test_speaks_english_to_others(self) -> None:
        assert "in good faith" in " ".join(worded(language="en").text.split())

    def test_leaves_the_sender_out_where_that_was_chosen(self) -> None:
        text = worded(with_(names_notifier=False)).text
        assert "Centre Exemple" not in text
        assert "notifications@centre.example" not in text
        assert "2011/93" in text

    def test_names_no_content_in_its_subject(self) -> None:
        subject = worded().subject
        assert "N-1A2B3C4D" in subject
        assert "images.example" not in subject
        assert CSAM.words.in_language("fr") not in subject

    @pytest.mark.parametrize("language", ["fr", "en"])
    @of_each("offence", all_offences("fr"), ids=lambda one: one.code)
    def test_reads_well_for_every_offence(self, offence: Offence, language: str) -> None:
        text = worded(offence=offence, language=language).text
        assert "\n\n\n" not in text
        assert "{" not in text
        assert "None" not in text
        assert text.endswith("\n")

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_of_a_reminder_repeats_the_notice(self, language: str) -> None:
        notice = worded(language=language)
        reminder = word_reminder(
            LETTER,
            notice,
            offence=CSAM,
            host="Hébergeur Exemple",
            number="N-1A2B3C4D",
            language=language,
            sent_at=SEEN_AT,
        )
        assert notice.text.strip() in reminder.text
        assert reminder.subject != notice.subject
