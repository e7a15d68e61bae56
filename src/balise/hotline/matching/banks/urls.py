"""Banks behind the staff door."""

from django.urls import path

from balise.hotline.matching.banks.web import forms, staff as analysts

app_name = "banks"
staff = [
    path("", analysts.banks, name="banks"),
    path("add/", analysts.add, name="add"),
    path("quarantine/", analysts.quarantine, name="quarantine"),
    path("look-ups/", forms.look_ups, name="look-ups"),
    path("look-up/", analysts.look_up, name="look-up"),
    path("look-up/<uuid:look_up_id>/", analysts.reasons, name="why"),
    path("entries/<int:entry_id>/", analysts.entry, name="entry"),
    path("entries/<int:entry_id>/hold/", analysts.hold, name="hold"),
    path("entries/<int:entry_id>/release/", analysts.release, name="release"),
    path("entries/<int:entry_id>/withdraw/", analysts.withdraw, name="withdraw"),
    path("entries/<int:entry_id>/opinion/", analysts.opine, name="opine"),
    path("<uuid:bank_id>/", analysts.bank, name="bank"),
]
