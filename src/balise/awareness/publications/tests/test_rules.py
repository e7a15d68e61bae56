import pytest

from balise.awareness.publications import rules


def test_who_may_not_write_may_nothing() -> None:
    assert rules.verbs(writes=False, publishes=True) == frozenset()


def test_a_writer_does_not_publish() -> None:
    assert rules.verbs(writes=True, publishes=False) == {"add", "change", "choose"}
    assert "publish" in rules.verbs(writes=True, publishes=True)


@pytest.mark.parametrize("name", ["images/a.webp", "documents/1f/a.pdf"])
def test_files_of_public_folders_are_open(name: str) -> None:
    assert rules.is_open(name, folders=("images", "documents"))


@pytest.mark.parametrize(
    "name", ["", "images", "images/", "original_images/a.webp", "images/../original_images/a.webp"]
)
def test_nothing_else_is_open(name: str) -> None:
    assert not rules.is_open(name, folders=("images", "documents"))


def test_a_text_takes_no_html_and_nothing_embedded() -> None:
    assert not {"embed", "image", "code"} & set(rules.BODY)
