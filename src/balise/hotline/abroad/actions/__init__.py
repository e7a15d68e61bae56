"""Hand content to a hotline abroad or to ICCAM, and take in what a hotline abroad sends."""
