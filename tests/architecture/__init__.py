"""What imports cannot show, as tests."""
