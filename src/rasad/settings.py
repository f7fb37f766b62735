"""Every setting, from the environment, failing loudly on a bad value. Listed for operators in docs/settings.md."""

import os
import secrets
import sys
from pathlib import Path

import dj_database_url
import structlog

from rasad.web.logs import redact

ROOT = Path(__file__).resolve().parents[2]
# Everything the installation writes: database, secrets, runs. Never in git.
HOME = Path(os.environ.get("RASAD_HOME", ROOT / "var"))
TESTING = "pytest" in sys.modules


def _secret(name: str) -> bytes:
    """A secret of 32 bytes from `RASAD_<NAME>` (hex), else from a file of mode 600 made at first need."""
    given = os.environ.get(f"RASAD_{name.upper()}")
    if given:
        return bytes.fromhex(given)
    path = HOME / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return bytes.fromhex(path.read_text().strip())


SECRET_KEY = _secret("django").hex()
# Turns an Aadhaar number into its reference (values/aadhaar.py); without it no reference can be recomputed.
IDENTITY_KEY = _secret("identity")
# Wraps the vault's data keys; belongs outside the database, in production on a key server.
VAULT_KEY = _secret("vault")
# Signs tokens (Ed25519 seed); the public half is in every QR reader.
TOKEN_KEY = _secret("token")
# What the keys of devices' sessions are derived from; changed, every session ends.
DEVICE_KEY = _secret("device")
# Signs what a visit may buy on its way from the ladder to the sale (counter/passes.py).
PASS_KEY = _secret("pass")

DEBUG = os.environ.get("RASAD_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("RASAD_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# The address printed in links and QR codes.
PUBLIC_URL = os.environ.get("RASAD_PUBLIC_URL", "http://127.0.0.1:8000")
SECURE = PUBLIC_URL.startswith("https:")

# The state this installation serves: the name of its folder in policy/packs.
STATE = os.environ.get("RASAD_STATE", "haryana")
# How many groups of sales are posted side by side: one on fast disks, two or more on slow ones.
COUNTER_LANES = int(os.environ.get("RASAD_COUNTER_LANES", "1"))
# From this day of a month on, the accounts of the next one are made ahead in the background; 0: only at first touch.
GRANTS_FROM_DAY = int(os.environ.get("RASAD_GRANTS_FROM_DAY", "25"))
# For training and tests: the time in the books begins here instead of now, as 2020-05-15T10:00:00+05:30.
CLOCK = os.environ.get("RASAD_CLOCK", "")
# The twins stand in for outside systems, and the counter says so on every page (counter/training.py).
TRAINING = os.environ.get("RASAD_TRAINING") == "1"
# Folders with packs of further jurisdictions, read before ours.
PACKS = [Path(folder) for folder in os.environ.get("RASAD_PACKS", "").split(os.pathsep) if folder]

# Other organisations' systems (wiring.py). An empty address: there is none, and what needs it does without.
IMPDS_URL = os.environ.get("RASAD_IMPDS_URL", "")
IMPDS_KEY = bytes.fromhex(os.environ.get("RASAD_IMPDS_KEY", ""))
# The States that may ask for our cards, each with the key we share: IN-WB=hex,IN-BR=hex.
IMPDS_KEYS = {
    state: bytes.fromhex(key)
    for state, _, key in (
        one.partition("=") for one in os.environ.get("RASAD_IMPDS_KEYS", "").split(",") if one
    )
}
SMS_URL = os.environ.get("RASAD_SMS_URL", "")
SMS_USERNAME = os.environ.get("RASAD_SMS_USERNAME", "")
SMS_PASSWORD = os.environ.get("RASAD_SMS_PASSWORD", "")
SMS_SENDER = os.environ.get("RASAD_SMS_SENDER", "")
SMS_KEY = os.environ.get("RASAD_SMS_KEY", "")
SMS_TEMPLATES = os.environ.get("RASAD_SMS_TEMPLATES", "")
WHATSAPP_URL = os.environ.get("RASAD_WHATSAPP_URL", "")
WHATSAPP_TOKEN = os.environ.get("RASAD_WHATSAPP_TOKEN", "")
WHATSAPP_PHONE_ID = os.environ.get("RASAD_WHATSAPP_PHONE_ID", "")
# Signs what Meta reports; taken as it is written, though it looks like hexadecimal.
WHATSAPP_APP_SECRET = os.environ.get("RASAD_WHATSAPP_APP_SECRET", "").encode()
WHATSAPP_TEMPLATE = os.environ.get("RASAD_WHATSAPP_TEMPLATE", "ration_token")

# The portals of the relief desk (connectors/exchange/portals.py): where each is, and the key we share with it.
PORTALS = {
    name: (
        os.environ.get(f"RASAD_{name.upper()}_URL", ""),
        bytes.fromhex(os.environ.get(f"RASAD_{name.upper()}_KEY", "")),
    )
    for name in ("trackpds", "pds", "mmpsy", "saral", "ppp", "unit_committee", "aepds", "help_me")
}

# Aadhaar: where UIDAI is asked, as whom, and the files of keys and certificates. Without an address nobody is asked.
AADHAAR_URL = os.environ.get("RASAD_AADHAAR_URL", "")
AADHAAR_OTP_URL = os.environ.get("RASAD_AADHAAR_OTP_URL", "")
AADHAAR_KYC_URL = os.environ.get("RASAD_AADHAAR_KYC_URL", "")
AADHAAR_AUA = os.environ.get("RASAD_AADHAAR_AUA", "")
AADHAAR_SUB_AUA = os.environ.get("RASAD_AADHAAR_SUB_AUA", "")
AADHAAR_LICENCE = os.environ.get("RASAD_AADHAAR_LICENCE", "")
AADHAAR_ASA_LICENCE = os.environ.get("RASAD_AADHAAR_ASA_LICENCE", "")
AADHAAR_TERMINAL = os.environ.get("RASAD_AADHAAR_TERMINAL", "")
AADHAAR_KEY = os.environ.get("RASAD_AADHAAR_KEY", "")
AADHAAR_CERTIFICATE = os.environ.get("RASAD_AADHAAR_CERTIFICATE", "")
AADHAAR_SEALS_WITH = os.environ.get("RASAD_AADHAAR_SEALS_WITH", "")
AADHAAR_ANSWERS_WITH = os.environ.get("RASAD_AADHAAR_ANSWERS_WITH", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rasad.web",
    "rasad.accounts",
    "rasad.journal",
    "rasad.jobs",
    "rasad.outbox",
    "rasad.ledger",
    "rasad.registry",
    "rasad.shops",
    "rasad.relief",
    "rasad.desk",
    "rasad.delivery",
    "rasad.counter",
    "rasad.applications",
    "rasad.grievances",
    "rasad.oversight",
    "rasad.matching",
    "rasad.families",
    "rasad.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "rasad.web.middleware.SecurityHeaders",
    # Pages are mostly words and numbers: a tenth of their size on a slow line.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rasad.web.middleware.LanguageFromAddress",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "rasad.accounts.middleware.SecondFactor",
    "rasad.web.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "rasad.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rasad.web.furniture.furniture",
                "rasad.accounts.context.reader",
            ]
        },
    }
]

