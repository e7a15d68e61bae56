import socket
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from tests import temporary

from balise.config.catalogues import compile_messages
from balise.config.management.addresses import Address, address
from balise.config.management.readiness import make_sure_free

pytestmark = pytest.mark.sqlite


@pytest.fixture
def words_are_read_again() -> Iterator[None]:
    yield
    translation_file_changed(None, Path("any.mo"))


def test_compiles_what_is_newer(tmp_path: Path) -> None:
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Hello", msgstr="Bonjour"))
    catalogue.save(str(source))
    compile_messages(tmp_path)
    compiled = source.with_suffix(".mo")
    assert polib.mofile(str(compiled))[0].msgstr == "Bonjour"
    written_at = compiled.stat().st_mtime_ns
    compile_messages(tmp_path)
    assert compiled.stat().st_mtime_ns == written_at


def test_what_is_compiled_is_spoken_at_once(
    tmp_path: Path, settings: Any, words_are_read_again: None
) -> None:
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Only here", msgstr="Rien que là"))
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.save(str(source))
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("fr"):
        assert translation.gettext("Only here") == "Only here"
    compile_messages(tmp_path)
    with translation.override("fr"):
        assert translation.gettext("Only here") == "Rien que là"


class TestMakeSureFree:
    def test_is_silent_where_nobody_listens(self) -> None:
        make_sure_free(Address("127.0.0.1", temporary.free_port()))

    def test_refuses_a_place_that_is_taken(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            with pytest.raises(CommandError, match="already in use"):
                make_sure_free(Address("127.0.0.1", other.getsockname()[1]))


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("127.0.0.1:8000", Address("127.0.0.1", 8000)),
            ("[::1]:80", Address("::1", 80)),
            ("8000", Address("127.0.0.1", 8000)),
        ],
    )
    def test_reads_what_an_operator_types(self, text: str, meant: Address) -> None:
        assert address(text) == meant
        assert address(str(meant)) == meant

    @pytest.mark.parametrize("text", ["", "host", "host:", "host:0", "host:65536", "host:²"])
    def test_refuses_the_rest(self, text: str) -> None:
        with pytest.raises(ArgumentTypeError):
            address(text)
