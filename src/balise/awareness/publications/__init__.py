"""What the centre publishes: pages written in Wagtail, read from a projection."""

from django.apps import AppConfig

_AFTER_WAGTAIL = 100  # the order of a hook


def _no_mails() -> None:
    """Connect no mail of Wagtail's to its reviews: the queue says what waits (`web/due.py`)."""


class App(AppConfig):
    name = "balise.awareness.publications"
    label = "awareness_publications"

    def ready(self) -> None:
        from wagtail import hooks
        from wagtail.admin import signal_handlers

        from balise.awareness.publications.access.policies import register
        from balise.awareness.publications.models import ToldEntry

        register()
        signal_handlers.register_signal_handlers = _no_mails
        hooks.register("register_log_actions", ToldEntry.register, order=_AFTER_WAGTAIL)
        from balise.awareness.publications.web import drawing, held  # noqa: F401 - register themselves
