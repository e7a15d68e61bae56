from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "balise.takedown.directory"
    label = "takedown_directory"
