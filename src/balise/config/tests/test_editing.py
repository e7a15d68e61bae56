"""A template and a word that are edited show without a restart, in a demonstration alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polib
import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.reloader import translation_file_changed
from tests.waiting import until

from balise.config import editing
from balise.config.catalogues import compile_messages
from balise.config.editing import Edited


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "edited.html")


@pytest.fixture(autouse=True)
def _words_are_read_again() -> Iterator[None]:
    yield
    translation_file_changed(None, Path("any.mo"))


urlpatterns = [path("edited/", page)]


@contextmanager
def looking(edited: Edited) -> Iterator[None]:
    edited.begin()
    try:
        yield
    finally:
        edited.stop()


def test_a_page_shows_its_edited_template(settings: Any, tmp_path: Path) -> None:
    template = tmp_path / "edited.html"
    template.write_text("before")
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}
    ]

    def shown() -> str:
        return Client().get("/edited/").content.decode()

    assert shown() == "before"
    template.write_text("after")
    assert shown() == "before", "templates are read once where nobody looks"

    with looking(Edited(templates=[tmp_path], catalogues=[])):

        def edit_and_look() -> bool:  # an edit before its first look is not seen
            template.write_text("after")
            return shown() == "after"

        until(edit_and_look)


def test_an_edited_word_is_spoken(settings: Any, tmp_path: Path) -> None:
    catalogue = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)

    def write(word: str) -> None:
        words = polib.POFile()
        words.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        words.append(polib.POEntry(msgid="A word of this test", msgstr=word))
        words.save(str(catalogue))

    write("avant")
    compile_messages(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("fr"):
        assert gettext("A word of this test") == "avant"

    with looking(Edited(templates=[], catalogues=[tmp_path])):

        def edit_and_look() -> bool:
            write("après")
            with translation.override("fr"):
                return gettext("A word of this test") == "après"

        until(edit_and_look)


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_only_a_demonstration_is_looked_at(
    settings: Any, monkeypatch: pytest.MonkeyPatch, is_demonstration: bool
) -> None:
    begun: list[Edited] = []
    monkeypatch.setattr(Edited, "begin", lambda edited: begun.append(edited))  # noqa: PLW0108 - a method
    settings.DEMONSTRATION = is_demonstration

    editing.show_edits()

    assert len(begun) == is_demonstration
    watched = {each.suffix for edited in begun for each, _changed in edited.snapshot_files()}
    assert (".html" in watched) == is_demonstration
    assert ".py" not in watched
