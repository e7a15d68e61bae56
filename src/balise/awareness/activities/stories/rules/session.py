"""What an adult keeps to when a class plays. Pure.

In our own words, by professional judgement: a teacher and a psychologist read them before use.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

MINUTE: Final = 60  # seconds before a hard scene
RULES: Final = (
    _("Read the sheet. Tell the head, the school nurse and those who deal with bullying."),
    _("Say it first: we talk about characters. Nobody tells about themselves or someone here."),
    _("Anyone may pass, or leave to an adult who was named, without explaining."),
    _("Vote by show of hands, eyes closed where it is about what people do. Never by name."),
    _("Before a hard scene, pause for a minute. Then ask whether to go on."),
    _("No pupil’s device, no picture, no recording."),
    _("If a pupil begins to tell: thank them, stop gently, see them alone on the same day."),
    _("Never promise secrecy. Write the exact words down, do not investigate, pass them on."),
    _("End on something to do: one act, who to talk to here, and the numbers to call."),
    _("Stay for ten minutes. Come back to it next week: since then, who can we talk to?"),
)
