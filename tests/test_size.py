"""The house keeps its size: a limit rises with its reason (`scripts/size.py`)."""

import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SIZES = {"lines": {"hotline": 3}, "files": {"hotline.reports": 2}, "templates": {"all": 1}}


@pytest.fixture(scope="module")
def size() -> ModuleType:
    spec = spec_from_file_location("size", ROOT / "scripts" / "size.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_counts_lines_files_and_templates_but_no_tests(size: ModuleType, tmp_path: Path) -> None:
    home = tmp_path / "src" / "balise" / "hotline" / "reports"
    for name, text in {
        "module.py": "a = 1\nb = 2\n",
        "rules.py": "c = 3\n",
        "tests/test_rules.py": "d = 4\n" * 40,
        "migrations/0001_initial.py": "e = 5\n" * 40,
        "templates/reports/list.html": "<p>\n",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    assert size.measured(tmp_path) == SIZES


def test_says_what_is_over_and_what_has_no_limit(size: ModuleType) -> None:
    allowed = {"lines": {"hotline": 2}, "files": {}, "templates": {"all": 1}}
    assert size.over(SIZES, allowed) == [
        "lines of hotline: 3, at most 2",
        "files of hotline.reports: 2, at most 0",
    ]


def test_a_limit_rises_with_a_reason_alone(size: ModuleType) -> None:
    told = tomllib.loads(size.written(SIZES))
    told["raised"] = {
        "lines.hotline 2027-01-04": [5, "a second language of the form"],
        "files.hotline.reports 2027-01-05": [1, " "],
    }
    allowed = size.limits(told)
    assert allowed["lines"] == {"hotline": 8}
    assert allowed["files"] == {"hotline.reports": 2}
