from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "balise.takedown.watch"
    label = "takedown_watch"
