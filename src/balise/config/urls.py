"""One address tree for each door; `BALISE_DOORS` says which are mounted."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from balise.config import api as partners
from balise.foundation.accounts import urls as accounts
from balise.foundation.oversight import urls as oversight
from balise.foundation.web import urls as web
from balise.helpline.cases import urls as cases
from balise.helpline.channels import urls as channels
from balise.helpline.console import urls as console
from balise.helpline.contacts import urls as contacts
from balise.helpline.conversations import urls as conversations
from balise.helpline.removals import urls as removals
from balise.helpline.staffing import urls as staffing
from balise.helpline.telephony import urls as telephony
from balise.hotline.desk import urls as desk
from balise.hotline.reports import urls as reports
from balise.hotline.welfare import urls as welfare
from balise.steering import urls as steering
from balise.takedown.directory import urls as directory
from balise.takedown.notices import urls as notices
from balise.takedown.referrals.cybertips import urls as cybertips
from balise.takedown.referrals.dossiers import urls as dossiers
from balise.takedown.referrals.exchange import urls as exchange
from balise.takedown.statements import urls as statements
from balise.takedown.watch import urls as watch

type Tree = list[URLPattern | URLResolver]

public: Tree = [
    *web.public,
    path("", include((reports.public, "hotline"))),
    path("", include((notices.public, "notices"))),
    path("", include((contacts.public, "after"))),
    path("", include((conversations.public, "talk"))),
    path("", include((channels.public, "write"))),
    path("", include((cases.public, "partner"))),
    path("", include((removals.public, "removals"))),
    path("", include((telephony.public, "telephony"))),
]
staff: Tree = [
    *web.staff,
    *accounts.staff,
    path("oversight/", include((oversight.staff, "oversight"))),
    path("hotline/", include((reports.staff, "hotline"))),
    path("hotline/desk/", include((desk.staff, "desk"))),
    path("hotline/", include((welfare.staff, "welfare"))),
    path("helpline/", include((cases.staff, "helpline"))),
    path("helpline/cases/", include((cases.case_files, "cases"))),
    path("helpline/", include((conversations.staff, "talk"))),
    path("helpline/", include((console.staff, "console"))),
    path("helpline/", include((contacts.staff, "contacts"))),
    path("helpline/removals/", include((removals.staff, "removals"))),
    path("helpline/staffing/", include((staffing.staff, "staffing"))),
    path("telephony/", include((telephony.staff, "telephony"))),
    path("steering/", include((steering.staff, "steering"))),
    path("takedown/directory/", include((directory.staff, "directory"))),
    path("takedown/notices/", include((notices.staff, "notices"))),
    path("takedown/watch/", include((watch.staff, "watch"))),
    path("takedown/exchange/", include((exchange.staff, "exchange"))),
    path("takedown/dossiers/", include((dossiers.staff, "dossiers"))),
    path("takedown/cybertips/", include((cybertips.staff, "cybertips"))),
    path("takedown/statements/", include((statements.staff, "statements"))),
]
api: Tree = partners.patterns

urlpatterns: Tree = [*web.outside_languages]
if "public" in settings.DOORS:
    urlpatterns += i18n_patterns(*public)
if "staff" in settings.DOORS:
    urlpatterns += [
        path("staff/", include(accounts.entrance)),
        path("staff/", include((staff, "staff"))),
    ]
if "api" in settings.DOORS:
    urlpatterns += [path("api/v1/", include((api, "api")))]

handler400 = "balise.foundation.web.errors.bad_request"
handler403 = "balise.foundation.web.errors.not_allowed"
handler404 = "balise.foundation.web.errors.not_found"
handler500 = "balise.foundation.web.errors.server_error"
