"""The family charter: what a family agrees on, tries, and looks at again."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.activities.charter"
    label = "activities_charter"
