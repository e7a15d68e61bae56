from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "balise.hotline.desk"
    label = "hotline_desk"
