"""LibreOffice opens the slides, and its charts are charts still."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pptx import Presentation

from balise.steering.editions.documents import slides
from balise.steering.editions.tests.decks import deck

OFFICE = shutil.which("soffice")
CHART = "application/vnd.oasis.opendocument.chart"


@pytest.mark.extra
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_office_opens_the_slides_and_charts_stay_charts(tmp_path: Path, language: str) -> None:
    assert OFFICE, "scripts/need libreoffice-impress"
    drawn = slides.drawn(deck(), language)
    (tmp_path / "edition.pptx").write_bytes(drawn)
    subprocess.run(  # noqa: S603 - the office that was asked for
        [
            *(OFFICE, f"-env:UserInstallation={tmp_path.as_uri()}/home", "--headless"),
            *("--convert-to", "odp", "--outdir", str(tmp_path), str(tmp_path / "edition.pptx")),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    show = Presentation(BytesIO(drawn))
    charts = [shape for one in show.slides for shape in one.shapes if shape.has_chart]
    with ZipFile(tmp_path / "edition.odp") as archive:
        manifest = archive.read("META-INF/manifest.xml").decode()
        content = archive.read("content.xml").decode()
    assert manifest.count(f'media-type="{CHART}"') == len(charts) > 0
    assert content.count("<draw:page ") == len(show.slides)
