"""The pages, forms and API, as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from balise.config import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")

application = get_wsgi_application()
environment.stop_if_faulty()
