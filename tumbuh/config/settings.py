"""Django's settings. What differs between machines comes from the environment, the rest is the same everywhere."""

import os
from pathlib import Path

import pghistory

from tumbuh.config.database import parse_database_url
from tumbuh.config.keys import load_key
from tumbuh.config.sign_in import *  # noqa: F403
from tumbuh.config.sign_in import HAS_EMAIL, OIDC_ORIGIN, SIGN_IN_APPS

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("TUMBUH_VAR") or ROOT / "var")
REGULATIONS = ROOT / "regulations"
DEFINITIONS = ROOT / "definitions"
DEBUG = os.environ.get("TUMBUH_DEBUG") == "1"
DEMO = os.environ.get("TUMBUH_DEMO", "none")

# Keys live outside the database: in the environment, or in files that only this user can read.
SECRET_KEY = load_key("TUMBUH_SECRET_KEY", VAR / "keys")
NIK_KEY = load_key("TUMBUH_NIK_KEY", VAR / "keys")
ANCHOR_KEY = load_key("TUMBUH_ANCHOR_KEY", VAR / "keys")

ALLOWED_HOSTS = os.environ.get("TUMBUH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    *SIGN_IN_APPS,
    "tumbuh.audit",
    "tumbuh.regions",
    "tumbuh.accounts",
    "tumbuh.documents",
    "tumbuh.notifications",
    "tumbuh.verification",
    "tumbuh.records",
    "tumbuh.indicators",
    "tumbuh.activities",
    "tumbuh.partners",
    "tumbuh.programme",
    "tumbuh.intake",
    "tumbuh.web",
]
MIDDLEWARE = [
    "tumbuh.config.requests.GateMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tumbuh.web.site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tumbuh.web.accounts.security.factors.SecondFactorMiddleware",
    "tumbuh.web.accounts.security.devices.DeviceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tumbuh.web.site.scope.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tumbuh.config.urls"
WSGI_APPLICATION = "tumbuh.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "tumbuh/web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tumbuh.web.site.context.site",
            ],
        },
    }
]

# Notices leave by e-mail where there is a mail server; in the demo and for developers each letter is a file instead.
HAS_NOTICE_MAIL = HAS_EMAIL or DEBUG or DEMO != "none"
if HAS_NOTICE_MAIL and not HAS_EMAIL:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", VAR / "mail"
DIGEST_HOUR = int(os.environ.get("TUMBUH_DIGEST_HOUR", "7"))
WEBHOOK_URL = os.environ.get("TUMBUH_WEBHOOK_URL", "")
WEBHOOK_SECRET = os.environ.get("TUMBUH_WEBHOOK_SECRET", "")
SITE_ADDRESS = os.environ.get("TUMBUH_SITE", "http://localhost:8000").rstrip("/")

DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://tumbuh@/tumbuh?host=" + str(VAR / "pg"))
DATABASES = {"default": parse_database_url(DATABASE_URL)}
if os.environ.get("TUMBUH_POOL") == "1":  # web workers keep their connections; commands and tests do not
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a connection lost with the server is replaced, not handed out
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"  # within a transaction, after what it waited for
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["tumbuh.accounts.passwords.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/masuk"
LOGIN_REDIRECT_URL = "/kerja"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
DEVICE_COOKIE_NAME = "device"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *([OIDC_ORIGIN] if OIDC_ORIGIN else [])],
    }
}
if os.environ.get("TUMBUH_HTTPS") == "1":  # behind a proxy that ends HTTPS and sets the header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    DEVICE_COOKIE_NAME = "__Host-device"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = sorted((ROOT / "tumbuh").glob("**/locale"))
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# What limits count holds in every process and lies in the database; pages and pictures lie in each process's memory.
CACHES = {
    "default": {"BACKEND": "tumbuh.accounts.counts.SharedCounts"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}  # fmt: skip

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = VAR / "media"
DOCUMENTS = VAR / "documents"  # files of documents by their digest; no address leads here, pages hand them out
ANCHORS = VAR / "anchors"  # one signed file a day; copy them to where this machine cannot change them
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
REQUEST_MAX_BYTES = 64_000_000  # the largest workbook that is read, and the form around it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "tumbuh.config.logs.LineFormatter", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TUMBUH_LOG_LEVEL", "WARNING")},
}
