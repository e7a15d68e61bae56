"""Settings for every environment; what differs comes from the environment (docs/operations/)."""

from pathlib import Path

from django.utils.csp import CSP

from balise.awareness.publications.settings import *  # noqa: F403 - what Wagtail reads, all of it
from balise.awareness.publications.settings import WAGTAIL
from balise.config import environment as env, own
from balise.config.centre import countries, read_centre
from balise.config.hashes import hashes_from
from balise.config.limits import *  # noqa: F403 - how much may be written, all of it
from balise.config.logs import *  # noqa: F403 - what is logged, all of it
from balise.config.modules import APPS, OPTIONAL
from balise.foundation.mail.mailers import mailers_from
from balise.foundation.url import split_url

SOURCE = Path(__file__).resolve().parents[1]
ROOT = SOURCE.parents[1]
HOME = env.path("BALISE_HOME", ROOT / "var")

# Which doors this process opens; the same code runs as separate processes with their own keys.
DOORS = env.words(
    "BALISE_DOORS", "public,staff,api", among=("public", "staff", "api", "app"), id_="balise.E007"
)
DEMONSTRATION = env.flag("BALISE_DEMONSTRATION")
DEBUG = env.flag("BALISE_DEBUG")
# What a centre turns on beside what every centre has (docs/operations/run.md).
MODULES = env.words(
    "BALISE_MODULES",
    ",".join(OPTIONAL) if DEMONSTRATION else "none",
    among=("none", *OPTIONAL),
    id_="balise.E019",
)

COUNTRY = env.word("BALISE_COUNTRY", "fr", among=countries(), id_="balise.E009")
CENTRE = read_centre(COUNTRY)

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.free_words("BALISE_HOSTS") or LOOPBACK
_SERVED = env.served(HOME)  # where `balise run` serves it (config/management/places.py)
PUBLIC_ADDRESS = env.text(
    "BALISE_PUBLIC_ADDRESS", _SERVED.get("BALISE_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
# `/cms/` may have a host of its own (decision 34); its forms are its own, and no other host's.
CMS_HOST = env.host("BALISE_CMS_HOST", other_than=PUBLIC_ADDRESS, id_="balise.E020")
CMS_ADDRESS = env.on_host(PUBLIC_ADDRESS, CMS_HOST) if CMS_HOST else PUBLIC_ADDRESS
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *([CMS_HOST] if CMS_HOST else [])]

# The app has an origin of its own (decision 89); without one it is behind the public door.
APP_ADDRESS = env.sister(
    "BALISE_APP_ADDRESS",
    _SERVED.get("BALISE_APP_ADDRESS", ""),
    of=PUBLIC_ADDRESS,
    id_="balise.E025",
)
LEAVING_DOMAIN = env.shared_domain(PUBLIC_ADDRESS, APP_ADDRESS or PUBLIC_ADDRESS) or None

SECRET_KEY = env.kept("BALISE_SECRET_KEY", HOME / "secret-key") or env.NOT_SET_UP
KEYS = env.path("BALISE_KEYS", HOME / "keys")

LIBRARIES = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
INSTALLED_APPS = [
    "balise.config.App",
    "balise.demonstration.App",
    *APPS,
    *WAGTAIL,  # behind ours, whose templates come first
    *LIBRARIES,
]

_SIGNED_IN = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "balise.foundation.accounts.middleware.ActorMiddleware",
]
MIDDLEWARE = [
    "balise.foundation.web.doors.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["balise.foundation.web.navigation.CmsHostMiddleware"] if CMS_HOST else []),
    "balise.foundation.web.quick_exit.QuickExitMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "balise.foundation.web.errors.OutageMiddleware",
    "balise.foundation.web.errors.MethodMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # allauth asks for its own even where nobody signs in; there it does nothing.
    *(_SIGNED_IN if "staff" in DOORS else ["allauth.account.middleware.AccountMiddleware"]),
    "django_htmx.middleware.HtmxMiddleware",
    "balise.foundation.web.spending.SpendingMiddleware",
]
ROOT_URLCONF = "balise.config.urls"
if "app" in DOORS:  # a process of that origin opens nothing else
    MIDDLEWARE, ROOT_URLCONF = own.MIDDLEWARE, own.ROOT_URLCONF
    ALLOWED_HOSTS = [split_url(APP_ADDRESS).hostname or ""]
