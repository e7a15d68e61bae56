"""The pictures that our stories name: they exist, weigh little, hold no word, and end in light."""

import gzip
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Final

import pytest
from defusedxml.ElementTree import fromstring
from tests.walks import of_each

from balise.awareness.activities.stories.rules.pictures import PICTURES, read_picture

_PACKS: Final = files("balise.awareness.activities.stories").joinpath("packs", "fr")
_STORIES: Final = sorted(
    (one for one in _PACKS.iterdir() if one.is_dir()), key=lambda folder: folder.name
)
_KNOT: Final = re.compile(r"^=== (\w+) ===\n(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
_BEAM: Final = 'd="M0,-3 L-300,-40 V30 L0,3Z"'


def _scenes(folder: Traversable) -> dict[str, dict[str, str]]:
    """Return the tags above the text of each knot."""
    ink = folder.joinpath("main.ink").read_text("utf-8")
    return {
        name: dict(re.findall(r"^# (\w+): (.*)$", body, re.MULTILINE))
        for name, body in _KNOT.findall(ink)
    }


def test_each_scene_has_a_picture_and_each_picture_a_scene() -> None:
    scenes = list(chain.from_iterable(_scenes(folder).values() for folder in _STORIES))
    assert {tags.get("image") for tags in scenes} == set(PICTURES)


@of_each("name", PICTURES)
def test_a_picture_stands_alone_and_weighs_little(name: str) -> None:
    drawn = read_picture(name)
    read = fromstring(drawn)
    assert {each.tag.rpartition("}")[2] for each in read.iter()} <= {
        "svg", "g", "path", "rect", "circle", "ellipse",
    }  # fmt: skip
    assert not "".join(read.itertext()).strip()
    assert 2_000 <= len(drawn) <= 10_000
    assert len(gzip.compress(drawn.encode())) < 2_000


@pytest.mark.parametrize("folder", _STORIES, ids=lambda folder: folder.name)
def test_a_picture_is_told_in_one_sentence(folder: Traversable) -> None:
    told = {name: tags.get("alt", "") for name, tags in _scenes(folder).items()}
    english = folder.joinpath("en.toml")
    if english.is_file():
        words = tomllib.loads(english.read_text("utf-8"))
        told |= {f"{name} en": words[name]["alt"] for name in tuple(told)}
    assert all(0 < len(alt) < 120 for alt in told.values())


def test_the_lighthouse_is_lit_in_each_ending() -> None:
    endings = [
        tags["image"]
        for folder in _STORIES
        for tags in _scenes(folder).values()
        if "ending" in tags
    ]
    assert len(endings) >= 4 * len(_STORIES)
    assert all(_BEAM in read_picture(name) for name in endings)


@pytest.mark.parametrize("story", ["passed", "account", "game"])
def test_nobody_is_taken_for_someone_else(story: str) -> None:
    looks = defaultdict[str, set[object]](set)
    for name in PICTURES:
        if name.startswith(story):
            for who, look in _people(name):
                looks[who].add(look)
    assert len(looks) >= 5
    assert all(len(each) == 1 for each in looks.values())
    assert len(set.union(*looks.values())) == len(looks)


def _people(name: str) -> Iterator[tuple[str, object]]:
    """Return who is in a picture: the outlines of their hair, and the colour of their top."""
    for group in fromstring(read_picture(name)).iterfind(".//*[@id]"):
        tops = [each.get("fill") for each in group.iterfind(".//*[@class='top']")]
        hair = [
            each.get("d") or (each.get("cx"), each.get("cy"), each.get("r"))
            for each in group.iterfind(".//*[@class='hair']")
        ]
        if tops:
            (top,) = tops
            yield group.attrib["id"], (tuple(hair), top)
