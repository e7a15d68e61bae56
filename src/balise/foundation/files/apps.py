from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "balise.foundation.files"
    label = "files"

    def ready(self) -> None:
        from balise.foundation.files import checks  # noqa: F401 - registers itself
