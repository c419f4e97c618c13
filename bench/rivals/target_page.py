"""TOM Toolkit as its own set-up makes it, with one public target and no facility: `python -m target_page` prepares it.

Settings, addresses and application in one module; the state stands in BENCH_FOLDER.
"""

import os
import sys
from pathlib import Path

from tom_common.default_settings import *  # noqa: F403
from tom_common.default_settings import (
    TOMTOOLKIT_AUTHENTICATION_BACKENDS,
    TOMTOOLKIT_INSTALLED_APPS,
    TOMTOOLKIT_MIDDLEWARE,
)

FOLDER = Path(os.environ["BENCH_FOLDER"])
SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
TOM_NAME = "bench"
INSTALLED_APPS = list(TOMTOOLKIT_INSTALLED_APPS)
SITE_ID = 1
MIDDLEWARE = list(TOMTOOLKIT_MIDDLEWARE)
ROOT_URLCONF = "target_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_TEMPLATE_PACK = "bootstrap5"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "tom.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
AUTHENTICATION_BACKENDS = list(TOMTOOLKIT_AUTHENTICATION_BACKENDS)
LOGIN_URL = "/accounts/login/"
LANGUAGE_CODE, TIME_ZONE, USE_I18N, USE_TZ = "en-us", "UTC", True, True
STATIC_URL, STATIC_ROOT = "/static/", FOLDER / "static"
MEDIA_URL, MEDIA_ROOT = "/data/", FOLDER / "data"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TARGET_TYPE = "NON_SIDEREAL"
MATCH_MANAGERS: dict = {}
FACILITIES: dict = {}
TOM_FACILITY_CLASSES: list = []
DATA_PRODUCT_TYPES = {
    "photometry": ("photometry", "Photometry"),
    "spectroscopy": ("spectroscopy", "Spectroscopy"),
}
DATA_PROCESSORS: dict = {}
EXTRA_FIELDS: list = []
AUTH_STRATEGY = "READ_ONLY"
OPEN_URLS: list = []
TARGET_PERMISSIONS_ONLY = True
TARGET_DEFAULT_PERMISSION = "OPEN"
TARGET_LIST_COLUMNS = ["name", "type", "observations", "saved_data"]
HOOKS: dict = {}
HINTS_ENABLED = False
PLOTLY_THEME = "plotly_white"
SHOW_PAGINATION_INFO = True


def prepare() -> None:
    """The database with the elements of one target."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from tom_targets.models import Target

    Target.objects.create(
        name="3I/ATLAS", type="NON_SIDEREAL", permissions="OPEN", scheme="MPC_COMET", epoch_of_elements=61000.0,
        inclination=175.113, eccentricity=6.139, perihdist=1.3564, lng_asc_node=322.157, arg_of_perihelion=128.011,
        epoch_of_perihelion=60977.48,
    )  # fmt: skip


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "target_page"
    sys.modules["target_page"] = sys.modules["__main__"]
    prepare()
