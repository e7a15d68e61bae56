from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "balise.steering.committee"
    label = "steering_committee"
