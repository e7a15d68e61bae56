"""What Balise showed before: files that the programme is compared with while it is rearranged."""

import os

import django
from django.apps import apps

if not apps.ready:  # `python -m` comes without settings
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
