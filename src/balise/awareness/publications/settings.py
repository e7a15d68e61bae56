"""What Wagtail reads: its accounts, mails and outside calls are off."""

from typing import Final

# Left out: redirects, forms, search promotions, locales, styleguide, embeds' finders.
WAGTAIL: Final = [
    "wagtail.embeds",
    "wagtail.sites",
    "balise.awareness.publications.apps.ProfilesConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.postgres",
]

WAGTAIL_SITE_NAME = "Balise"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address is `<slug:…>`
# Who signs in, and how, is ours to say.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
# Nothing is asked of other people's servers.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Pictures leave as WebP, made anew: what a camera wrote beside them is gone.
WAGTAILIMAGES_IMAGE_MODEL = "awareness_publications.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "balise.awareness.publications.web.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_RENDITION_STORAGE = "publications"
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp", "png": "webp", "jpeg": "webp"}
WAGTAILDOCS_DOCUMENT_MODEL = "awareness_publications.Paper"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "balise.awareness.publications.web.forms.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "webm", "mp4"]
WAGTAILDOCS_SERVE_METHOD = "direct"
