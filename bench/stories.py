"""Our server's engine of stories beside inkjs, on the same stories and choices, in the same run.

Every scene, choice and ending of each of our stories is walked by state, each state once, in both:
`alike` says that both came to the same text, tags, variables and saves. `a line` is the engine
alone. Then scenes are asked at the public door, as a browser without JavaScript does.

    scripts/bench bench/stories.py
"""

import os
import random
import re
import statistics
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

LINE_MS: Final = 2.0
TIMES: Final = 5.0  # as long as inkjs
WALK_S: Final = 5.0
SCENE_MS: Final = 20.0
SCENES: Final = 300
CHOICE: Final = re.compile(r'name="choice" value="([^"]+)"')


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
            "BALISE_HOME": folder,
            "BALISE_SECRET_KEY": "a bench has nothing to hide, and needs sixty characters for it",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        import django  # noqa: PLC0415 - settings first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        say(f"load {os.getloadavg()[0]:.0f}")
        walk()
        ask()


def walk() -> None:
    """Walk each story in both engines, and print one beside the other."""
    from balise.awareness.activities.stories.rules import about  # noqa: PLC0415
    from balise.awareness.activities.stories.tests.engines import by_inkjs, by_inkpython  # noqa: PLC0415

    say("                    ways  lines  inkpython            inkjs")
    for story in about.stories("fr"):
        walked, ours = by_inkpython(story.compiled, slug=story.slug)
        theirs = by_inkjs(story.compiled, walked, slug=story.slug)
        line, other = (1000 * each.played / each.lines for each in (ours, theirs))
        alike = "alike" if ours.arrivals == theirs.arrivals else "NOT ALIKE"
        is_met = max(line / LINE_MS, line / other / TIMES, ours.seconds / WALK_S) <= 1
        say(
            f"{story.slug:<18} {len(ours.arrivals):>5}  {ours.lines:>5}  "
            f"{ours.seconds:.2f} s, {line:.2f} ms a line  "
            f"{theirs.seconds:.2f} s, {other:.2f} ms a line  {alike}  "
            f"{line / other:.1f} times  {'met' if is_met else 'MISSED'}"
        )


def ask() -> None:
    """Play at the public door, and print what a scene takes."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from balise.awareness.activities.stories.actions import writing  # noqa: PLC0415
    from balise.awareness.activities.stories.rules import about  # noqa: PLC0415
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    writing.begin_stories(by=SYSTEM, country="fr")
    slugs = [each.slug for each in about.stories("fr")]
    client, chance, took = Client(), random.Random(1), list[float]()  # noqa: S311 - a sample
    at = ""
    while len(took) < SCENES:
        if not at:
            begun = client.post(f"/fr/stories/{chance.choice(slugs)}/begin/", {"keep": "nowhere"})
            at = begun["Location"]
        used = time.process_time()
        page = client.get(at)
        took.append(1000 * (time.process_time() - used))
        choices = [unescape(each) for each in CHOICE.findall(page.content.decode())]
        at = client.post(at, {"choice": chance.choice(choices)})["Location"] if choices else ""
    middle, most = statistics.median(took), statistics.quantiles(took, n=100)[98]
    say(
        f"a scene at the door, processor: median {middle:.1f} ms, p99 {most:.1f} ms, "
        f"of {SCENE_MS:.0f} {'met' if middle <= SCENE_MS else 'MISSED'}"
    )


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
