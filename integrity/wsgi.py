"""The site as a WSGI application."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from integrity.launch import refuse_danger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integrity.settings")

application = get_wsgi_application()
# Read now, so that a site without its secret refuses to start instead of failing at a request.
_ = settings.SECRET_KEY
refuse_danger(os.environ.get("DATABASE_URL", ""))
