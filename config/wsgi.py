"""The WSGI entry point."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# A page lets go of the interpreter at each of its queries and asks for it again.  Beside a thread that calculates (an
# article being checked) each of these waits would last Python's 5 ms, a dozen a page; this makes them a tenth.
sys.setswitchinterval(0.0005)

application = get_wsgi_application()
