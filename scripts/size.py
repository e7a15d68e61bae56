"""Hold the house to its size: lines of Python by room, files by module, templates.

    scripts/size.py            say what is over its limit
    scripts/size.py tighten    write what there is now as the limits; none rises

The limits stand in `scripts/size.toml`. One rises by a line under `[raised]`, with its reason.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIMITS = ROOT / "scripts" / "size.toml"
ELSEWHERE = {"tests", "migrations", "__pycache__"}  # what proves the house, and what it was
HEADINGS = {
    "lines": "Lines of Python by room, without tests and migrations.",
    "files": "Files of Python by module.",
    "templates": "Templates, all together.",
}

type Sizes = dict[str, dict[str, int]]


def measured(root: Path) -> Sizes:
    """Return the lines of each room, the files of each module, and the templates."""
    source = root / "src" / "balise"
    lines: Counter[str] = Counter()
    files: Counter[str] = Counter()
    homes = {each.parent for each in source.glob("*/**/module.py")}
    for path in source.rglob("*.py"):
        parts = path.relative_to(source).parts
        if ELSEWHERE.isdisjoint(parts):
            lines[parts[0]] += len(path.read_text(encoding="utf-8").splitlines())
            home = next((each for each in path.parents if each in homes), source / parts[0])
            files[".".join(home.relative_to(source).parts)] += 1
    drawn = [
        path
        for path in source.rglob("*.*")
        if "templates" in path.parts and ELSEWHERE.isdisjoint(path.parts) and path.is_file()
    ]
    return {"lines": dict(lines), "files": dict(files), "templates": {"all": len(drawn)}}


def limits(told: Mapping[str, Any]) -> Sizes:
    """Return each limit with what raised it. A reason that is empty raises nothing."""
    found = {what: dict(told.get(what, {})) for what in HEADINGS}
    for name, (by, why) in told.get("raised", {}).items():
        what, _dot, of = name.partition(" ")[0].partition(".")
        if why.strip():
            found[what][of] = found[what].get(of, 0) + by
    return found


def over(sizes: Sizes, allowed: Sizes) -> list[str]:
    """Return what is larger than its limit, and what has none."""
    return [
        f"{what} of {of}: {size}, at most {allowed[what].get(of, 0)}"
        for what, each in sizes.items()
        for of, size in sorted(each.items())
        if size > allowed[what].get(of, 0)
    ]


def written(sizes: Sizes) -> str:
    """Return the file of these limits."""
    said = [
        "# What the house may hold. `scripts/size.py tighten` lowers it; a limit rises by a line",
        '# under [raised], with its reason: "lines.hotline 2027-01-04" = [120, "…"]',
    ]
    for what, heading in HEADINGS.items():
        said += ["", f"[{what}] # {heading}"]
        said += [f'"{of}" = {size}' for of, size in sorted(sizes[what].items())]
    return "\n".join([*said, "", "[raised]", ""])


def main(words: list[str]) -> int:
    sizes = measured(ROOT)
    told = tomllib.loads(LIMITS.read_text(encoding="utf-8")) if LIMITS.exists() else {}
    found = over(sizes, limits(told)) if told else []
    if found:
        print(*found, f"Take something away, or say why in {LIMITS.name} under [raised].", sep="\n")
        return 1
    if words == ["tighten"]:
        LIMITS.write_text(written(sizes), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
