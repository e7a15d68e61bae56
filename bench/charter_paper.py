"""The paper of a family charter: each layout, in one language and in two.

Eight rules, a trial, a rule of their own. Prints the median, the ninetieth percentile and the
slowest of 40 papers, and the median of the processor time; the goal is 300 ms.

    scripts/bench bench/charter_paper.py
"""

import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.utils.translation import activate  # noqa: E402

from balise.awareness.activities.charter.documents.paper import Layout, paper  # noqa: E402
from balise.awareness.activities.charter.rules.bank import bank  # noqa: E402
from balise.awareness.activities.charter.rules.charter import Charter  # noqa: E402
from balise.awareness.activities.charter.rules.picks import Say  # noqa: E402
from balise.foundation import clock  # noqa: E402

GOAL, TIMES = 300, 40
ADDRESS = "https://centre.example/fr/charter/"


def charter() -> Charter:
    """Return a charter as a family ends with."""
    codes = [each.code for each in bank(settings.COUNTRY).offered(["8-10", "11-13"])][:8]
    begun = Charter().profiled(bands=["8-10", "11-13"], homes=1, aims=["sleep"], is_counted=False)
    chosen = begun.choosing(children=codes, parents=codes[:4]).vetoed(codes[0])
    said = chosen.saying("Le samedi, crêpes.")
    tried = {codes[0]: Say.TRY, "own-1": Say.KEEP}
    agreed = said.deciding(tried, tries={codes[0]: "30 minutes"}, today=clock.today())
    return agreed.titled("La maison du phare").finished(today=clock.today())


def main() -> None:
    """Draw and print."""
    activate("fr")
    known, one = bank(settings.COUNTRY), charter()
    load = os.getloadavg()[0]
    print(f"load {load:.0f}; {TIMES} papers of each; the goal is {GOAL} ms")
    for layout in Layout:
        for languages in (["fr"], ["fr", "en"]):
            took, worked = [], []
            for _nth in range(TIMES + 1):
                began, processor = time.perf_counter(), time.process_time()
                octets = paper(one, layout=layout, languages=languages, bank=known, address=ADDRESS)
                took.append((time.perf_counter() - began) * 1000)
                worked.append((time.process_time() - processor) * 1000)
            took, worked = sorted(took[1:]), worked[1:]  # the first one reads the typefaces
            ninth = took[int(TIMES * 0.9)]
            median, own = statistics.median(took), statistics.median(worked)
            met = "met" if median < GOAL else "not met"
            print(
                f"{layout.value:7} {'+'.join(languages):6} {len(octets) // 1000:3} kB  "
                f"p50 {median:4.0f} ms, p90 {ninth:4.0f}, slowest {took[-1]:4.0f}; "
                f"processor {own:4.0f} ms: {met}"
            )


main()
