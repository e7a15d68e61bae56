"""Printed kits: stock, print runs, deliveries."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.awareness.places.orders"
    label = "network_orders"
