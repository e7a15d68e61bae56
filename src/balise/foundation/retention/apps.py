from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "balise.foundation.retention"
    label = "retention"
