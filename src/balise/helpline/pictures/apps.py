from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "balise.helpline.pictures"
    label = "helpline_pictures"
