"""Files of other programs: what is read as our questions, what is left out, what is refused."""

import io
import zipfile
from time import process_time

import pytest

from balise.awareness.questions.documents import imports
from balise.awareness.questions.rules.imports import FileFaulty, Imported, Why, gift, qti
from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.questions.rules.reading import questions
from balise.foundation.limited.child import CannotWork

GIFT = r"""
// a comment
$CATEGORY: $course$/Top

::Numéro:: Quel numéro appeler \: {=3018 =le 3018 #Oui}

::Choix::[html]<p>Que <b>faire</b> ?</p> {
  ~Payer #Non
  =Garder les messages #La preuve aide.
  ~Effacer \= oublier
####Source : la police.}

::Plusieurs:: Quels indices ? {~%50%Un secret ~%50%Des cadeaux ~%-100%Un bonjour}

Une adresse suffit. {T}

::Paires:: Qui fait quoi ? {=3018 -> écoute =119 -> protège =17 -> écoute}

Combien d’heures ? {#9..12}

Combien ? {#3.5:0.5}

Deux et deux font {=quatre} en tout.

::Essai:: Raconte. {}

::Image:: <img src="https://ailleurs.example/a.png"> {=a ~b}

::Sans:: Rien de bon ? {~a ~b}
"""


def taken(imported: Imported) -> dict[str, Question]:
    return {each.code: each for each in questions(imported.rows, where="file")}


class TestGift:
    def test_each_kind_is_read(self) -> None:
        found = list(taken(gift.read(GIFT, language="fr")).values())
        assert [each.kind for each in found] == [
            *(
                QuestionKind.TEXT,
                QuestionKind.ONE,
                QuestionKind.SEVERAL,
                QuestionKind.ONE,
                QuestionKind.MATCH,
            ),
            *(QuestionKind.NUMBER, QuestionKind.NUMBER, QuestionKind.TEXT),
        ]
        number, choice, several, true, pairs, hours, near, gap = found
        assert str(number.asks) == "Quel numéro appeler :"
        assert number.is_right("Le 3018")
        assert (str(choice.asks), str(choice.says)) == ("Que faire ?", "Source : la police.")
        assert str(choice.chosen("c")[0].says) == "Effacer = oublier"
        assert choice.is_right("b")
        assert several.is_right("ab")
        assert true.is_right("a")
        assert [str(each.says) for each in pairs.partners] == ["protège", "écoute"]
        assert pairs.is_right("bab")
        assert hours.is_right("10")
        assert near.is_right(near.read(["3,9"]))
        assert str(gap.asks) == "Deux et deux font _____ en tout."

    def test_what_is_left_out_is_told(self) -> None:
        left = gift.read(GIFT, language="fr").left_out
        assert [each.why for each in left] == [Why.KIND, Why.PICTURE, Why.NO_ANSWER]
        assert "Essai" in left[0].where

    @pytest.mark.parametrize("text", ["", "// nothing\n\n", "$CATEGORY: x"])
    def test_a_file_without_a_question_is_refused(self, text: str) -> None:
        with pytest.raises(CannotWork):
            gift.read(text, language="fr")

    @pytest.mark.parametrize(
        "text", ["A {=a", "A } B {", "A {a b}", "A {#many}", "A {=%x%}{", "{}"]
    )
    def test_a_broken_question_is_left_out_or_read_and_nothing_else(self, text: str) -> None:
        imported = gift.read(text, language="fr")
        assert len(imported.rows) + len(imported.left_out) == 1


ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{name}"
 title="{name}" adaptive="false" timeDependent="false">
