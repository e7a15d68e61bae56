"""The invented platforms that are told by mail: they read it, and answer by the page that it names.

They read the folder in which the demonstration's post office keeps mail, and come to the centre's
public page as any platform would. What is said there is a word of `notices/rules/answers`.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import httpx

from balise.foundation.url import split_url
from balise.helpline.removals.doubles.behaviours import BEHAVIOURS, Behaviour, Manner, Way

LOOK_EVERY = 1.0  # seconds
_LINK = re.compile(r"https?://\S+/notice/\S+")
_FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_NOTICE = re.compile(r'name="notices" value="([0-9a-f-]{36})"')
_REASON = "We have looked at it, and it is within our rules."
_QUESTION = "Which of the pictures on this page is it?"


@dataclass(frozen=True, slots=True)
class _Owed:
    """What a platform has yet to say, from when (of the monotonic clock), and where."""

    at: float
    link: str
    said: str
    text: str = ""


@dataclass
class Desks:
    """The mail desks of the seventeen. `hurry` divides every platform's seconds."""

    folder: Path
    http: httpx.Client
    hurry: float = 1.0
    owed: list[_Owed] = field(default_factory=list)
    _read: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Skip what came before: only what comes from now on is answered."""
        self._read |= {file.name for file in self.folder.glob("*.eml")}

    def look(self) -> int:
        """Read what has come, say what is due, and return how many answers were given."""
        for file in sorted(self.folder.glob("*.eml")):
            if file.name not in self._read:
                self._read.add(file.name)
                self.owed += self._owes(file.read_bytes())
        now = time.monotonic()
        due = [one for one in self.owed if one.at <= now]
        self.owed = [one for one in self.owed if one.at > now]
        return sum(self._say(one) for one in due)

    def _owes(self, octets: bytes) -> Iterator[_Owed]:
        mail = message_from_bytes(octets, policy=policy.default)
        behaviour = BEHAVIOURS.get(str(mail["To"]).partition("@")[2])
        body = mail.get_body(("plain",))
        link = _LINK.search(body.get_content()) if body is not None else None
        if behaviour is None or behaviour.way is not Way.MAIL or link is None:
            return
        for seconds, said, text in _answers(behaviour):
            yield _Owed(time.monotonic() + seconds / self.hurry, link[0], said, text)

    def _say(self, one: _Owed) -> bool:
        """Go to the answer page and press its button; return whether the centre took it."""
        try:
            page = self.http.get(one.link)
            notices = _NOTICE.findall(page.text)
            fields = dict(_FIELD.findall(page.text))
            given = {**fields, "notices": notices, "said": one.said, "text": one.text}
            origin = "{0.scheme}://{0.netloc}/".format(split_url(one.link))
            answer = self.http.post(one.link, data=given, headers={"Referer": origin})
        except httpx.HTTPError:
            return False
        return bool(notices) and answer.is_success


def _answers(behaviour: Behaviour) -> Iterator[tuple[float, str, str]]:
    """Yield (seconds, what is said, in which words) of a platform, in order."""
    match behaviour.manner:
        case Manner.SILENT:
            return
        case Manner.REFUSING:
            yield behaviour.seconds, "refused", _REASON
        case Manner.FLAKY:  # it has all it needs, and asks
            yield behaviour.seconds, "needs-information", _QUESTION
        case _:
            yield 1.0, "received", ""
            yield behaviour.seconds, "removed", ""


def answer_mail(folder: Path) -> None:
    """Answer what comes into a folder of mail until the process is told to stop."""
    with httpx.Client(follow_redirects=True, trust_env=False, timeout=10.0) as http:
        desks = Desks(folder, http)
        desks.begin()
        while True:
            desks.look()
            time.sleep(LOOK_EVERY)
