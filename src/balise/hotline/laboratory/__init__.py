"""The laboratory: a victim has an image stopped without showing it."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.laboratory"
    label = "hotline_laboratory"
