"""The site as an ASGI application; production serves WSGI (docs/operators.md)."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from integrity.launch import refuse_danger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integrity.settings")

application = get_asgi_application()
# Read now, so that a site without its secret refuses to start instead of failing at a request.
_ = settings.SECRET_KEY
refuse_danger(os.environ.get("DATABASE_URL", ""))
