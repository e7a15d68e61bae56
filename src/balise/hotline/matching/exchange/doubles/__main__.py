"""Serve the invented sources of hashes of the demonstration: `ADDRESS:PORT`."""

import sys
import time

from balise.hotline.matching.exchange.doubles.lists import Manner, invented
from balise.hotline.matching.exchange.doubles.sources import Sources

_A_DAY = 86_400

if __name__ == "__main__":
    where, _colon, port = sys.argv[1].rpartition(":")
    if where not in {"127.0.0.1", "localhost"}:
        sys.exit("on this machine only")
    server = Sources((where, int(port)))
    begin = int(time.time()) - 20 * _A_DAY
    for seed, name in enumerate(("ncmec", "stopncii", "tat"), start=1):
        server.lists[name].entries = invented(seed, 40, begin=begin)
        server.lists[name].page = 10
    server.lists["ncmec"].manners = {Manner.UNORDERED, Manner.CORRUPT, Manner.EXPIRING}
    server.lists["stopncii"].manners = {Manner.LISTS}
    server.lists["tat"].manners = {Manner.CHANGING}
    server.serve_forever()
