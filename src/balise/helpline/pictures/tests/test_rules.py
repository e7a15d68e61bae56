"""The question, the sizes and the kinds, without a database."""

from io import BytesIO

import pytest
from PIL import Image

from balise.foundation.files.redrawing import BROKEN, KIND, POINTS
from balise.foundation.limited.child import CannotWork
from balise.helpline.pictures.rules.redrawing import LONGEST, redraw
from balise.helpline.pictures.rules.showing import (
    IN_THE_CHAT,
    MOST_BYTES,
    MOST_IN_ONE,
    NotNow,
    NotSent,
    PictureState,
    TooHeavy,
    TooMany,
    Undressed,
    check_room,
    check_sent,
    check_state,
    may_be_sent,
)
from balise.helpline.pictures.tests.makers import HTML, a_bomb, a_screen


@pytest.mark.parametrize("answer", ["", "yes", "unsure", "NO", "maybe"])
def test_only_a_clear_no_leads_to_the_file(answer: str) -> None:
    assert not may_be_sent(answer)
    with pytest.raises(NotSent):
        check_sent(answer, 1)


def test_a_no_lets_eight_megabytes_in_and_no_more() -> None:
    check_sent(Undressed.NO, MOST_BYTES)
    with pytest.raises(TooHeavy):
        check_sent(Undressed.NO, MOST_BYTES + 1)


def test_the_eleventh_picture_is_refused() -> None:
    check_room(MOST_IN_ONE - 1)
    with pytest.raises(TooMany):
        check_room(MOST_IN_ONE)


@pytest.mark.parametrize("state", [PictureState.KEPT, PictureState.SEALED, PictureState.GONE])
def test_what_left_the_chat_is_not_asked_about(state: PictureState) -> None:
    with pytest.raises(NotNow):
        check_state(state, IN_THE_CHAT)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_again_and_hides_nothing(kind: str) -> None:
    drawn = redraw(a_screen(kind, width=1_000, height=4_000) + b"<script>PK\x03\x04")
    assert b"<script>" not in drawn
    made = Image.open(BytesIO(drawn))
    assert (made.format, made.size) == ("WEBP", (LONGEST // 4, LONGEST))
    assert not made.getexif()


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (HTML, KIND),
        (b"GIF89a" + bytes(40), KIND),
        (b"", KIND),
        (a_screen()[:-300], BROKEN),
        (a_screen("JPEG")[:-300], BROKEN),
        (a_bomb(), POINTS),
    ],
)
def test_what_is_no_whole_picture_is_refused(octets: bytes, code: str) -> None:
    with pytest.raises(CannotWork, match=code):
        redraw(octets)
