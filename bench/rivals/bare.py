"""The floor: a Django view without middleware that returns the bytes of a file (BENCH_BODY)."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def same_bytes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, content_type=os.environ["BENCH_TYPE"])


urlpatterns = [path("", same_bytes)]
application = get_wsgi_application()
