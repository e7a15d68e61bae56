from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "balise.steering.boards"
    label = "boards"
