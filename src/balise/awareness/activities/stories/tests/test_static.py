"""Of the library that plays stories in a browser, one file is served, and it evaluates no text."""

from pathlib import Path

from django.contrib.staticfiles import finders


def test_one_file_of_inkjs_is_served_and_nothing_beside_it() -> None:
    player = Path(str(finders.find("stories/ink.mjs")))
    text = player.read_text(encoding="utf-8")
    assert player.resolve().parts[-3:] == ("inkjs", "dist", "ink.mjs")
    assert "eval(" not in text
    assert "new Function" not in text
    assert finders.find("stories/ink-full.mjs") is None
