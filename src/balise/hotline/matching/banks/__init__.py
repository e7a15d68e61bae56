"""Banks: hashes of known content, what is thought of each, and who looked one up."""
