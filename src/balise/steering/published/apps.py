from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "balise.steering.published"
    label = "steering_published"
