"""What each finding of the check means, in words for those who write stories."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.awareness.activities.stories.rules.findings import Finding

MEANINGS: Final[dict[str, Promise]] = {
    "checkpoint-inside": _("A checkpoint stands at the head of a scene, before its first words."),
    "clue-unknown": _("The clues of the story and those of story.toml are not the same."),
    "dead-end": _("A scene has no choice and is no ending."),
    "died": _("The compiler failed."),
    "endless": _("The story goes round without end."),
    "ending-unknown": _("The endings of the story and those of story.toml are not the same."),
    "engine": _("The engine reports an error or a warning."),
    "external": _("A function from outside has no replacement in the story."),
    "hard-to-read": _("A scene is too hard to read for the youngest."),
    "html": _("There is HTML in the text: it would be shown as it is written."),
    "id-twice": _("One id stands in two places."),
    "image-unknown": _("This drawing does not exist."),
    "ink": _("The compiler reports an error or a warning."),
    "ink-version": _("The story was compiled by another version of ink."),
    "long-sentence": _("A sentence is too long for the youngest."),
    "no-about": _("The file story.toml is missing, or incomplete."),
    "no-alt": _("A picture or a sound is not said in words."),
    "no-checkpoint": _("There are more than five choices without a checkpoint."),
    "no-debrief": _("An ending has no debrief."),
    "no-exit": _("No way leads from this scene to an ending."),
    "no-help": _("An ending names nobody who helps."),
    "no-id": _("A line or a choice has no id, or one with other signs than letters and digits."),
    "no-main": _("The file main.ink is missing."),
    "no-node": _("Node is not installed on this server: a story cannot be compiled here."),
    "no-translation": _("Words are missing in another language."),
    "not-kept": _("A save cannot keep what the story asks for."),
    "remote": _("A picture or an address is from elsewhere."),
    "sound-unknown": _("This sound is not among the files of the story."),
    "tag-unknown": _("A tag is not one that stories have."),
    "too-large": _("The story is larger than it may be."),
    "too-long": _("A scene has too much text."),
    "too-many-states": _("A variable or a count grows without end."),
    "trigger": _("The story speaks of something that it does not announce."),
    "two-texts": _("The words under one id change: they could not be translated."),
    "unreachable": _("No choice leads to this scene."),
    "unreadable": _("This file is not a compiled story."),
}


def meaning(finding: Finding) -> str:
    """Return what a finding means."""
    return str(MEANINGS[finding.code])
