"""The packed index answers as the tables do, and is never half written."""

from ipaddress import IPv4Address, ip_address
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from balise.takedown.tracing.rules.network_index import (
    IndexFaulty,
    Network,
    NetworkIndex,
    pack,
    read_tables,
    write,
)
from balise.takedown.tracing.tests.makers import NETWORKS_4, NETWORKS_6, write_tables


@pytest.fixture
def opened(tmp_path: Path) -> NetworkIndex:
    folder = write_tables(tmp_path / "tables", NETWORKS_4, NETWORKS_6)
    packed = read_tables(folder / "asn-ipv4-num.csv", folder / "asn-ipv6-num.csv", source="first")
    write(packed, tmp_path / "networks.index")
    return NetworkIndex.open(tmp_path / "networks.index")


class TestNetworkIndex:
    @pytest.mark.parametrize(
        ("ip", "network"),
        [
            ("19.255.255.255", None),
            ("20.0.0.0", Network(64500, "Exemple, Hébergement")),
            ("20.0.0.255", Network(64500, "Exemple, Hébergement")),
            ("20.0.1.7", Network(64501, "Example Net")),
            ("20.0.2.0", None),
            ("20.0.7.255", Network(64500, "Exemple, Hébergement")),
            ("20.0.8.0", None),
            ("2a00:1::", Network(64502, "Example Six")),
            ("2a00:1:ffff::", Network(64502, "Example Six")),
            ("2a00:2::ff", Network(64503, "Half of a /64")),
            ("2a00:2::100", None),
            ("2a00:2::9000:0:0:0", Network(64504, "Another half")),
            ("2a00:2:0:1::5", Network(64505, "The next /64")),
            ("2a00:2:0:2::", None),
            ("2a00::", None),
        ],
    )
    def test_finds_the_network_of_an_address(
        self, opened: NetworkIndex, ip: str, network: Network | None
    ) -> None:
        address = ip_address(ip)
        assert opened.network_of(int(address), version=address.version) == network

    def test_knows_its_source_and_size(self, opened: NetworkIndex) -> None:
        assert (opened.source, len(opened)) == ("first", 7)

    @pytest.mark.usefixtures("opened")
    def test_leaves_no_unfinished_file(self, tmp_path: Path) -> None:
        assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["networks.index"]

    @pytest.mark.parametrize("cut", [0, 5, 20, 60, -1])
    def test_refuses_a_file_that_is_cut_short(self, tmp_path: Path, cut: int) -> None:
        packed = pack([["1", "2", "3", "x"]], [], source="")
        place = tmp_path / "networks.index"
        place.write_bytes(packed[:cut])
        with pytest.raises(IndexFaulty):
            NetworkIndex.open(place)

    @given(st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=40, unique=True), st.data())
    def test_agrees_with_a_plain_search(self, edges: list[int], data: st.DataObject) -> None:
        edges.sort()
        ranges = list(zip(edges[::2], edges[1::2], strict=False))
        rows = [[str(first), str(last), str(n), f"n{n}"] for n, (first, last) in enumerate(ranges)]
        opened = NetworkIndex(memoryview(pack(rows, [], source="")))
        number = data.draw(st.one_of(st.sampled_from(edges), st.integers(0, 2**32 - 1)))
        expected = [n for n, (first, last) in enumerate(ranges) if first <= number <= last]
        network = opened.network_of(int(IPv4Address(number)), version=4)
        assert (network.asn if network else None) == (expected[0] if expected else None)
