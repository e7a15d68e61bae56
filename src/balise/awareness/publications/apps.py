from importlib import import_module

from django.apps import AppConfig
from wagtail import hooks
from wagtail.users.apps import WagtailUsersAppConfig

_AFTER_WAGTAIL = 100  # the order of a hook


def _no_mails() -> None:
    """Connect no mail of Wagtail's to its reviews: the queue says what waits (`web/due.py`)."""


class PublicationsConfig(AppConfig):
    name = "balise.awareness.publications"
    label = "awareness_publications"
    default = True

    def ready(self) -> None:
        from wagtail.admin import signal_handlers

        from balise.awareness.publications.access.policies import register
        from balise.awareness.publications.models import ToldEntry

        register()
        signal_handlers.register_signal_handlers = _no_mails
        hooks.register("register_log_actions", ToldEntry.register, order=_AFTER_WAGTAIL)
        from balise.awareness.publications.web import drawing  # noqa: F401 - registers itself


class ProfilesConfig(WagtailUsersAppConfig):
    """Wagtail's profiles without its pages of users and groups: accounts and roles are ours.

    Wagtail looks for hooks beside an app's module, and finds none here. The hooks of
    `wagtail.users` would draw forms of groups, which no account of ours has.
    """

    def ready(self) -> None:
        self.module = import_module("balise.awareness.publications.migrations")
