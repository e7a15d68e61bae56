"""The pages, forms and API, as a WSGI application."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from balise.config import environment
from balise.config.bodies import capped

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")

_pages = get_wsgi_application()
environment.stop_if_faulty()
application = capped(_pages, limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
