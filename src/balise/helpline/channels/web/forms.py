"""What is filled in around a correspondence."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.forms import Form
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.encryption.worded import new_worded, shown
from balise.foundation.web.fields import CodeField, LongTextField
from balise.foundation.web.phrases import CodeForm
from balise.helpline.channels.actions import answering
from balise.helpline.channels.queries import Correspondence
from balise.helpline.channels.rules import Audience, CorrespondenceState, Safety

_OFF = {"autocomplete": "off"}


class WriteForm(forms.Form):
    """What a young person writes, and where an answer goes if not only here."""

    text = forms.CharField(
        label=pgettext_lazy("youth", "What is going on?"),
        help_text=pgettext_lazy(
            "youth", "Use your own words. You do not have to give your name, school or town."
        ),
        error_messages={"required": _("Write something first.")},
        strip=False,
        # No `maxlength`: a browser cuts what is pasted, silently. The rule refuses, and keeps it.
        widget=forms.Textarea(attrs={"rows": 8, **_OFF}),
    )
    email = forms.EmailField(
        label=pgettext_lazy("youth", "Your e-mail address"),
        help_text=pgettext_lazy(
            "youth",
            "Only if you want to. Without an e-mail address, you read the answer here with a code.",
        ),
        required=False,
        max_length=250,
        error_messages={"invalid": _("Write it like this: name@example.org")},
        widget=forms.EmailInput(attrs=_OFF),
    )
    safety = CodeField(
        Safety,
        label=pgettext_lazy("youth", "Who can read these e-mails?"),
        help_text=pgettext_lazy(
            "youth",
            "If someone else can read them, our e-mail only says there is something new. It does "
            "not show our name or the answer.",
        ),
        initial=Safety.SHARED,
        empty_value=Safety.SHARED,
        required=False,
        widget=forms.RadioSelect,
    )
    # The code that will open it, made before it is sent: the same page twice is one message.
    ticket = forms.CharField(widget=forms.HiddenInput)
    message_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, given: Any = None) -> None:
        fresh = {"ticket": shown(new_worded()), "message_id": uuid4()}
        super().__init__(given, initial=fresh)


class AdultForm(WriteForm):
    """What a parent or a professional writes."""

    field_order = ("audience", "text", "email", "safety")

    audience = CodeField(
        Audience,
        label=_("Who are you?"),
        choices=[one for one in Audience.choices if one[0] != Audience.YOUNG],
        widget=forms.RadioSelect,
        error_messages={"required": _("Tell us who you are, so that we can adapt our answer.")},
    )

    def __init__(self, given: Any = None) -> None:
        super().__init__(given)
        text, email, safety = (self.fields[name] for name in ("text", "email", "safety"))
        text.label = _("What is going on?")
        text.help_text = _("You do not have to name anyone. Tell us what is happening.")
        email.label = _("Your e-mail address")
        email.help_text = _(
            "Optional. Without an e-mail address, you read the answer here with a code."
        )
        safety.label = _("Who can read these e-mails?")
        safety.help_text = _(
            "If someone else can read them, our e-mail only says there is something new. You "
            "read the answer here, with your code."
        )


class MoreForm(forms.Form):
    """Another word in the same thread."""

    text = LongTextField(
        label=_("Another message"),
        error_messages={"required": _("Write something first.")},
        strip=False,
        rows=4,
        attrs=_OFF,
    )
    message_id = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


class ReadForm(CodeForm):
    """The code that opens a thread again, of a young person or of an adult."""

    def __init__(self, given: Any = None) -> None:
        super().__init__(given)
        code = self.fields["code"]
        code.label = _("The code")
        code.help_text = _("Eight words. Capital letters and accents do not matter.")


class AnswerForm(forms.Form):
    """A listener's answer."""

    text = LongTextField(
        label=_("Your answer"),
        error_messages={"required": _("Write something first.")},
        strip=False,
        rows=8,
        attrs=_OFF,
    )
    with_chat = forms.BooleanField(
        label=_("Add the private chat link"),
        help_text=_("For anything too private for e-mail or a messaging app."),
        required=False,
    )
    message_id = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


# What a listener sees of a correspondence, as a part that the console includes.


@dataclass(frozen=True, slots=True)
class Pane:
    """A correspondence as the listener who has it sees it."""

    one: Correspondence
    form: Form

    @property
    def is_erased(self) -> bool:
        """Return whether the person destroyed what was written."""
        return self.one.state is CorrespondenceState.ERASED


def pane_of(thread_id: UUID, *, seen_by: Actor, form: Form | None = None) -> Pane:
    """Return the pane, once it is written down that it was read. Raises ObjectDoesNotExist."""
    one = answering.read(thread_id=thread_id, by=seen_by)
    typed = {"text": one.typed.text} if one.typed else {}
    return Pane(one, form or AnswerForm(initial=typed))


def with_chat(text: str, *, language: str, words: str) -> str:
    """Return an answer with the way to the chat below it, where nothing stays behind."""
    return f"{text.rstrip()}\n\n{words}\n{settings.PUBLIC_ADDRESS}/{language}/talk/"
