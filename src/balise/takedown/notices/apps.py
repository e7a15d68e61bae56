from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "balise.takedown.notices"
    label = "takedown_notices"
