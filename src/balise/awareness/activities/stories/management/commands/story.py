"""`balise story check`, `play` and `import`: a story, from its source, compiled, or of Twine."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.awareness.activities.stories.documents.compiling import NotCompiled, compiled
from balise.awareness.activities.stories.documents.files import read_files, read_text
from balise.awareness.activities.stories.documents.importing import imported
from balise.awareness.activities.stories.queries.checked import checked, read_table
from balise.awareness.activities.stories.rules import player, twee
from balise.awareness.activities.stories.rules.about import AboutFaulty
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.player import NoSuchChoice, Play
from balise.awareness.activities.stories.rules.twee import TweeFaulty
from balise.foundation.faults import Checked, Fault, line_in, missing, tell

_PLAYED: Final = ".ink, or compiled .json"
_CHECKED: Final = f"{_PLAYED}; story.toml, a .toml of words, a .twee"
_TWEE: Final = (".twee", ".tw")


class Command(BaseCommand):
    help = "Check a story, play it, or write one of Twine as ink."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        check = commands.add_parser("check", help="exit status 0 without findings, 1 with some")
        play = commands.add_parser("play", help="take choices, and show where they lead")
        play.add_argument("--choices", default="", metavar="0,1,2", help="indexes, in order")
        play.add_argument("--seed", type=int, default=0, metavar="N", help="of what chance decides")
        taken = commands.add_parser("import", help="write Twee 3 or Twine 2 JSON as ink")
        for each, what in ((check, _CHECKED), (play, _PLAYED), (taken, ".twee, or Twine 2 .json")):
            each.add_argument("file", metavar="FILE", type=Path, help=what)
            each.add_argument("--json", action="store_true", help="one JSON object")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        do: Callable[[Namespace], None] = getattr(self, f"{asked.command}_story")
        try:
            do(asked)
        except OSError as error:
            raise CommandError(f"{asked.file}: {error.strerror}") from None

    def check_story(self, asked: Namespace) -> None:
        findings, passages = _checked(asked.file)
        found = Checked(str(asked.file), [_fault(each) for each in findings], many=passages)
        # The first version of this answer had the findings alone.
        first = {"version": 1, "findings": [each.told() for each in findings]}
        tell(self, found, of="passages", as_json=asked.json, **first)

    def play_story(self, asked: Namespace) -> None:
        try:
            indexes = [int(each) for each in asked.choices.split(",") if each.strip()]
        except ValueError:
            raise CommandError("--choices are numbers with commas between them") from None
        try:
            story = player.load(_playable(asked.file))
            play = player.begin(story, seed=asked.seed)
            scenes = [_told(play)]
            for index in indexes:
                play.choose(index)
                scenes.append(_told(play))
        except (NotCompiled, StoryFaulty) as error:
            raise CommandError(f"{asked.file}: {error}") from None
        except NoSuchChoice as error:
            raise CommandError(f"choice {error} is not offered there") from None
        if asked.json:
            last = {"ending": play.scene.ending, "variables": play.variables}
            self._tell({"version": 1, "hash": story.hash, "scenes": scenes, **last})
            return
        for scene in scenes:
            self.stdout.write("\n".join(line["text"] for line in scene["lines"]))
            for choice in scene["choices"]:
                self.stdout.write(f"  {choice['index']}. {choice['text']}")

    def import_story(self, asked: Namespace) -> None:
        try:
            found = imported(read_text(asked.file))
        except (NotCompiled, TweeFaulty) as error:
            raise CommandError(f"{asked.file}: {error}") from None
        if asked.json:
            left = [orjson.loads(orjson.dumps(each)) for each in found.left_out]
            told = {"title": found.title, "ink": found.ink, "left_out": left}
            self._tell({"version": 1, **told})
            return
        self.stdout.write(found.ink)
        for line in twee.report(found.left_out):
            self.stderr.write(f"left out: {line}")

    def _tell(self, what: object) -> None:
        self.stdout.write(orjson.dumps(what, option=orjson.OPT_INDENT_2).decode())


def _checked(file: Path) -> tuple[list[Finding], int]:
    """Return what is wrong with a file of a story, and how many scenes it has."""
    try:
        if file.suffix == ".toml":
            read_table(file.name, read_text(file))
            return [], 0
        if file.suffix in _TWEE:
            found = imported(read_text(file))
            left = [Finding(each.kind, each.passage, each.text) for each in found.left_out]
            return left, found.ink.count("\n=== ")
        files = read_files(file)
        compiled = files.pop(file.name) if file.suffix == ".json" else ""
        story = checked(files, main=file.name, compiled=compiled)
        return [*story.findings], len(story.plan)
    except (AboutFaulty, NotCompiled, TweeFaulty) as error:
        code = error.code if isinstance(error, NotCompiled) else file.suffix.removeprefix(".")
        return [Finding(code, file.name, str(error))], 0
    except OSError as error:
        return [Finding("file", file.name, missing(error).words)], 0


def _fault(found: Finding) -> Fault:
    """Return a finding with the line that it names, of `main.ink:12` or in its words."""
    where, _sign, line = found.where.rpartition(":")
    if where and line.isdecimal():
        return Fault(int(line), found.code, found.message, where)
    return Fault(line_in(found.message), found.code, found.message, found.where)


def _playable(file: Path) -> str:
    """Return a compiled story. Raises NotCompiled, with the compiler's first error."""
    files = read_files(file)
    if file.suffix == ".json":
        return files[file.name]
    sources = {name: text for name, text in files.items() if name.endswith(".ink")}
    made = compiled(sources, main=file.name, library=settings.INKJS)
    if not made.text:
        first = next(each for each in made.said if each.is_error)
        raise NotCompiled("ink", f"{first.where}: {first.message}")
    return made.text


def _told(play: Play) -> dict[str, Any]:
    """Return a scene as JSON holds it."""
    scene = play.scene
    return {
        "scene": scene.name,
        "lines": [orjson.loads(orjson.dumps(line)) for line in scene.lines],
        "choices": [orjson.loads(orjson.dumps(each)) for each in scene.choices],
        "tags": orjson.loads(orjson.dumps(scene.tags)),
        "said": list(play.heard),
    }
