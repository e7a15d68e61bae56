from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "balise.takedown.directory"
    label = "takedown_directory"

    def ready(self) -> None:
        from balise.takedown.directory import checks  # noqa: F401 - registers itself
