"""The exchange: hashes that partners give us, that we give them, or that they ask about."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.matching.exchange"
    label = "hotline_hashes"

    def ready(self) -> None:
        from balise.hotline.matching.exchange import checks  # noqa: F401 - registers itself
