"""The parts that pages are made of, grouped by story; templatetags/balise.py offers them all."""
