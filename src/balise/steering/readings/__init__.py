"""Dated readings of what others count: social accounts, videos, app stores, the web audience."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.steering.readings"
    label = "steering_readings"
