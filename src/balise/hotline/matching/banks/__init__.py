"""Banks: hashes of known content, what is thought of each, and who looked one up."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.hotline.matching.banks"
    label = "hotline_banks"
