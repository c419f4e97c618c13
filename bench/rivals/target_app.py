"""The application of TOM Toolkit."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "target_page"
application = get_wsgi_application()
