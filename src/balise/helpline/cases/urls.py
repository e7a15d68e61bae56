"""The referrals behind the staff door."""

from django.urls import path

from balise.helpline.cases.web import received as desk

app_name = "helpline"
staff = [
    path("referrals/", desk.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/", desk.referral, name="referral"),
    path("referrals/<uuid:referral_id>/take/", desk.take, name="take"),
    path("referrals/<uuid:referral_id>/open/", desk.open_words, name="open"),
    path("referrals/<uuid:referral_id>/close/", desk.close, name="close"),
    path("referrals/<uuid:referral_id>/give-back/", desk.give_back, name="give-back"),
]
