"""A tree that leads astray is refused, with the place of its fault in the pack."""

import re
from pathlib import Path

import pytest

from balise.foundation.packs import PackFaulty
from balise.takedown.law.rules import law as read_law_of
from balise.takedown.law.rules.qualification import qualification
from balise.takedown.law.rules.trees import Tree

_LAW = """
[[offences]]
code = "one"
words = { fr = "x" }
facts = { fr = "x" }
elements = ["met"]
covers_from = 2020-01-01
before = "not_yet"
course = "act"
course_confirmed = false
dsa_category = "STATEMENT_CATEGORY_VIOLENCE"
dsa_keywords = []
second_look = false
tell = []
notifier_optional = false
remind_after_hours = 24
[[offences.versions]]
article = { fr = "x" }
first_day = 2020-01-01
basis = { fr = "x" }
read_by = ""
sureness = "secondary"
source = ""
to_verify = { fr = "x" }
"""
_END = 'to_verify = { fr = "x" }'
_WORSE = """
[[offences.versions.aggravations]]
code = "z"
words = { fr = "x" }
when = "met=yes"
"""
_QUESTIONS = """
start = "first"
[[questions]]
code = "first"
asks = { fr = "x" }
[[questions.choices]]
code = "a"
label = { fr = "x" }
offences = ["one"]
[[questions.choices]]
code = "b"
label = { fr = "x" }
[[questions]]
code = "met"
asks = { fr = "x" }
yes = { fr = "x" }
no = { fr = "x" }
unknown = { fr = "x" }
"""
_START = 'start = "first"'
_ENDS = 'offences = ["one"]'
_ASKS = 'asks = { fr = "x" }'
_AT = "qualification.first.a"
_CHOICE = """[[questions.choices]]
code = "b"
label = { fr = "x" }
"""
_MORE = """[[questions]]
code = "{}"
asks = {{ fr = "x" }}
yes = {{ fr = "x" }}
no = {{ fr = "x" }}
unknown = {{ fr = "x" }}
"""
_FINE = """
[[offences.versions.aggravations]]
code = "y"
words = { fr = "x" }
"""


