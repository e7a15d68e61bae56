"""Files behind the storage setting, and uploads that never touch the disk in clear."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.files"
    label = "files"
