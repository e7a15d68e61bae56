"""Is it still there?"""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.takedown.watch"
    label = "takedown_watch"
