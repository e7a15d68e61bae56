"""The real settings, with a quick password hasher and a home of their own."""

import gc
import os
import tempfile
from pathlib import Path

# Nothing of what is loaded from here on is garbage; to look for some took a second of a processor.
# What loads it looks again from then on (`foundation/loading.py`).
gc.disable()

_home = Path(tempfile.mkdtemp(prefix="balise-tests-"))
os.environ.setdefault("BALISE_HOME", str(_home))
os.environ.setdefault(
    "BALISE_SECRET_KEY", "a secret that only the tests know, sixty characters long"
)
os.environ.setdefault("BALISE_MODULES", "cybertips,exchange,pictures")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_home}/tests.sqlite3")

from balise.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {  # static files are served as they are written
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The row of a picture's size is not that of the same number in an earlier test.
CACHES = {**CACHES, "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

LOOKING_HOURS = "any"  # tests run at any hour

STATIC_ROOT.mkdir(exist_ok=True)

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in a real centre: threads and other processes meet its real locks.
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test-run.sqlite3")}

MIDDLEWARE = [*MIDDLEWARE, "tests.processes.RightsMiddleware"]
