"""What the bearer of a receipt, or of a certificate, fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web.fields import LongTextField
from balise.foundation.web.phrases import LetteredForm
from balise.hotline.reports.rules.given import LONGEST_CONTACT, LONGEST_MESSAGE


class ReceiptForm(LetteredForm):
    """The code that opens a report."""

    label = _("Your code")


class MessageForm(forms.Form):
    """A message of the reporter to the hotline."""

    text = LongTextField(
        label=_("Your message"), max_length=LONGEST_MESSAGE, rows=4, attrs={"dir": "auto"}
    )
    message_id = forms.UUIDField(widget=forms.HiddenInput)


class ReferralForm(forms.Form):
    """The reporter's consent to be passed on to the helpline."""

    consent = forms.BooleanField(
        label=_("I agree to my report being shared with the helpline, so that it can help me")
    )
    contact = forms.CharField(
        label=_("How can the helpline reach you?"),
        help_text=_("A phone number or an e-mail address; a first name if you want"),
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class CertificateForm(forms.Form):
    """What is printed on a certificate of filing."""

    number = forms.UUIDField(
        label=_("Number of the report"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    filed_at = forms.DateTimeField(
        label=_("Date in the signed statement"),
        help_text=_("For instance 2026-11-24T16:00:00Z"),
        input_formats=["%Y-%m-%dT%H:%M:%SZ"],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    fingerprint = forms.RegexField(
        label=_("Fingerprint (SHA-256)"),
        regex=r"^\s*[0-9A-Fa-f]{64}\s*$",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    signature = forms.CharField(
        label=_("Signature"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    key = forms.CharField(
        label=_("Signature key"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
