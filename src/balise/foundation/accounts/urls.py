"""The addresses of sign-in, one's own account, people and partners.

`entrance` is mounted at `/staff/` outside any namespace: allauth looks for its own names.
`staff` joins the other pages of the staff door.
"""

from django.urls import URLPattern, URLResolver, include, path

from balise.foundation.accounts.web import back, demonstration, entrance as door, forms, own, people

type Tree = list[URLPattern | URLResolver]

_threshold: Tree = [
    path("login/", door.sign_in, name="account_login"),
    path("login/second/", door.second_step, name="mfa_authenticate"),
    path("login/passkey/", door.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("logout/", door.sign_out, name="account_logout"),
    path("unlock/", door.unlock, name="account_unlock"),
    path("lock/", door.lock, name="account_lock"),
    path("here/", door.here, name="account_here"),
    path("visit/", back.visit, name="account_visit"),
    path("back/", back.back, name="account_back"),
    path("kept/", back.kept_words, name="account_kept"),
    path("invitation/", door.accept_invitation, name="account_invitation"),
    path("invitation/<str:token>/", door.open_invitation, name="account_invitation_open"),
    path("again/password/", door.password_again, name="account_reauthenticate"),
    path("again/code/", door.code_again, name="mfa_reauthenticate"),
    path("again/passkey/", door.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("factors/", own.second_factors, name="mfa_index"),
    path("factors/generator/add/", own.add_generator, name="mfa_activate_totp"),
    path("factors/generator/remove/", own.remove_generator, name="mfa_deactivate_totp"),
    path("factors/passkey/add/", own.add_passkey, name="mfa_add_webauthn"),
    path("factors/passkey/<int:pk>/rename/", own.rename_passkey, name="mfa_edit_webauthn"),
    path("factors/passkey/<int:pk>/remove/", own.remove_passkey, name="mfa_remove_webauthn"),
    path("factors/codes/", own.recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", own.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("password/", own.change_password, name="account_change_password"),
]

staff: Tree = [
    path("account/sessions/", own.sessions, name="sessions"),
    path("account/sessions/end/", own.end_session, name="end_session"),
    path("account/sessions/end-all/", own.end_sessions, name="end_sessions"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<uuid:account_id>/", people.person, name="person"),
    path("people/<uuid:account_id>/role/", people.propose_role, name="propose_role"),
    path("people/<uuid:account_id>/access/", people.propose_access, name="propose_access"),
    path("people/<uuid:account_id>/send-again/", people.send_again, name="send_again"),
    path("people/<uuid:account_id>/disable/", people.disable, name="disable"),
    path("people/proposals/<uuid:proposal_id>/confirm/", people.confirm, name="confirm"),
    path("people/proposals/<uuid:proposal_id>/refuse/", people.refuse, name="refuse"),
    path("partners/", forms.partners, name="partners"),
    path("partners/<uuid:partner_id>/", forms.partner, name="partner"),
    path("partners/<uuid:partner_id>/tokens/", forms.create_token, name="create_token"),
    path("partners/tokens/<uuid:token_id>/confirm/", forms.confirm_token, name="confirm_token"),
    path("partners/tokens/<uuid:token_id>/revoke/", forms.revoke_token, name="revoke_token"),
]

entrance: Tree = [
    path("account/", include(_threshold)),
    path("demonstration/", demonstration.roles, name="account_demonstration"),
]
