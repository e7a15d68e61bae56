from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "balise.foundation.tasks"
    label = "tasks"
