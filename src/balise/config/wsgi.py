"""The pages, forms and API, as a WSGI application."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from balise.config import environment
from balise.config.bodies import Limits, capped

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balise.config.settings")

_pages = get_wsgi_application()
environment.stop_if_faulty()
limits = Limits(plain=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, with_files=settings.BODY_MAX_BYTES)
application = capped(_pages, limits)
