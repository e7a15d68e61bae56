from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "balise.helpline.queue"
    label = "helpline_queue"
