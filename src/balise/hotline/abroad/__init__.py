"""The hotline and hotlines abroad: content sent to them and received, in letters and by ICCAM."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.abroad"
    label = "hotline_abroad"
