"""Settings of the site, all from the environment; `.env.example` explains every variable."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    Environment,
    database_from_url,
    mail_from_url,
    redis_urls,
    sqlite_database,
    wrong,
)
from config.headers import REPORTS
from config.logs import logging_settings
from config.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env = Environment()

# -- where and how it runs ---------------------------------------------------------------------------

# embedded: one machine, `make run`, loopback; production: behind TLS, nothing generated, nothing assumed
MODE = env.choice("HYPERBOLE_MODE", "embedded", ("embedded", "production"))
EMBEDDED = MODE == "embedded"
DEBUG = env.switch("HYPERBOLE_DEBUG", False)
if DEBUG and not EMBEDDED:
    raise wrong("HYPERBOLE_DEBUG", "on", "off when HYPERBOLE_MODE is production")

VAR_DIR = Path(env.text("HYPERBOLE_VAR", str(BASE_DIR / "var"))).expanduser().absolute()
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise wrong("HYPERBOLE_VAR", str(VAR_DIR), f"a folder that can be made ({error.strerror})") from None
PORT = env.number("PORT", 8000, 0, 65535)
LISTEN = env.text("HYPERBOLE_LISTEN", "127.0.0.1")
WEB_PROCESSES = env.number("HYPERBOLE_WEB_PROCESSES", 2, 1, 64)
WEB_THREADS = env.number("HYPERBOLE_WEB_THREADS", 2, 1, 64)
WORKER_PROCESSES = env.number("HYPERBOLE_WORKER_PROCESSES", 2, 1, 64)
REDIS_SERVER = env.text("HYPERBOLE_REDIS_SERVER")


def _required(name: str, purpose: str) -> str:
    value = env.text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set, expected {purpose} when HYPERBOLE_MODE is {MODE}")
    return value


def _embedded_secret_key() -> str:
    """Return the key kept under var/, made at the first start: a fixed default would be everybody's key."""
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)  # of two processes that start together one wins, and both read the same key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()


SECRET_KEY = env.text("SECRET_KEY") if EMBEDDED else _required("SECRET_KEY", "a secret of 50 characters")
if not SECRET_KEY:
    SECRET_KEY = _embedded_secret_key()

# The address that feeds, pinned links and citations print.
SITE_URL = (
    env.text("HYPERBOLE_SITE_URL", f"http://127.0.0.1:{PORT or 8000}")
    if EMBEDDED
    else _required("HYPERBOLE_SITE_URL", "the public address, such as https://hyperbole.example")
).rstrip("/")
_site = urlsplit(SITE_URL)
_loopback = {"localhost", "127.0.0.1", "::1"}
if _site.scheme not in {"http", "https"} or not _site.hostname or _site.path or _site.query:
    raise wrong("HYPERBOLE_SITE_URL", SITE_URL, "scheme and host only, such as https://hyperbole.example")
if not EMBEDDED and _site.scheme == "http" and _site.hostname not in _loopback:
    raise wrong("HYPERBOLE_SITE_URL", SITE_URL, "an https:// address (http:// only on the loopback)")
HTTPS = _site.scheme == "https"

ALLOWED_HOSTS = sorted({_site.hostname, "localhost", "127.0.0.1", "[::1]", *env.words("HYPERBOLE_HOSTS")})
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Only a proxy that overwrites this header may switch it on: anybody else could claim to be secure.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.switch("HYPERBOLE_BEHIND_PROXY", False) else None
)

# -- applications and pages --------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "allauth",  # before the claims: what it puts into the admin is taken out there
    "allauth.account",
    "allauth.mfa",
    "claims",
    "ephemeris",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "config.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "config.headers.CrossOriginPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "claims.api.border.ApiBorder",  # rate, open reading, problem documents
    "claims.delivery.PublicDelivery",  # ETags, 304, compression, kept answers
    "config.language.LanguageOfAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "claims.accounts.gate.SecondFactorGate",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "claims.accounts.audit.PasswordChanges"}]

LANGUAGE_CODE = "en-gb"
# the interface; the record itself is kept in English
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# -- database, cache, queue --------------------------------------------------------------------------

_database_url = env.text("DATABASE_URL") if EMBEDDED else _required("DATABASE_URL", "postgresql://…")
DATABASES = {
    "default": (
        database_from_url("DATABASE_URL", _database_url)
        if _database_url
        else sqlite_database(str(VAR_DIR / "hyperbole.sqlite3"))
    )
}

REDIS_URL = env.text("REDIS_URL") if EMBEDDED else _required("REDIS_URL", "redis://host:port/0")
EMBEDDED_REDIS = not REDIS_URL
if EMBEDDED_REDIS:
    from config.valkey import socket_path

    REDIS_URL = f"unix://{socket_path(VAR_DIR)}?db=0"
BROKER_URL, CACHE_URL = redis_urls("REDIS_URL", REDIS_URL)

CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "hyperbole",
        "TIMEOUT": 300,
        "OPTIONS": {"socket_timeout": 1, "max_connections": 32},
    }
}
# In the database alone: the cache refuses what a passkey's registration keeps in a session, a text that is a
# member of an enumeration as well.  Django's cached_db logs such a refusal and goes on with the older session.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = BROKER_URL
CELERY_RESULT_BACKEND = BROKER_URL
CELERY_BEAT_SCHEDULE = SCHEDULE

# -- editorial rules ---------------------------------------------------------------------------------

# Verdicts that two people have to approve, besides the author.
TWO_APPROVALS_FOR = frozenset(env.words("HYPERBOLE_TWO_APPROVALS_FOR"))
if unknown := TWO_APPROVALS_FOR - {"contradicted", "supported"}:
    raise wrong(
        "HYPERBOLE_TWO_APPROVALS_FOR", ", ".join(sorted(unknown)), "contradicted, supported, both or none"
    )

# -- sign-in of the editors (claims/accounts/) --------------------------------------------------------

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "claims.accounts.adapter.DeskAccounts"
ACCOUNT_FORMS = {"login": "claims.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # asked by allauth's checks; nobody signs up
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # a session ends with its browser, at the latest after SESSION_COOKIE_AGE
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/5m/ip,5/5m/key"}
MFA_ADAPTER = "claims.accounts.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Hyperbole"
# a browser offers passkeys on localhost without TLS, and nowhere else
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# -- letters of the desk ------------------------------------------------------------------------------

globals().update(mail_from_url("HYPERBOLE_MAIL", env.text("HYPERBOLE_MAIL", "console")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("HYPERBOLE_MAIL_FROM", f"hyperbole@{_site.hostname}")

# -- open data ---------------------------------------------------------------------------------------

WEBSUB_HUB = env.text("HYPERBOLE_WEBSUB_HUB")
if WEBSUB_HUB and (urlsplit(WEBSUB_HUB).scheme != "https" or not urlsplit(WEBSUB_HUB).hostname):
    raise wrong("HYPERBOLE_WEBSUB_HUB", WEBSUB_HUB, "an address such as https://hub.example/, or nothing")
SECURITY_CONTACT = env.text("HYPERBOLE_SECURITY_CONTACT", f"{SITE_URL}/method/" if EMBEDDED else "")
API_REQUESTS_PER_MINUTE = env.number("HYPERBOLE_API_REQUESTS_PER_MINUTE", 600, 1, 1_000_000)
CHECKED_CHARACTERS_PER_MINUTE = env.number(
    "HYPERBOLE_CHECKED_CHARACTERS_PER_MINUTE", 600_000, 1_000, 1_000_000_000
)
FETCH_ARTICLES = env.switch("HYPERBOLE_FETCH_ARTICLES", False)

# -- remote services ---------------------------------------------------------------------------------

# For demonstrations and tests: a fake server on this machine that answers as every remote service.
ARCHIVE_ROUTE = env.text("HYPERBOLE_ARCHIVE_ROUTE").rstrip("/")
if ARCHIVE_ROUTE and not EMBEDDED:
    raise wrong("HYPERBOLE_ARCHIVE_ROUTE", ARCHIVE_ROUTE, "nothing when HYPERBOLE_MODE is production")
# Keys of the Internet Archive, for captures of pages that have no archived copy; without them none is asked for.
WAYBACK_KEYS = env.text("HYPERBOLE_WAYBACK_KEYS")
if WAYBACK_KEYS and not re.fullmatch(r"[A-Za-z0-9]+:[A-Za-z0-9]+", WAYBACK_KEYS):
    raise wrong("HYPERBOLE_WAYBACK_KEYS", "(not printed)", "access key and secret with a colon between them")
# How workers introduce themselves to the services that they ask.
_mailbox = f"; {SECURITY_CONTACT}" if SECURITY_CONTACT.startswith("mailto:") else ""
USER_AGENT = f"hyperbole/1.0 (+{SITE_URL}/method/{_mailbox})"

# -- static files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("HYPERBOLE_STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = VAR_DIR / "media"

# -- security ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # Plotly adds one empty <style> and fills it by insertRule; this is the hash of the empty string.
        "style-src-elem": [SELF, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        "style-src-attr": [UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        # the older and the newer spelling of one thing; browsers know one or the other
        "report-uri": REPORTS,
        "report-to": "csp",
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"publickey-credentials-get": ["self"]} | {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes speak plain HTTP from inside
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# -- log ---------------------------------------------------------------------------------------------

LOGGING = logging_settings(
    level=env.choice("HYPERBOLE_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    style=env.choice("HYPERBOLE_LOG_STYLE", "text", ("text", "json")),
)

# Who may read /metrics; nobody while it is empty.
METRICS_TOKEN = env.text("HYPERBOLE_METRICS_TOKEN")

# Where errors are reported to; nowhere, and nothing is imported for it, while it is empty.
SENTRY_DSN = env.text("HYPERBOLE_SENTRY_DSN")

env.refuse_misspelt("HYPERBOLE_")

if SENTRY_DSN:
    from config.error_reports import report_errors

    report_errors(SENTRY_DSN, str(_site.hostname), MODE)