# Where the embedded server keeps its data; DATABASE_URL names another server and turns the embedded one off.
DATABASE_URL = os.environ.get("DATABASE_URL", "")
EMBEDDED_DATA = HOME / ("test-postgres" if TESTING else "postgres") / "data"


def _database() -> dict[str, object]:
    if DATABASE_URL:
        found = dj_database_url.parse(DATABASE_URL)
    else:
        from rasad.postgres import Cluster

        found = dj_database_url.parse(Cluster(EMBEDDED_DATA, durable=not TESTING).url)
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise ValueError(
            "DATABASE_URL must name a PostgreSQL server: postgres://user:password@host:5432/name"
        )
    # A socket's folder comes as an option; every other reader of the settings looks for it under HOST.
    options = dict(found.get("OPTIONS", {}))
    found["HOST"] = options.pop("host", found.get("HOST", ""))
    found["OPTIONS"] = options
    return {**found, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/log-in"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
OTP_TOTP_ISSUER = "Rasad"
# Telephones keep the right time; following a drift only widens the door.
OTP_TOTP_SYNC = False

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "rasad.web.views.csrf_failed"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("hi", "हिन्दी"), ("bn", "বাংলা")]
LOCALE_PATHS = [ROOT / "src" / "rasad" / "web" / "locale"]
USE_I18N = USE_TZ = True
# A list of the largest committee on one page, each line with its answer; Django's own thousand is less than one.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
TIME_ZONE = "Asia/Kolkata"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DJANGO_TABLES2_TEMPLATE = "web/table.html"

LOG_LEVEL = os.environ.get("RASAD_LOG", "WARNING")
# Every exchange with another system, a line of JSON each; the machine's own logrotate may take it away.
EXCHANGES = os.environ.get("RASAD_EXCHANGES", str(HOME / "logs" / "exchanges.jsonl"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"redacted": {"()": "rasad.web.logs.Redacted"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "redacted"},
        "exchanges": {"class": "logging.NullHandler", "formatter": "redacted"}
        if TESTING
        else {
            "class": "rasad.web.logs.OwnFile",
            "formatter": "redacted",
            "filename": EXCHANGES,
            "delay": True,
        },
    },
    "loggers": {"rasad.exchanges": {"handlers": ["exchanges"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        redact,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(LOG_LEVEL),
    logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
)
