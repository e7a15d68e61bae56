"""What a person's hands do on a page, counted: keys, clicks, and the words that they write.

A key that is pressed counts once, with or without Ctrl or Alt (`chords` says how many were with
one); so does a click. A choice in a list that unfolds counts twice: it is opened and picked with
the mouse, or reached with Tab and picked by its first letter. Digits of a number count as keys.
Words that a person writes (a message, a summary, the reasons of a verdict) are counted apart. What
the eyes and the wheel do is not counted.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass(slots=True)
class Count:
    """Keys, of which chords with Ctrl or Alt; clicks; words."""

    keys: int = 0
    chords: int = 0
    clicks: int = 0
    words: int = 0

    @property
    def all(self) -> int:
        """Return keys and clicks together."""
        return self.keys + self.clicks


class Hands:
    """The keyboard and the mouse of one person at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._count = Count()

    def taken(self) -> Count:
        """Return what was counted since this was asked last."""
        counted, self._count = self._count, Count()
        return counted

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, once the page listens to them."""
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press("Space" if key == " " else key)
            self._count.keys += 1
            self._count.chords += "+" in key and key != "+"

    def back(self) -> None:
        """Go back to the page before, with Alt and the arrow."""
        self.page.go_back()
        self._count.keys += 1
        self._count.chords += 1

    def click(self, target: Locator) -> None:
        """Click something."""
        target.click()
        self._count.clicks += 1

    def reach(self, field: Locator) -> None:
        """Put the cursor in a field, with one click, where it is not there already."""
        if not field.evaluate("field => field === document.activeElement"):
            self.click(field)

    def write(self, text: str) -> None:
        """Write words where the cursor is."""
        self.page.keyboard.insert_text(text)
        self._count.words += len(text.split())

    def choose(self, field: Locator, value: str) -> None:
        """Choose in a list that unfolds, unless it says so already."""
        if field.input_value() != value:
            field.select_option(value)
            field.focus()
            self._count.clicks += 2

    def number(self, field: Locator, value: int) -> None:
        """Type a number into a field, unless it says so already."""
        if field.input_value() != str(value):
            self.reach(field)
            self.press(*str(value))

    def tick(self, box: Locator) -> None:
        """Tick a box or choose a circle, unless it is."""
        if not box.is_checked():
            self.click(box)
