"""Where an address is hosted, from data on this machine: no question leaves it."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol

import maxminddb
from django.conf import settings
from django.utils.translation import gettext as _

from balise.takedown.tracing.rules import network_index
from balise.takedown.tracing.rules.addresses import AddressRefused
from balise.takedown.tracing.rules.network_index import IndexFaulty, Network, NetworkIndex
from balise.takedown.tracing.rules.public import IPAddress, is_public

_STAMPED = re.compile(r"(20\d\d)(\d\d)(\d\d)\d{0,2}$")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a trace was read from, and the day that its data are of."""

    what: str
    path: str
    data_date: date | None
    doubtful: bool

    @property
    def warning(self) -> str:
        """A warning for an analyst who relies on it; "" where there is none."""
        if not self.doubtful:
            return ""
        return _(
            "The author of this free data set says that it contains errors and will not be "
            "updated: check with the host."
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """Where an IP address is: country (ISO 3166, "" if unknown), autonomous system, its name.

    `data_date` is that of the oldest data used. The country is where the network is registered,
    which is not always where the machine is.
    """

    country: str
    asn: int | None
    network: str
    data_date: date | None
    sources: tuple[Source, ...]


def trace_ip(ip: str | IPAddress) -> Trace:
    """Return where a public IP address is hosted; refuse (AddressRefused) any other."""
    if isinstance(ip, str):
        try:
            ip = ip_address(ip.strip("[]"))
        except ValueError:
            raise AddressRefused("not-an-address") from None
    if not is_public(ip):
        raise AddressRefused("private-host")
    opened = _opened()
    network = opened.network_of(ip)
    return Trace(
        country=opened.country_of(ip),
        asn=network.asn if network else None,
        network=network.name if network else "",
        data_date=opened.data_date,
        sources=opened.sources,
    )


def country_and_network(host: str) -> tuple[str, int | None]:
    """Return the country ("" if unknown) and AS number of a host that is a public IP address.

    For intake, which has vetted the address already: what is not public has neither.
    """
    try:
        trace = trace_ip(host)
    except AddressRefused:
        return "", None
    return trace.country, trace.asn


def sources() -> tuple[Source, ...]:
    """Return the files that traces are read from; empty where the operator has none."""
    return _opened().sources


def reopen() -> None:
    """Read the files again at the next trace."""
    _opened.cache_clear()


class _Networks(Protocol):
    def __call__(self, ip: IPAddress) -> Network | None: ...


@dataclass(frozen=True, slots=True)
class _Opened:
    countries: maxminddb.Reader | None
    network_of: _Networks
    sources: tuple[Source, ...]
    data_date: date | None

    def country_of(self, ip: IPAddress) -> str:
        if self.countries is None:
            return ""
        record: Any = self.countries.get(ip)
        if not isinstance(record, dict):
            return ""
        # ip-location-db and DB-IP's own files are flat; MaxMind's and DB-IP Lite's are not.
        code = record.get("country_code") or record.get("country", {}).get("iso_code", "")
        return str(code)


@cache
def _opened() -> _Opened:
    country_file, network_place = settings.IP_COUNTRY_DATA, settings.IP_NETWORK_DATA
    countries = maxminddb.open_database(country_file) if country_file.is_file() else None
    files = []
    if countries is not None:
        files.append(_source("country", country_file, built=countries.metadata().build_epoch))
    networks: _Networks = _no_networks
    if network_place.suffix == ".mmdb" and network_place.is_file():
        reader = maxminddb.open_database(network_place)
        networks = _networks_of_mmdb(reader)
        files.append(_source("network", network_place, built=reader.metadata().build_epoch))
    elif (network_place / "asn-ipv4-num.csv").is_file():
        networks = _networks_of_index(index(network_place))
        files.append(_source("network", network_place / "asn-ipv4-num.csv"))
    dates = [file.data_date for file in files if file.data_date is not None]
    return _Opened(countries, networks, tuple(files), min(dates, default=None))


def index(folder: Path) -> NetworkIndex:
    """Return the index of a folder's tables, packed first if it is missing or of other tables."""
    tables = [folder / "asn-ipv4-num.csv", folder / "asn-ipv6-num.csv"]
    source = " ".join(f"{file}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in tables)
    place = settings.HOME / "networks.index"
    try:
        opened = NetworkIndex.open(place)
        if opened.source == source:
            return opened
    except (OSError, IndexFaulty):
        pass
    packed = network_index.read_tables(*tables, source=source)
    try:
        network_index.write(packed, place)
    except OSError:  # a process that may not write keeps its own copy in memory
        return NetworkIndex(memoryview(packed))
    return NetworkIndex.open(place)


def _no_networks(ip: IPAddress) -> Network | None:  # noqa: ARG001 - answers like the others
    return None


def _networks_of_index(opened: NetworkIndex) -> _Networks:
    def network_of(ip: IPAddress) -> Network | None:
        return opened.network_of(int(ip), version=ip.version)

    return network_of


def _networks_of_mmdb(reader: maxminddb.Reader) -> _Networks:
    def network_of(ip: IPAddress) -> Network | None:
        record: Any = reader.get(ip)
        if not isinstance(record, dict) or "autonomous_system_number" not in record:
            return None
        name = record.get("autonomous_system_organization", "")
        return Network(int(record["autonomous_system_number"]), str(name))

    return network_of


def _source(what: str, path: Path, *, built: int | None = None) -> Source:
    """Return a file as a source: dated by its package, its content or else its file time."""
    package = path.parent / "package.json"
    described = json.loads(package.read_text()) if package.is_file() else {}
    stamp = _STAMPED.search(described.get("version", ""))
    if stamp is not None:
        data_date = date(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    else:
        moment = built if built is not None else path.stat().st_mtime
        data_date = datetime.fromtimestamp(moment, UTC).date()
    doubtful = described.get("name", "").startswith("@ip-location-db/")
    return Source(what, str(path), data_date, doubtful)
