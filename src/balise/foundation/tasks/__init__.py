"""Work that waits: retries, dead letters, a schedule, a reaper."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.tasks"
    label = "tasks"
