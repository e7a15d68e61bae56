from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "balise.foundation.oversight"
    label = "oversight"
