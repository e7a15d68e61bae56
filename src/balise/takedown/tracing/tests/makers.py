"""Small data sets of our own: networks that exist nowhere."""

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

type Range = tuple[str, str, int, str]

NETWORKS_4: Sequence[Range] = (
    ("20.0.0.0", "20.0.0.255", 64500, "Exemple, Hébergement"),
    ("20.0.1.0", "20.0.1.255", 64501, "Example Net"),
    ("20.0.4.0", "20.0.7.255", 64500, "Exemple, Hébergement"),
)
NETWORKS_6: Sequence[Range] = (
    ("2a00:1::", "2a00:1:ffff:ffff:ffff:ffff:ffff:ffff", 64502, "Example Six"),
    ("2a00:2::", "2a00:2::ff", 64503, "Half of a /64"),
    ("2a00:2::8000:0:0:0", "2a00:2::ffff:0:0:0", 64504, "Another half"),
    ("2a00:2:0:1::", "2a00:2:0:1:ffff:ffff:ffff:ffff", 64505, "The next /64"),
)


def write_tables(folder: Path, v4: Sequence[Range], v6: Sequence[Range]) -> Path:
    """Write tables as @ip-location-db/asn has them."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("asn-ipv4-num.csv", v4), ("asn-ipv6-num.csv", v6)):
        (folder / name).write_text(
            "".join(
                f'{int(ip_address(first))},{int(ip_address(last))},{asn},"{owner}"\n'
                for first, last, asn, owner in rows
            ),
            encoding="utf-8",
        )
    return folder
