"""What a listener keeps of a contact, what it was about, and the figures that stay of it."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.contacts"
    label = "helpline_contacts"
