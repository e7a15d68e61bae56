"""Say which lines of templates are hard to read: past 120 characters, or two elements begun."""

import re
import sys
from pathlib import Path

MOST_CHARACTERS = 120
# What stands on a line of its own on a page, or in a table, a list or a head.
BLOCKS = (
    "address|article|aside|blockquote|body|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption"
    "|figure|footer|form|h[1-6]|head|header|hr|legend|li|link|main|meta|nav|noscript|ol|optgroup"
    "|option|p|pre|search|section|select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_BEGUN = re.compile(rf"<({BLOCKS})(?=[\s>{{])")


def faults(line: str) -> list[str]:
    """Return what is wrong with a line."""
    said = []
    if len(line) > MOST_CHARACTERS:
        said.append(f"{len(line)} characters, {MOST_CHARACTERS} at most")
    begun = _BEGUN.findall(line)
    if len(begun) > 1:
        said.append(f"several elements: {', '.join(begun)}")
    return said


def main(names: list[str]) -> int:
    """Print each fault of these files as `name:line: what`; return 1 if there is one."""
    found = [
        f"{name}:{number}: {fault}"
        for name in names
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1)
        for fault in faults(line)
    ]
    sys.stdout.writelines(f"{each}\n" for each in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
