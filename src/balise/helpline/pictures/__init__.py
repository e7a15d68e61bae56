"""A picture of their screen that a child shows its listener. Off until counsel has answered."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.pictures"
    label = "helpline_pictures"