WSGI_APPLICATION = "balise.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["balise.foundation.web.templatetags.balise"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "balise.foundation.web.context.centre",
            ],
        },
    }
]

# --- Database ---
DATABASES = {"default": env.database(f"sqlite:///{HOME}/balise.sqlite3")}
if DATABASES["default"]["ENGINE"] == env.SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
            # The worker folds the log (foundation/tasks/working.py); 128 MB is a last resort.
            "PRAGMA wal_autocheckpoint=32768;"
        ),
    }
# A connection serves many requests: opening one costs more than taking in a report.
DATABASES["default"]["CONN_MAX_AGE"] = None
# A file has no connection to lose.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = DATABASES["default"]["ENGINE"] != env.SQLITE
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache: shared between processes where Valkey is given, in this process otherwise ---
VALKEY_URL = env.url("VALKEY_URL", schemes=("redis", "rediss", "unix"), id_="balise.E005")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": VALKEY_URL}
        if VALKEY_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# --- Files: a folder, or s3://bucket?endpoint=… ---
STORAGE = env.text("BALISE_STORAGE", str(HOME / "files"))
STORAGES = {
    "default": {"BACKEND": "balise.foundation.files.storage.ConfiguredStorage"},
    "publications": {"BACKEND": "balise.foundation.files.storage.PublishedStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A Ray cluster that recounts the archive and holds the index of fingerprints
# (docs/operations/figures.md, matching-index.md); its token and certificates are Ray's variables.
RAY = env.text("BALISE_RAY")
STATIC_URL = "/static/"
STATIC_ROOT = env.path("BALISE_STATIC", HOME / "static")
STATICFILES_DIRS = [
    ("fonts", ROOT / "node_modules/@fontsource/atkinson-hyperlegible/files"),
]
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_HANDLERS = [
    "balise.foundation.files.uploads.PlainUploadHandler",  # for views that are marked, alone
    "balise.foundation.files.uploads.SealingUploadHandler",
]
UPLOADS = env.path("BALISE_UPLOADS", HOME / "uploads")  # sealed, until a page keeps them
UPLOAD_MAX_BYTES = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
BODY_MAX_BYTES = DATA_UPLOAD_MAX_MEMORY_SIZE + DATA_UPLOAD_MAX_NUMBER_FILES * UPLOAD_MAX_BYTES
# In the memory of one process at the same moment: all bodies without files, and one with files.
BODIES_IN_ALL = 8_388_608
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- When analysts may look (`07:00-16:00`, or `any`); "" is what the country's pack says ---
LOOKING_HOURS = env.text("BALISE_LOOKING_HOURS", "any" if DEMONSTRATION else "")

# --- Tasks ---
TASKS = {"default": {"BACKEND": "balise.foundation.tasks.queue.HouseBackend", "QUEUES": []}}

# --- Mail: smtp://user:password@host:port?tls=starttls|implicit ---
MAIL_URL = env.text("BALISE_MAIL", _SERVED.get("BALISE_MAIL", "smtp://127.0.0.1:1025"))
MAILERS = mailers_from(MAIL_URL)
MAIL_SENDER = env.text("BALISE_MAIL_SENDER", "balise@centre.example")
DEFAULT_FROM_EMAIL = MAIL_SENDER
# What hosts answer comes here (imaps://user:password@host/INBOX); this line sorts the rest.
NOTICES_INBOX = env.text("BALISE_INBOX")
NOTICES_INBOX_LINE = "hotline"

# --- Steering (docs/operations/run.md) ---
# Whether the office keeps what press items would have cost as advertising (decision 56).
PRESS_EQUIVALENT = env.flag("BALISE_PRESS_EQUIVALENT")

# --- What is written to the helpline (docs/operations/channels.md) ---
# Its mailbox, as BALISE_INBOX, and the address that its answers come from.
HELPLINE_INBOX = env.text("BALISE_HELPLINE_INBOX")
HELPLINE_SENDER = env.text("BALISE_HELPLINE_SENDER") or MAIL_SENDER
# Messaging accounts, name=value pairs; what WhatsApp and Messenger are is in their names.
MESSAGING_SECRETS = env.pairs("BALISE_MESSAGING_SECRETS")
MESSAGING_ADDRESSES = env.pairs("BALISE_MESSAGING_ADDRESSES")
MESSAGING_TOKENS = env.pairs("BALISE_MESSAGING_TOKENS")
MESSAGING_VERIFY = env.pairs("BALISE_MESSAGING_VERIFY")

# --- Telephone exchanges: name=secret pairs, each signs what it tells of its calls ---
TELEPHONY_SECRETS = env.pairs("BALISE_TELEPHONY_SECRETS")
# An Asterisk that `balise pbx` listens to (docs/operations/telephony.md).
AMI = env.text("BALISE_AMI")
ARI = env.text("BALISE_ARI")
# Whether listeners may let the exchange dial; the staff door knows that, and not the exchange.
DIALS = env.flag("BALISE_DIALS", default=bool(ARI))

# --- Platforms' APIs (docs/removals.md): by host name, the token that each gave us ---
PLATFORM_TOKENS = env.pairs("BALISE_PLATFORM_TOKENS")
# A demonstration's own platforms, on a port of this machine; a real centre has none (balise.E461).
PLATFORMS_LOOPBACK = env.ports(
    "BALISE_PLATFORMS_LOOPBACK",
    _SERVED.get("BALISE_PLATFORMS_LOOPBACK", "http=8056") if DEMONSTRATION else "",
    among=("http",),
    id_="balise.E018",
).get("http", 0)
HASHES = hashes_from(_SERVED if DEMONSTRATION else None)  # docs/operations/hashes.md

# --- Where addresses are hosted (docs/operations/ip-data.md) ---
_IP_DATA = ROOT / "node_modules/@ip-location-db"
IP_COUNTRY_DATA = env.path(
    "BALISE_IP_COUNTRY", _IP_DATA / "geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"
)
IP_NETWORK_DATA = env.path("BALISE_IP_NETWORK", _IP_DATA / "asn")
INKJS = env.path("BALISE_INKJS", ROOT / "node_modules/inkjs/dist/ink-full.mjs")  # compiles stories
BELLS = env.path("BALISE_BELLS", HOME / "bells")  # pipes of the streams, beside SQLite
TRACER_SOCKET = env.path("BALISE_TRACER", HOME / "tracer.sock")
TRACER_AGENT = env.text("BALISE_TRACER_AGENT")
WATCH_A_MINUTE = max(1, env.number("BALISE_WATCH_A_MINUTE", 20))
WORDS_SIGNED = env.text("BALISE_WORDS_SIGNED")  # decision 73
HASHER_BASIS = env.text("BALISE_HASHER_BASIS", "drawings" if DEMONSTRATION else "")  # decision 74
RECORDER_BASIS = env.text("BALISE_RECORDER_BASIS", "invented" if DEMONSTRATION else "")  # dec. 70
# Lists of registers: IANA's address (fetched daily, kept in HOME), or a folder that has the files.
RDAP_BOOTSTRAP = env.text("BALISE_RDAP_BOOTSTRAP", "https://data.iana.org/rdap/")
# A demonstration's own registers, on ports of this machine; a real centre has none (balise.E411).
TRACER_LOOPBACK = env.ports(
    "BALISE_TRACER_LOOPBACK",
    (
        _SERVED.get("BALISE_TRACER_LOOPBACK", "dns=8053,rdap=8054,whois=8055")
        if DEMONSTRATION
        else ""
    ),
    among=("dns", "rdap", "whois"),
    id_="balise.E015",
)
# secret key of a demonstration's authority; it is public
AUTHORITY_KEYS = env.pairs(
    "BALISE_AUTHORITY_KEYS",
    "*=age15tfqfxrw0l7gjkxer9m63kuweeufzk0zlcz4jjz26h67njvc3s0q7m693u" if DEMONSTRATION else "",
)
AUTHORITY_MAIL = env.pairs(
    "BALISE_AUTHORITY_MAIL", "*=dossiers@autorite.example" if DEMONSTRATION else ""
)
# Whether a listener may hand evidence to the police for a young person: once counsel has answered.
HANDS_EVIDENCE_OVER = env.flag("BALISE_EVIDENCE_TO_POLICE", default=DEMONSTRATION)
# A timestamp authority (RFC 3161), and a PEM file of the certificates that it is trusted by.
# `file:` is a demonstration's own, which nobody trusts (balise.E426).
TSA = env.url(
    "BALISE_TSA",
    f"file:{HOME}/timestamps" if DEMONSTRATION else "",
    schemes=("http", "https", "file"),
    id_="balise.E016",
)
TSA_ROOTS = env.path("BALISE_TSA_ROOTS", HOME / "timestamps/root.pem")
# Only a provider registered with NCMEC may send CyberTips (balise.E461); a hotline writes them.
CYBERTIP_ADDRESS = env.url(
    "BALISE_CYBERTIP", "https://exttest.cybertip.org/ispws", schemes=("https",), id_="balise.E017"
)
CYBERTIP_PRODUCTION = env.flag("BALISE_CYBERTIP_PRODUCTION")
# --- What the yearly report of a trusted flagger says of its independence (DSA, Article 22(3)) ---
INDEPENDENCE = {
    "fr": env.text("BALISE_INDEPENDENCE_FR"),
    "en": env.text("BALISE_INDEPENDENCE_EN"),
}

# --- ICCAM: off unless an address is given (docs/operations/exchange.md) ---
ICCAM_URL = env.url("BALISE_ICCAM", schemes=("https", "http"), id_="balise.E017")
ICCAM_USER = env.text("BALISE_ICCAM_USER")
ICCAM_PASSWORD = env.text("BALISE_ICCAM_PASSWORD")
ICCAM_CERTIFICATE = env.text("BALISE_ICCAM_CERTIFICATE")
ICCAM_AUTHORITY = env.text("BALISE_ICCAM_AUTHORITY")

# --- Who signs in ---
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/staff/account/login/"
LOGIN_REDIRECT_URL = "/staff/"
WAGTAILADMIN_LOGIN_URL, WAGTAILADMIN_BASE_URL = LOGIN_URL, CMS_ADDRESS
ACCOUNT_ADAPTER = "balise.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
# Attempts are counted in the database (accounts/limits.py); allauth's cache forgets them.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "balise.foundation.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "balise.foundation.accounts.web.forms.CodeForm",
    "reauthenticate": "balise.foundation.accounts.web.forms.CodeAgainForm",
    "add_webauthn": "balise.foundation.accounts.web.forms.NewPasskeyForm",
    "edit_webauthn": "balise.foundation.accounts.web.forms.PasskeyNameForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: an invitation proved the address
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_DIGITS = 16
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
PASSWORD_HASHERS = ["balise.foundation.accounts.adapters.GatedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "balise.foundation.accounts.password_rules.PredictablePassword"},
]
SESSION_ENGINE = "balise.foundation.accounts.visits"
SESSION_IDLE_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 10 * 3600
_SECURE = PUBLIC_ADDRESS.startswith("https://")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SECURE
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _SECURE else 0
SESSION_COOKIE_NAME = "__Host-sid" if _SECURE else "sid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "balise.foundation.web.errors.form_expired"

# --- Headers (docs/decisions/) ---
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
    "report-uri": ["/csp/"],  # for browsers that do not know report-to
    "report-to": ["csp"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 63_072_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None

SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options is set with the other headers, in HeadersMiddleware
    "security.W008",  # the proxy sends plain HTTP to TLS before it reaches us (deploy/)
    "security.W021",  # the domain's owner chooses whether browsers preload this
]

# --- Languages and time ---
LANGUAGE_CODE = "fr"
FORMAT_MODULE_PATH = "balise.config.formats"
LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LOCALE_PATHS = [SOURCE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("BALISE_TIME_ZONE", CENTRE.time_zone)
