from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "balise.awareness.network.training"
    label = "network_training"