class TestAPack:
    @staticmethod
    def _read(law: str, questions: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
        place = folder / "packs" / "xx"
        place.mkdir(parents=True)
        (place / "offences.toml").write_text(law, encoding="utf-8")
        (place / "qualification.toml").write_text(questions, encoding="utf-8")
        monkeypatch.setattr("balise.foundation.packs.files", lambda _package: folder)
        monkeypatch.setattr("balise.takedown.law.rules.qualification.law", read_law_of.__wrapped__)
        return qualification.__wrapped__("xx")

    def test_is_read_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert set(self._read(_LAW, _QUESTIONS, tmp_path, monkeypatch).questions) == {
            "first",
            "met",
        }

    def test_has_what_its_pack_says(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        hinted = _QUESTIONS.replace(_ASKS, _ASKS + '\nhint = { fr = "y" }', 1)
        hinted = hinted.replace('code = "b"', 'code = "no"\nphrase = { fr = "z" }')
        tree = self._read(_LAW, hinted, tmp_path, monkeypatch)
        first, met = tree.questions["first"], tree.questions["met"]
        assert (tree.country, tree.start, str(first.hint)) == ("xx", "first", "y")
        assert (first.is_element, met.is_element, met.hint) == (False, True, None)
        shown = [(one.key, one.label.in_language("fr"), one.offences) for one in first.choices]
        assert shown == [("1", "x", ("one",)), ("n", "Non", ())]
        assert str(first.choices[1].phrase) == "z"

    @pytest.mark.parametrize(("many", "is_read"), [(1, False), (2, True), (9, True), (10, False)])
    def test_has_from_two_to_nine_choices(
        self, many: int, is_read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        more = "".join(_CHOICE.replace('"b"', f'"c{nth}"') for nth in range(many - 1))
        questions = _QUESTIONS.replace(_CHOICE, more, 1)
        if is_read:
            assert len(self._read(_LAW, questions, tmp_path, monkeypatch).questions) == 2
            return
        with pytest.raises(PackFaulty, match=r"^qualification\.first: from 2 to 9 choices$"):
            self._read(_LAW, questions, tmp_path, monkeypatch)

    @pytest.mark.parametrize(
        ("good", "bad", "says"),
        [
            (_START, 'start = "last"', "qualification.start: there is no question 'last'"),
            (_START, "", "qualification: start is a text"),
            (_START, _START + "\nparking = 1", "qualification: parking is read by nothing"),
            (_ENDS, 'offences = ["two"]', f"{_AT}: an offence that the law does not know"),
            (_ENDS, "", "qualification: nothing leads to one"),
            (_ENDS, 'to = "first"', "qualification.first: the questions go round and round"),
            (_ENDS, 'to = "met"', "qualification.met: an element leads nowhere, give it choices"),
            (_ENDS, 'to = "nowhere"', "qualification.first: there is no question 'nowhere'"),
            (_ENDS, "to = 1", f"{_AT}: to is a text"),
            (_ENDS, _ENDS + '\nto = "met"', f"{_AT}: it leads on or ends, not both"),
            (
                _ENDS,
                _ENDS + '\nsettles = { met = "perhaps" }',
                f"{_AT}: it settles met=perhaps, which nobody asks",
            ),
            (_ENDS, _ENDS + "\nparking = 1", f"{_AT}: parking is read by nothing"),
            (_ENDS, _ENDS + "\nphrase = 1", f"{_AT}.phrase: words are a table of languages"),
            (_ENDS, 'offences = ["one", "one"]', f"{_AT}: each once"),
            ('code = "b"', 'code = "a"', "qualification.first: each choice once"),
            ('code = "a"', "", "qualification.first: code is a text"),
            ('code = "a"\nlabel = { fr = "x" }', 'code = "a"', f"{_AT}: label is missing"),
            (_ASKS, "", "qualification.first: asks is missing"),
            (
                _ASKS,
                _ASKS + "\nhint = 1",
                "qualification.first.hint: words are a table of languages",
            ),
            (_ASKS, _ASKS + "\nparking = 1", "qualification.first: parking is read by nothing"),
            (
                'elements = ["met"]',
                'elements = ["first"]',
                "offences.one: its element 'first' is no question of yes or no",
            ),
            ('elements = ["met"]', "elements = []", "offences.one: an offence has elements"),
            (
                'source = ""',
                'source = ""\nelements = ["unasked"]',
                "offences.one: its element 'unasked' is no question of yes or no",
            ),
            ('no = { fr = "x" }', "", "qualification.met: no is missing"),
            ('code = "met"', 'code = "first"', "qualification of xx: each question once"),
            (
                _QUESTIONS,
                _QUESTIONS + _MORE.format("more") + _MORE.format("also"),
                "qualification: nothing asks also, more",
            ),
            (
                _END,
                _END + _WORSE.replace("met=yes", "met=perhaps"),
                "offences.one.z: nobody answers met=perhaps",
            ),
            (
                _END,
                _END + _FINE + _WORSE.replace("met=yes", "met=perhaps"),
                "offences.one.z: nobody answers met=perhaps",
            ),
            (
                _END,
                _END + _WORSE.replace("met=yes", "met"),
                "offences.one.aggravations.z: when is question=answer",
            ),
            (_END, _END + _WORSE + _WORSE, "offences.one: each aggravation once"),
        ],
    )
    def test_is_refused_for_one_fault(
        self, good: str, bad: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert good in _LAW + _QUESTIONS
        law, questions = (text.replace(good, bad, 1) for text in (_LAW, _QUESTIONS))
        with pytest.raises(PackFaulty, match=f"^{re.escape(says)}$"):
            self._read(law, questions, tmp_path, monkeypatch)
