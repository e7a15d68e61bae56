from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "balise.helpline.contacts"
    label = "helpline_contacts"
