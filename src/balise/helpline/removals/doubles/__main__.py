"""Serve the seventeen invented platforms: `ADDRESS:PORT`, and the folder whose mail they answer."""

import sys
import threading
from pathlib import Path

from balise.helpline.removals.doubles.desks import answer_mail
from balise.helpline.removals.doubles.platforms import Platforms

if __name__ == "__main__":
    where, _colon, port = sys.argv[1].rpartition(":")
    if where not in {"127.0.0.1", "localhost"}:
        sys.exit("on this machine only")
    if len(sys.argv) > 2:  # noqa: PLR2004 - the address, the folder
        folder = Path(sys.argv[2])
        threading.Thread(target=answer_mail, args=(folder,), daemon=True).start()
    Platforms((where, int(port))).serve_forever()
