"""Captions and chapters: what people write is read, what is wrong is said with its line."""

import pytest
from django.utils.translation import override

from balise.awareness.publications.rules.webvtt import CaptionsFaulty, Chapter, chapters, cues

WHOLE = """\ufeffWEBVTT - Un film

NOTE
De notre équipe --> de loin

STYLE
::cue { color: white }

1
00:01.000 --> 00:04.000 align:start line:90%
<v Lina>Il fait nuit.
On éteint.

01:00:05.5 --> 01:00:07.000
Fin.
"""


def test_reads_names_settings_notes_styles_and_hours() -> None:
    first, last = cues(WHOLE)
    assert (first.begins, first.ends) == (1, 4)
    assert first.says == "<v Lina>Il fait nuit.\nOn éteint."
    assert (last.begins, last.says) == (3605.5, "Fin.")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSubRip", "must be “WEBVTT”"),
        ("WEBVTT\n\n", "has no caption"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "has no caption"),
        ("WEBVTT\n\n0:01 --> soon\nA", "Line 3: “soon”"),
        ("WEBVTT\n\n00:01.000 -->\nA", "Line 3"),
        ("WEBVTT\n\n00:04.000 --> 00:02.000\nA", "Line 3: these words end before"),
        ("WEBVTT\n\n00:04.000 --> 00:05.000\nA\n\n00:01.000 --> 00:02.000\nB", "Line 6: the times"),
        ("WEBVTT\n\n00:21.000 --> 00:22.000\nA", "Line 3: the film ends at 0:20"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "A" * 200_001, "too long"),
    ],
)
def test_refuses_and_says_why(text: str, why: str) -> None:
    with override("en"), pytest.raises(CaptionsFaulty, match=why):
        cues(text, seconds=20)


def test_a_film_of_unknown_length_ends_nowhere() -> None:
    assert cues("WEBVTT\n\n10:00.000 --> 10:01.000\nA")


class TestChapters:
    def test_are_lines_or_webvtt(self) -> None:
        wanted = [Chapter(0, "Le soir"), Chapter(62, "La nuit vient")]
        assert chapters("0:00 Le soir\n\n1:02 La nuit vient\n") == wanted
        assert [each.at for each in wanted] == ["0:00", "1:02"]
        written = (
            "WEBVTT\n\n00:00.000 --> 01:02.000\nLe soir\n\n01:02.000 --> 02:00.000\nLa nuit vient"
        )
        assert chapters(written) == wanted
        assert chapters("") == []

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("0:00", "Line 1: write a time and a title"),
            ("soon The end", "Line 1: “soon”"),
            ("0:10 A\n0:05 B", "Line 2: the times go backwards"),
            ("0:30 A", "Line 1: the film ends"),
        ],
    )
    def test_are_refused_with_their_line(self, text: str, why: str) -> None:
        with override("en"), pytest.raises(CaptionsFaulty, match=why):
            chapters(text, seconds=20)
