"""Notices in many forms, French and English: each file's name says which elements it lacks."""

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import call_command
from hypothesis import given, strategies as st
from tests.walks import of_each

from balise.takedown.notices.management import reading_apart
from balise.takedown.notices.rules.completeness import Stated, Statement, completeness
from balise.takedown.notices.rules.reading import Form, NoticeUnreadable, read_notices
from balise.takedown.notices.rules.reading.lexicon import is_against_children, statement_in

READINGS = sorted((Path(__file__).parent / "readings").iterdir())
# One for each answer: the command reads each in a child, which is a quarter of a second.
ONE_OF_EACH = sorted({path.name.partition("--")[0]: path for path in READINGS}.values())
OMITTABLE = frozenset({"csam-sharing"})
NAMES = st.text(max_size=8) | st.sampled_from(
    """reason url notifier reporter name email good_faith statement act category xarf_version
    evidence tags urls justification content""".split()  # noqa: SIM905 - read more easily
)


@of_each("path", READINGS, ids=lambda path: path.name)
def test_a_notice_lacks_what_its_file_is_named_for(path: Path) -> None:
    expected = path.name.partition("--")[0]
    content = path.read_bytes()
    if expected == "error":
        with pytest.raises(NoticeUnreadable):
            read_notices(content, name=path.name, omittable=OMITTABLE)
        return
    (read,) = read_notices(content, name=path.name, omittable=OMITTABLE)
    found = completeness(read.stated)
    assert "".join(found.missing) == expected.replace("none", ""), read.stated


class TestReadNotices:
    @pytest.mark.parametrize(
        ("name", "form"),
        [
            ("none--ours.json", Form.OURS),
            ("none--usual-names.json", Form.JSON),
            ("none--xarf.json", Form.XARF),
            ("none--cloudflare.json", Form.CLOUDFLARE),
            ("none--mail-fr.eml", Form.MAIL),
            ("none--letter-fr.txt", Form.TEXT),
        ],
    )
    def test_tells_the_form_by_what_is_in_it(self, name: str, form: Form) -> None:
        content = (Path(__file__).parent / "readings" / name).read_bytes()
        assert read_notices(content)[0].form is form

    def test_reads_each_notice_of_a_list_and_of_lines(self) -> None:
        one = {"reason": "x" * 50, "url": "https://site.example/1"}
        for content in (
            orjson.dumps([one, one]),
            orjson.dumps(one) + b"\n" + orjson.dumps(one) + b"\n",
        ):
            assert len(read_notices(content)) == 2

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_reads_what_old_programs_write(self, encoding: str) -> None:
        text = (Path(__file__).parent / "readings" / "none--letter-fr.txt").read_text("utf-8")
        (read,) = read_notices(text.encode(encoding))
        assert completeness(read.stated).is_complete

    @pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"a\0b", b"x" * 5_000_001, b""])
    def test_refuses_what_is_no_text(self, content: bytes) -> None:
        with pytest.raises(NoticeUnreadable):
            read_notices(content)

    def test_a_front_page_is_a_weak_place(self) -> None:
        (read,) = read_notices(b'{"url": "https://site.example/"}')
        assert completeness(read.stated).b.standing == "weak"

    @pytest.mark.parametrize(
        ("explanation", "standing"),
        [
            ("This page sells forged papers, and that is illegal.", "weak"),
            ("This page sells forged papers (art. 441-2 of the code).", "met"),
            ("Cette page vend de faux papiers : article L. 111-1.", "met"),
            ("Here is a smart 3 in 1 that nobody may sell, they say.", "weak"),
        ],
    )
    def test_a_short_explanation_is_weak_unless_it_names_a_law(
        self, explanation: str, standing: str
    ) -> None:
        assert completeness(Stated(explanation=explanation)).a.standing == standing

    def test_one_bad_place_among_good_ones_is_weak(self) -> None:
        (read,) = read_notices(b'{"urls": ["https://site.example/1", "somewhere"]}')
        assert completeness(read.stated).b.standing == "weak"


