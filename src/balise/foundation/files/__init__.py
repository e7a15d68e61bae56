"""Files behind the storage setting, and uploads that never touch the disk in clear."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.files"
    label = "files"

    def ready(self) -> None:
        from balise.foundation.files import checks  # noqa: F401 - registers itself
