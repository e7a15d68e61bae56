"""The app's own origin in this process: its settings, for tests that ask it through a client."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test.utils import override_settings

from balise.config import own

HOST = "app.localhost:8000"
APP = f"http://{HOST}"
HERE = {"host": HOST}


@contextmanager
def beside() -> Iterator[None]:
    """Be a centre whose app has an origin of its own; this process opens the other doors."""
    with override_settings(APP_ADDRESS=APP):
        yield


@contextmanager
def own_origin() -> Iterator[None]:
    """Be the process of the app's own origin, with its rights in the database."""
    rights = "tests.processes.RightsMiddleware"
    with override_settings(
        APP_ADDRESS=APP,
        DOORS=["app"],
        ALLOWED_HOSTS=["app.localhost"],
        MIDDLEWARE=[*own.MIDDLEWARE, rights],
        ROOT_URLCONF=own.ROOT_URLCONF,
    ):
        yield
