"""The administrators' pages: audit log, retention, tasks that failed."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.foundation.oversight"
    label = "oversight"
