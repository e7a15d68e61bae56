"""What a process of the app's own origin is made of (`BALISE_DOORS=app`, decision 89).

No session, no form, no language, no page that is drawn: what the signed release names, and what its
scripts ask for.
"""

ROOT_URLCONF = "balise.config.own_urls"
MIDDLEWARE = [
    "balise.foundation.web.own.OwnOriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "balise.foundation.web.quick_exit.QuickExitMiddleware",
    # allauth asks for its own even where nobody signs in; there it does nothing.
    "allauth.account.middleware.AccountMiddleware",
    "balise.foundation.web.spending.SpendingMiddleware",
]
