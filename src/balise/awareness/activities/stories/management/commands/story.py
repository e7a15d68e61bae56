"""`balise story check`, `play` and `import`: a story, from its source, compiled, or of Twine."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.awareness.activities.stories.documents.compiling import NotCompiled, compiled
from balise.awareness.activities.stories.documents.files import read_files
from balise.awareness.activities.stories.documents.importing import imported
from balise.awareness.activities.stories.queries.checked import checked
from balise.awareness.activities.stories.rules import player, twee
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.player import NoSuchChoice, Play
from balise.awareness.activities.stories.rules.twee import TweeFaulty

_PLAYED: Final = ".ink, or compiled .json"


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
        for each, what in ((check, _PLAYED), (play, _PLAYED), (taken, ".twee, or Twine 2 .json")):
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
        except UnicodeDecodeError:
            raise CommandError(f"{asked.file}: no text in UTF-8") from None

    def check_story(self, asked: Namespace) -> None:
        findings = _findings(asked.file)
        if asked.json:
            self._tell({"version": 1, "findings": [each.told() for each in findings]})
        else:
            for each in findings:
                self.stdout.write(f"{each.where or '-'}: {each.message} [{each.code}]")
            self.stdout.write(f"{len(findings)} findings")
        if findings:
            raise SystemExit(1)

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
            found = imported(asked.file.read_text(encoding="utf-8-sig"))
        except TweeFaulty as error:
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


def _findings(file: Path) -> Sequence[Finding]:
    try:
        files = read_files(file)
    except NotCompiled as error:
        return [Finding(error.code, file.name, str(error))]
    compiled = files.pop(file.name) if file.suffix == ".json" else ""
    return checked(files, main=file.name, compiled=compiled).findings


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
