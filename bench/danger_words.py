"""Looking for words of danger: a message, and 20,000 letters chosen to be slow.

The bound asked for is a tenth of a second for any text; the peer is one search for each word of the
list by a regular expression, which knows neither spelling, nor concepts, nor denials.
"""

import os
import re
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")

import django

django.setup()

from balise.helpline.queue.rules.danger_words import danger_words, read  # noqa: E402
from balise.helpline.queue.rules.danger_words.editing import SOURCE, none  # noqa: E402
from balise.helpline.queue.rules.danger_words.letters import LONGEST_LOOKED_AT, plain  # noqa: E402
from balise.helpline.queue.tests.test_danger_words_steps import SLOW  # noqa: E402

SOURCE.ask = none  # the words of the pack: no database is asked
BOUND = 100  # milliseconds of a processor
ROUNDS = 3
SHORT = "jveu plu vivre, g tt essayé et personne me croit à la maison"
LONG = (SHORT + ". il arrete pas de me crier dessus mais demain ya sport donc ça va un peu. ") * 2


def least(text: str, ask: object = None) -> float:
    """Return the milliseconds of a processor that reading a text takes, the least of some."""
    times = []
    for _round in range(ROUNDS):
        began = process_time()
        if isinstance(ask, re.Pattern):
            ask.findall(plain(text))
        else:
            read(text, country="fr")
        times.append(process_time() - began)
    return 1_000 * min(times)


def main() -> None:
    """Print ours, the peer's and the bound."""
    words = sorted(danger_words("fr").languages["fr"].words, key=len, reverse=True)
    peer = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in words if one.isalpha()))
    print(f"{'text':<28}{'letters':>9}{'ms':>9}{'peer':>9}{'bound':>9}")
    texts = {"a message": SHORT, "a long message": LONG}
    texts |= {name: make(LONGEST_LOOKED_AT) for name, make in SLOW.items()}
    for name, text in texts.items():
        ours, theirs = least(text), least(text, peer)
        print(f"{name:<28}{len(text):>9}{ours:>9.2f}{theirs:>9.2f}{BOUND:>9}")


if __name__ == "__main__":
    main()
