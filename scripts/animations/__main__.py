"""Draw the films and comics of the pack, with captions and posters, where set-up takes them from.

    .venv/bin/python -m scripts.animations [NAME…]

A comic is an SVG file (`comics`) with a group for each panel. Films need ffmpeg with libvpx
(`apt-get install ffmpeg`); nothing else of Balise does.
"""

import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image
from scripts.animations.film import Film
from scripts.animations.shapes import WIDTH, picture
from scripts.animations.tales import FILMS

PACK = Path(__file__).parents[2] / "src/balise/awareness/publications/packs/fr"
FOLDER, PLATES = PACK / "films", PACK / "comics"
WORDS = Path(__file__).with_name("words.toml")
COMICS = sorted(Path(__file__).with_name("comics").glob("*.svg"))
EACH_SECOND = 12  # pictures
SIZE = 640  # points across, an even number
PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
ENCODED = (
    "-c:v libvpx-vp9 -b:v 0 -crf 34 -row-mt 1 -deadline good -cpu-used 4 -pix_fmt yuv420p "
    "-g 150 -map_metadata -1 -fflags +bitexact -flags:v +bitexact"
)


def png(svg: str, *, scale: float) -> bytes:
    """Return a picture as PNG, drawn by what sets our papers."""
    drawn = typst.compile(PAGE, sys_inputs={"svg": svg}, format="png", ppi=96 * scale)
    assert isinstance(drawn, bytes)  # noqa: S101 - one page
    return drawn


def drawn(film: Film, moment: float) -> bytes:
    """Return a moment as PNG."""
    return png(picture(film.at(moment)), scale=SIZE / WIDTH)


def write(film: Film) -> None:
    """Write the film, its captions and its poster."""
    command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "image2pipe", "-framerate"]
    command += [str(EACH_SECOND), "-c:v", "png", "-i", "-", *ENCODED.split()]
    with subprocess.Popen(
        [*command, str(FOLDER / f"{film.name}.webm")], stdin=subprocess.PIPE
    ) as encoder:
        if encoder.stdin is None:
            raise RuntimeError("ffmpeg takes nothing")
        for number in range(round(film.spans[-1][1] * EACH_SECOND)):
            encoder.stdin.write(drawn(film, number / EACH_SECOND))
    if encoder.returncode:
        raise SystemExit(encoder.returncode)
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))[film.name]
    for language, says in words.items():
        captions = FOLDER / f"{film.name}.{language}.vtt"
        captions.write_text(film.captions(says), encoding="utf-8")
    save(drawn(film, film.poster), FOLDER / f"{film.name}.webp")


def save(octets: bytes, path: Path) -> None:
    """Write a picture as WebP."""
    with Image.open(BytesIO(octets)) as shown:
        shown.convert("RGB").save(path, "WEBP", quality=86)


def main() -> None:
    """Write the films and comics that are named, or all."""
    for folder in (FOLDER, PLATES):
        folder.mkdir(parents=True, exist_ok=True)
    asked = sys.argv[1:]
    for film in FILMS:
        if film.name in asked or not asked:
            write(film)
    for comic in COMICS:
        if comic.stem in asked or not asked:
            save(png(comic.read_text("utf-8"), scale=1.5), PLATES / f"{comic.stem}.webp")


if __name__ == "__main__":
    main()
