from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "balise.foundation.files"
    label = "files"
