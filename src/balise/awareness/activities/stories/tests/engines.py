"""The two engines side by side: inkjs under Node, as a browser plays, and inkpython, as we do."""

import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from django.conf import settings
from django.contrib.staticfiles import finders

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.plan import START, Walk, walk
from balise.awareness.activities.stories.rules.player import Play

_BOTH: Final = Path(__file__).with_name("both.mjs")


@dataclass(frozen=True, slots=True)
class Walked:
    """What an engine came to, way after way; seconds in all, and of the engine alone."""

    arrivals: Sequence[dict[str, Any]]
    seconds: float
    played: float

    @property
    def lines(self) -> int:
        """Return how many lines were played."""
        return sum(len(each["scene"]["lines"]) for each in self.arrivals)


def by_inkjs(compiled: str, walked: Walk, *, slug: str, seed: int = 0) -> Walked:
    """Return what inkjs comes to by the ways of a walk."""
    told = {
        "compiled": compiled,
        "slug": slug,
        "hash": player.digest(compiled),
        "seed": seed,
        "ways": [(each.at, each.index, each.to) for each in walked.arrivals],
    }
    ink = settings.INKJS.with_name("ink.mjs")
    engine = finders.find("stories/engine.js")
    done = subprocess.run(  # noqa: S603 - our own program
        [str(shutil.which("node")), str(_BOTH), f"file://{ink}", f"file://{engine}"],
        input=orjson.dumps(told),
        capture_output=True,
        check=True,
    )
    return Walked(**orjson.loads(done.stdout))


def by_inkpython(compiled: str, *, slug: str, seed: int = 0) -> tuple[Walk, Walked]:
    """Return a walk, and what each of its ways comes to, played once more."""
    story = player.load(compiled, slug=slug)
    before = time.perf_counter()
    walked = walk(story, seed=seed)
    seconds = time.perf_counter() - before
    plays: dict[int, Play] = {}
    arrivals, played = [], 0.0
    for each in walked.arrivals:
        copy = plays[each.at].copied() if each.at != START else None
        before = time.perf_counter()
        play = copy or player.begin(story, seed=seed)
        if copy is not None:
            play.choose(each.index)
        played += time.perf_counter() - before
        plays.setdefault(each.to, play)
        arrivals.append(_told(play))
    return walked, Walked(arrivals, seconds, played)


def _told(play: Play) -> dict[str, Any]:
    scene = asdict(play.scene) | {"ending": play.scene.ending}
    told = {
        "scene": scene,
        "variables": play.variables,
        "save": play.saved().told(),
        "since": play.since,
    }
    found: dict[str, Any] = orjson.loads(orjson.dumps(told))
    return found
