"""Field by field, there and back: no value stands in another's place, and none is always “No”."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from balise.takedown.law.rules.items import Act, AgeGroup, Answer, Item, Reality
from balise.takedown.onward.exchange.rules.iccam import bodies
from balise.takedown.onward.exchange.rules.iccam.codes import ICCAM
from balise.takedown.onward.exchange.rules.iccam.fields import (
    ASSESSMENT,
    ActionReason,
    ActionType,
    FieldFaulty,
    Payment,
    classified_from,
    read_assessment,
    write_assessment,
)
from balise.takedown.onward.exchange.rules.letters import Age, Classification, Classified
from balise.takedown.onward.exchange.tests.iccam import double_fields as observed
from balise.takedown.onward.exchange.tests.iccam.makers import NATIONAL, make_exported
from balise.takedown.onward.exchange.tests.test_letters import classifieds

FLAGS = {
    "is_virtual": "virtualContentCategorization",
    "is_self_generated": "userGeneratedContentCategorization",
    "is_modelling": "childModelingCategorization",
}


def with_word(classified: Classified, name: str, word: Any) -> Classified:
    given: dict[str, Any] = {name: word}
    return replace(classified, **given)


class TestAssessment:
    @given(classifieds)
    def test_comes_back_as_it_was(self, classified: Classified) -> None:
        body = write_assessment(classified, analyst="")
        assert read_assessment(body) == classified
        observed.check_assessment(body)

    @given(classifieds)
    def test_each_word_changes_its_own_field_and_no_other(self, classified: Classified) -> None:
        before = write_assessment(classified, analyst="")
        for field in ASSESSMENT:
            for word in field.values:
                changed = with_word(classified, field.ours, word)
                after = write_assessment(changed, analyst="")
                differing = {name for name in after if after[name] != before[name]}
                assert differing <= {field.theirs}
                assert bool(differing) == (word != getattr(classified, field.ours))

    @pytest.mark.parametrize(("ours", "theirs"), FLAGS.items())
    def test_a_yes_is_a_yes_in_its_own_field(self, ours: str, theirs: str) -> None:
        # The two defects of the client that was observed: swapped fields, and a yes that is a no.
        plain = Classified(classification=Classification.NATIONAL)
        body = write_assessment(with_word(plain, ours, word=True), analyst="")
        assert {name: body[name] for name in FLAGS.values()} == {
            name: int(name == theirs) for name in FLAGS.values()
        }

    def test_every_field_of_ours_and_every_value_of_theirs_is_there(self) -> None:
        assert {field.ours for field in ASSESSMENT} == {each.name for each in fields(Classified)}
        lists = {
            "classification": observed.CLASSIFICATIONS,
            "ageCategorization": observed.AGES,
            "genderCategorization": observed.GENDERS,
            **dict.fromkeys(FLAGS.values(), observed.YES_NO),
        }
        for field in ASSESSMENT:
            assert {int(code) for code in field.values.values()} == set(lists[field.theirs])

    @pytest.mark.parametrize("value", [3, 0, "1", None, True, 1.0])
    def test_reads_no_value_that_is_not_in_its_list(self, value: object) -> None:
        body = write_assessment(NATIONAL, analyst="") | {"classification": value}
        with pytest.raises(FieldFaulty):
            read_assessment(body)

    def test_the_code_lists_are_those_that_were_observed(self) -> None:
        for ours, theirs in (
            (ActionType, observed.ACTIONS),
            (Payment, observed.PAYMENTS),
        ):
            assert {each.value: each.label for each in ours} == theirs
        assert [each.value for each in ActionReason] == list(observed.REASONS)


class TestTheLawsMapping:
    def test_is_taken_field_by_field(self) -> None:
        item = Item(
            age=AgeGroup.PRE_PUBESCENT,
            act=Act.CONTACT,
            reality=Reality.GENERATED,
            self_generated=Answer.YES,
            child_modelling=Answer.NO,
        )
        said = ICCAM.of_address([item], national=Answer.YES)
        found = classified_from({field: int(code.value) for field, code in said.items()})
        assert found is not None
        assert found.age is Age.PREPUBESCENT
        assert (found.is_virtual, found.is_self_generated, found.is_modelling) == (
            True,
            True,
            False,
        )

    def test_says_nothing_where_nothing_is_known(self) -> None:
        said = ICCAM.of_address([Item()])
        assert classified_from({name: int(code.value) for name, code in said.items()}) is None
        assert classified_from({}) is None


class TestBodies:
    def test_a_report_has_every_field_that_was_observed(self) -> None:
        body = bodies.report_body(make_exported(reference="r-1", network=64_500))
        observed.check_report(body)
        assert body["hotlineReceivedDate"] == "2026-11-20T09:30:00Z"

    @pytest.mark.parametrize(
        "change",
        [
            {"sourceUrlSiteType": 12},
            {"sourceUrlPaymentMethods": [99]},
            {"hotlineReference": ""},
            {"hotlineReceivedDate": "2026-11-20"},
            {"urls": []},
            {"memo": None},
            {"stranger": 1},
        ],
    )
    def test_the_double_accepts_nothing_else(self, change: dict[str, Any]) -> None:
        body: dict[str, Any] = bodies.report_body(make_exported(reference="r-1")) | change
        with pytest.raises(observed.Faulty):
            observed.check_report(body)

    def test_what_waits_to_be_exported_comes_back_as_it_was(self) -> None:
        one = make_exported(payments=(Payment.VISA.value, Payment.BITCOIN.value), is_cdn=True)
        assert bodies.Exported.from_fields(one.to_fields()) == one

    @given(st.sampled_from(ActionType), st.none() | st.sampled_from(ActionReason))
    def test_an_action_is_as_supposed(
        self, action: ActionType, reason: ActionReason | None
    ) -> None:
        at = datetime(2026, 11, 24, 12, tzinfo=UTC)
        body = bodies.action_body(action, at=at, reason=reason)
        observed.check_action(body)
        assert body["actionDate"] == "2026-11-24T12:00:00Z"

    @pytest.mark.parametrize(
        "body",
        [
            None,
            {},
            {"reportId": "1", "urls": [{"contentId": 2}]},
            {"reportId": 1, "urls": []},
            {"reportId": 1, "urls": [{"contentId": 2}, {"contentId": 3}]},
        ],
    )
    def test_a_receipt_has_its_numbers(self, body: object) -> None:
        with pytest.raises(FieldFaulty):
            bodies.read_receipt(body)

    @pytest.mark.parametrize(
        "body",
        [
            [],
            {"contentId": 1},
            {"contentId": 1, "reportId": 2, "urlString": "x", "assessment": {}},
            {"contentId": 1, "reportId": 2, "urlString": "x", "actions": ["x"]},
        ],
    )
    def test_a_content_is_whole(self, body: object) -> None:
        with pytest.raises(FieldFaulty):
            bodies.read_content(body)

    def test_a_list_names_contents(self) -> None:
        assert bodies.read_list([{"contentId": 5}, 6]) == [5, 6]
        wrong: list[object] = [{}, [{"id": 5}], ["5"]]
        for body in wrong:
            with pytest.raises(FieldFaulty):
                bodies.read_list(body)
