"""Stories for those who bring them in and publish them: versions, findings, the map."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, gettext_lazy as _, ngettext

from balise.awareness.activities.stories import access
from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.documents.compiling import LONGEST
from balise.awareness.activities.stories.documents.importing import imported
from balise.awareness.activities.stories.queries import checked
from balise.awareness.activities.stories.queries.checked import Opened
from balise.awareness.activities.stories.rules import sounds, twee
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.sounds import SoundFaulty
from balise.awareness.activities.stories.rules.twee import LeftOut, TweeFaulty
from balise.awareness.activities.stories.web import plans, shown
from balise.foundation.files.uploads import refuse_what_did_not_come, takes_plain_files
from balise.foundation.limited.lanes import STORIES
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff

# What each finding of the check means, in words for those who write stories.


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


LEFT_OUT: Final = "left-out.txt"  # of an import, beside the ink that it made
_MAIN: Final = "main.ink"
_SOURCES: Final = (".ink", ".toml")
_SOUNDS: Final = (".mp3", ".ogg")
_TWINE: Final = (".twee", ".tw", ".json")


class _SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Texts by their files' names. A story of Twine becomes `main.ink`, with what it lost."""

    widget = _SeveralInput

    def clean(self, data: Any, initial: Any = None) -> dict[str, str]:
        given: Sequence[UploadedFile[bytes]] = data if isinstance(data, list) else [data]
        found: dict[str, str] = {}
        for file in given:
            super().clean(file, initial)
            refuse_what_did_not_come(file)
            found |= _read(str(file.name), file)
        return found


class FilesForm(forms.Form):
    """The files of a version."""

    sent = _FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "main.ink and the files that it includes, story.toml, en.toml, sounds (MP3 or Ogg); "
            "or a story of Twine, as Twee 3 or JSON. 600 kB in all; a sound counts a third more."
        ),
    )


class StoryForm(FilesForm):
    """A new story: its address, and its files."""

    slug = forms.SlugField(
        label=gettext_lazy("Its word in the address"),
        max_length=60,
        help_text=gettext_lazy("Lower-case letters, digits and hyphens; it does not change later."),
    )
    field_order = ("slug", "sent")


@staff.get
def stories(request: Request) -> HttpResponse:
    """Show every story, with its last version and the public one."""
    found = checked.every(by=request.actor)
    context = {"stories": found, "may_write": request.actor.may(access.WRITE)}
    return render(request, "stories/staff/stories.html", context)


@staff.form
@takes_plain_files
def add(request: Request) -> HttpResponse:
    """Bring in a new story."""
    access.require(request.actor, access.WRITE)
    form = StoryForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form):
            slug, files = form.cleaned_data["slug"], form.cleaned_data["sent"]
            story = writing.begin(slug=slug, files=files, by=request.actor)
            _say_left_out(request, files)
            return redirect("staff:stories:story", story)
    return render(request, "stories/staff/add.html", {"form": form}, status=status_of(form))


@staff.form
@takes_plain_files
def story(request: Request, story: UUID) -> HttpResponse:
    """Show the last version of a story, and bring in the next one."""
    if request.method == "POST":
        access.require(request.actor, access.WRITE)
    found = checked.one(story, by=request.actor)
    form = FilesForm(posted(request), request.FILES or None)
    if form.is_valid():
        with attempt(request, form, said=gettext("This version was checked.")):
            files = form.cleaned_data["sent"]
            number = writing.revise(story_id=story, files=files, by=request.actor)
            _say_left_out(request, files)
            return redirect("staff:stories:version", story, number)
    return _page(request, found, form)


@staff.get
def version(request: Request, story: UUID, number: int) -> HttpResponse:
    """Show a version of a story."""
    return _page(request, checked.one(story, number=number, by=request.actor), FilesForm())


@staff.get
def source(request: Request, story: UUID, number: int, name: str) -> HttpResponse:
    """Give a file of a version as text."""
    text = checked.source(story, number, name, by=request.actor)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@staff.post
def publish(request: Request, story: UUID, number: int) -> HttpResponse:
    """Make a version public."""
    with attempt(request, said=gettext("This version is public.")):
        writing.publish(story_id=story, number=number, by=request.actor)
    return redirect("staff:stories:version", story, number)


@staff.post
def withdraw(request: Request, story: UUID) -> HttpResponse:
    """Take a story from the public."""
    with attempt(request, said=gettext("The story is no longer public.")):
        writing.withdraw(story_id=story, by=request.actor)
    return redirect("staff:stories:story", story)


def _page(request: Request, found: Opened, form: FilesForm) -> HttpResponse:
    findings = [(meaning(each), each) for each in found.shown.findings]
    context = {
        "story": found,
        "form": form,
        "findings": findings,
        "files": sorted(name for name in found.files if not sounds.is_sound(name)),
        "sounds": sorted(sounds.sounds(found.files)),
        "left_out": found.files.get(LEFT_OUT, "").splitlines(),
        "may_write": request.actor.may(access.WRITE),
        "may_publish": request.actor.may(access.PUBLISH),
        **_map(found),
    }
    return render(request, "stories/staff/story.html", context, status=status_of(form))


def _map(found: Opened) -> dict[str, object]:
    """Return the map of a version and the list that says the same; nothing where it has none."""
    if found.playable is None or not found.plan:
        return {}
    words = found.playable.words.get(shown.language(), {})
    return {"map": plans.drawn(found.plan), "scenes": plans.listed(found.plan, words)}


def _read(name: str, file: UploadedFile[bytes]) -> dict[str, str]:
    if not name.endswith((*_SOURCES, *_TWINE, *_SOUNDS)):
        raise forms.ValidationError(
            gettext_lazy("%(file)s is no file of a story."), params={"file": name}
        )
    if (file.size or 0) > LONGEST:
        raise forms.ValidationError(
            gettext_lazy("%(file)s is larger than a story may be."), params={"file": name}
        )
    try:
        if name.endswith(_SOUNDS):
            return {name: sounds.told(name, file.read())}
        text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
        return {name: text} if name.endswith(_SOURCES) else _of_twine(text)
    except UnicodeDecodeError:
        raise forms.ValidationError(
            gettext_lazy("%(file)s is not text in UTF-8."), params={"file": name}
        ) from None
    except SoundFaulty:
        raise forms.ValidationError(
            gettext_lazy("%(file)s is no sound in MP3 or Ogg, or its name has other signs."),
            params={"file": name},
        ) from None
    except TweeFaulty as error:
        raise forms.ValidationError(
            gettext_lazy("%(file)s is no story of Twine: %(why)s"),
            params={"file": name, "why": str(error)},
        ) from None


@STORIES.turn()
def _of_twine(text: str) -> dict[str, str]:
    found = imported(text)
    return {_MAIN: found.ink, LEFT_OUT: _report(found.left_out)}


def _report(left_out: tuple[LeftOut, ...]) -> str:
    return "\n".join(twee.report(left_out))


def _say_left_out(request: Request, files: dict[str, str]) -> None:
    lines = files.get(LEFT_OUT, "").splitlines()
    if lines:
        said = ngettext(
            "%(count)d thing of Twine was left out: it is listed below.",
            "%(count)d things of Twine were left out: they are listed below.",
            len(lines),
        )
        messages.warning(request, said % {"count": len(lines)})
