"""Under which line other hotlines have our contents."""

from typing import Final

LINE: Final = "hotline"
