"""What a record says closes its contact: without a database."""

from typing import Any

import pytest

from balise.foundation.packs import PackFaulty, load
from balise.helpline.contacts.rules import forms
from balise.helpline.contacts.rules.forms import LONGEST_TEXT, FieldWrong, form
from balise.helpline.contacts.rules.kinds import codes_of, contact_kinds, missing
from balise.helpline.contacts.tests.test_ages import TODAY
from balise.helpline.queue.rules import Risk

KINDS = contact_kinds("fr")


def test_a_record_says_all_the_codes_of_its_contact() -> None:
    record = {
        "contact_type": "about-child",
        "caller_relation": "parent",
        "child_age": 14,
        "child_gender": "girl",
        "topics": ["cyberbullying"],
        "actions_taken": ["direct"],
        "place": "school",
        "outcome": "advised",
        "risk": "C",
        "summary": "Not a code.",
    }
    assert codes_of(record, KINDS) == {
        "contact_type": "about-child",
        "caller": "parent",
        "age": 14,
        "age_band": "",
        "gender": "girl",
        "topics": ["cyberbullying"],
        "actions_taken": ["direct"],
        "place": "school",
        "outcome": "advised",
        "risk": Risk.C,
    }


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"caller_relation": "child"}, "child-self"),
        ({"caller_relation": "teacher"}, "about-child"),
        ({"caller_relation": "stranger"}, ""),
        ({}, ""),
        ({"caller_relation": "child", "contact_type": "silent"}, "silent"),
    ],
)
def test_the_caller_says_the_type_where_none_was_said(record: dict[str, Any], kind: str) -> None:
    codes = codes_of(record, KINDS)
    assert (codes["contact_type"], codes["age"], codes["risk"]) == (kind, None, None)


@pytest.mark.parametrize(
    ("record", "asked"),
    [
        ({}, ("contact_type",)),
        ({"caller_relation": "child"}, ("topics",)),
        ({"caller_relation": "child", "topics": ["cyberbullying"]}, ()),
        ({"contact_type": "silent"}, ()),
    ],
)
def test_what_is_missing_is_asked(record: dict[str, Any], asked: tuple[str, ...]) -> None:
    assert missing(codes_of(record, KINDS), KINDS) == asked


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("summary", "a" * (LONGEST_TEXT + 1)),
        ("child_school", "a" * 201),
        ("child_age", "131"),
        ("child_age", "-1"),
        ("risk", "G"),
        ("topics", ["nothing"]),
    ],
)
def test_what_a_field_cannot_say_is_refused_and_never_cut(code: str, value: object) -> None:
    with pytest.raises(FieldWrong) as refusal:
        form("fr", TODAY).read({code: value})
    assert refusal.value.field == code


def test_words_from_right_to_left_are_words() -> None:
    said = {"summary": "\u202eقالت لي", "child_school": "مدرسة"}
    assert form("fr", TODAY).read(said) == said


@pytest.mark.parametrize("list_name", ["in_view", "often"])
def test_a_pack_that_views_what_it_has_not_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, list_name: str
) -> None:
    pack = load(forms.PACKAGE, country="fr", name="contact_form")
    forms._whole.cache_clear()
    monkeypatch.setattr(forms, "_pack", lambda _country: pack | {list_name: ["nothing"]})
    with pytest.raises(PackFaulty, match="nothing"):
        forms._whole("fr")
