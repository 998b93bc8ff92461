"""How does a server call the application? Not with keys that do not fit the database."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
application = get_wsgi_application()
import_module("coaching.checks").refuse_wrong_keys()
