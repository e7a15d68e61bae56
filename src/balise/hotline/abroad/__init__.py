"""The hotline and hotlines abroad: content sent to them and received, in letters and by ICCAM."""