class TestTheWords:
    @pytest.mark.parametrize(
        "text",
        [
            "Je déclare de bonne foi que ces informations sont exactes et complètes.",
            "Nous avons la conviction, de bonne foi, que tout est exact.",
            "La présente notification est faite de bonne foi.",
            "En toute bonne‑foi, j’affirme que ces informations sont exactes.",
            "I have a good faith belief that this is accurate.",
            "We confirm our bona fide belief that the allegations are accurate and complete.",
            "Good-faith statement: I confirm.",
            "☑ I believe in good faith that this is true.",
        ],
    )
    def test_that_state_good_faith(self, text: str) -> None:
        assert statement_in(text) is Statement.GOOD_FAITH

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Son auteur est de mauvaise foi.",
            "He acts in bad faith and we know it.",
            "We did not write this in good faith.",
            "Please act in good faith.",
            "Nous vous demandons d'agir de bonne foi.",
            "☐ Je déclare de bonne foi que c'est exact.",
            "Bonne foi : non",
            "The content is complete nonsense.",
        ],
    )
    def test_that_do_not(self, text: str) -> None:
        assert statement_in(text) is Statement.NONE

    def test_that_promise_accuracy_alone_are_weak(self) -> None:
        text = "Je certifie sur l'honneur que ces informations sont exactes."
        assert statement_in(text) is Statement.ACCURACY

    @pytest.mark.parametrize(
        "text",
        [
            "csam",
            "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
            "abuse_children",
            "child_abuse_material",
            "pédopornographie",
            "PÉDOCRIMINALITÉ",
            "exploitation sexuelle de mineurs",
            "abus sexuels sur un enfant",
            "article 227-23 du code pénal",
            "article 227-22-1",
            "Directive 2011/93/EU",
            "images pornographiques d'un mineur",
        ],
    )
    def test_that_name_an_offence_against_children(self, text: str) -> None:
        assert is_against_children(text)

    @pytest.mark.parametrize(
        "text",
        [
            "hate",
            "PROTECTION_OF_MINORS",
            "NON_CONSENSUAL_IMAGE_SHARING",
            "This is not CSAM",
            "aucune image pédopornographique",
            "article 227-24 du code pénal",
            "harcèlement d'un enfant",
            "violences contre une femme",
        ],
    )
    def test_that_name_another(self, text: str) -> None:
        assert not is_against_children(text)


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    call_command("notice", "check", "--json", *words)
    return [orjson.loads(line) for line in capsys.readouterr().out.splitlines()]


class TestTheCommand:
    def test_prints_one_object_a_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = checked(capsys, *map(str, ONE_OF_EACH))
        for path, one in zip(ONE_OF_EACH, found, strict=True):
            expected = path.name.partition("--")[0]
            assert one["file"] == str(path)
            if expected == "error":
                assert set(one) == {"file", "error"}
                continue
            assert one["missing"] == list(expected.replace("none", ""))
            assert one["complete"] is (one["missing"] == [])
            assert list(one["elements"]) == ["a", "b", "c", "d"]
            assert all(each["why"] for each in one["elements"].values())

    def test_tells_of_a_file_that_is_not_there(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        assert "error" in checked(capsys, str(tmp_path / "nothing.json"))[0]
        assert "error" in checked(capsys, str(tmp_path))[0]

    def test_reads_stdin(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = b'[{"reason": "too short"}, {"url": "https://site.example/1"}]'
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        first, second = checked(capsys, "-")
        assert (first["item"], second["item"]) == (1, 2)
        assert second["missing"] == ["a", "c", "d"]

    def test_gives_up_what_takes_too_long(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(reading_apart, "_LIMITS", replace(reading_apart._LIMITS, processor=1))
        endless = tmp_path / "endless.eml"
        endless.write_bytes(b"From: a@b.example\nContent-Type: " + b"a;" * 500_000 + b"\n\nHello\n")
        (found,) = checked(capsys, str(endless))

        assert found["error"] == "Reading takes too long."

    def test_speaks_to_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("notice", "check", *map(str, ONE_OF_EACH))
        out = capsys.readouterr().out
        assert "\tcomplete\t" in out
        assert "\tincomplete\t" in out
        assert "\tunreadable\t" in out


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(NAMES, inside),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, JSON, min_size=1))
def test_any_object_is_read_or_refused(notice: dict[str, Any]) -> None:
    for read in read_notices(orjson.dumps(notice)):
        assert 0 <= completeness(read.stated).points <= 100


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
def test_anything_else_is_read_or_refused(content: bytes) -> None:
    try:
        notices = read_notices(content)
    except NoticeUnreadable:
        return
    for read in notices:
        assert 0 <= completeness(read.stated).points <= 100