<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">
<correctResponse>{right}</correctResponse></responseDeclaration>
<itemBody>{body}</itemBody>
<modalFeedback outcomeIdentifier="F" identifier="yes" showHide="show">Because.</modalFeedback>
</assessmentItem>"""


def item(body: str, *right: str, name: str = "q", **more: str) -> bytes:
    values = "".join(f"<value>{each}</value>" for each in right)
    told = {"cardinality": "single", "base": "identifier", **more}
    return ITEM.format(name=name, body=body, right=values, **told).encode()


CHOICES = "".join(f'<simpleChoice identifier="{one}">{one}</simpleChoice>' for one in ("X", "Y"))
CHOOSE = f'<p>Say <b>one</b> thing.</p><choiceInteraction responseIdentifier="R">{CHOICES}'
CHOOSE += "</choiceInteraction>"
SORT = f'<orderInteraction responseIdentifier="R"><prompt>Sort.</prompt>{CHOICES}'
SORT += "</orderInteraction>"
TYPE = '<p>Call <textEntryInteraction responseIdentifier="R"/> now.</p>'
SETS = (("A", "B"), ("X", "Y"))
MATCH = '<matchInteraction responseIdentifier="R"><prompt>Match.</prompt>'
for each_set in SETS:
    inside = "".join(
        f'<simpleAssociableChoice identifier="{one}" matchMax="1">{one}</simpleAssociableChoice>'
        for one in each_set
    )
    MATCH += f"<simpleMatchSet>{inside}</simpleMatchSet>"
MATCH += "</matchInteraction>"


class TestQti:
    @pytest.mark.parametrize(
        ("octets", "kind", "asks", "right"),
        [
            (item(CHOOSE, "Y"), QuestionKind.ONE, "Say one thing.", "b"),
            (
                item(CHOOSE, "X", "Y", cardinality="multiple"),
                QuestionKind.SEVERAL,
                "Say one thing.",
                "ab",
            ),
            (item(SORT, "Y", "X", cardinality="ordered"), QuestionKind.ORDER, "Sort.", "ba"),
            (
                item(MATCH, "A Y", "B X", cardinality="multiple", base="directedPair"),
                QuestionKind.MATCH,
                "Match.",
                "ba",
            ),
            (item(TYPE, "3018", base="integer"), QuestionKind.NUMBER, "Call _____ now.", "3018"),
            (item(TYPE, "Help", base="string"), QuestionKind.TEXT, "Call _____ now.", "help"),
        ],
    )
    def test_each_kind_is_read(
        self, octets: bytes, kind: QuestionKind, asks: str, right: str
    ) -> None:
        (found,) = taken(qti.read(octets, language="en")).values()
        assert (found.kind, str(found.asks), str(found.says)) == (kind, asks, "Because.")
        assert found.is_right(right)

    def test_a_package_is_read_item_by_item(self) -> None:
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as files:
            files.writestr("imsmanifest.xml", "<manifest/>")
            files.writestr("one.xml", item(CHOOSE, "Y", name="one"))
            picture = f'<img src="https://elsewhere.example/a.png"/>{CHOOSE}'
            files.writestr("two.xml", item(picture, "Y"))
            files.writestr("three.xml", item(CHOOSE))
            files.writestr("four.xml", "<!DOCTYPE x><assessmentItem/>")
        imported = qti.read(package.getvalue(), language="en")
        assert list(taken(imported)) == ["one"]
        assert [(each.where, each.why) for each in imported.left_out] == [
            ("two.xml", Why.PICTURE),
            ("three.xml", Why.NO_ANSWER),
        ]

    @pytest.mark.parametrize("octets", [b"", b"<a/>", b"PK\x03\x04", b"not xml", b"\xff\xfe"])
    def test_another_file_is_refused(self, octets: bytes) -> None:
        with pytest.raises(CannotWork):
            qti.read(octets, language="en")

    def test_a_package_that_swells_is_refused(self) -> None:
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as files:
            files.writestr("one.xml", b" " * 6_000_000)
        with pytest.raises(FileFaulty, match="5 Mo"):
            imports.read(package.getvalue(), language="en")


class TestApart:
    def test_a_child_reads_what_the_rules_read(self) -> None:
        imported = imports.read(GIFT.encode(), language="fr")
        assert taken(imported) == taken(gift.read(GIFT, language="fr"))
        assert imported.left_out[0].where == "ligne 25 (Essai)"

    @pytest.mark.parametrize(
        ("octets", "said"),
        [(b"", "GIFT"), (b"<a/>", "QTI"), (b"PK\x03\x04", "QTI"), (b"a {=b}\n\n" * 501, "500")],
    )
    def test_what_is_refused_is_refused_in_words(self, octets: bytes, said: str) -> None:
        with pytest.raises(FileFaulty, match=said):
            imports.read(octets, language="en")

    def test_a_file_of_opened_braces_is_read_in_a_moment(self) -> None:
        began = process_time()
        assert gift.read("x {\n" * 50_000, language="en").left_out[0].why is Why.UNREADABLE
        assert process_time() - began < 2  # it took half a minute
