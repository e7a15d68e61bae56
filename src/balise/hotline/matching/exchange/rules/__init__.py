"""Rules of the exchange of hashes: shapes of sources, how we follow them, who may ask what."""
