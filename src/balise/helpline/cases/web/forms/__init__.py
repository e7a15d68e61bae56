"""What is filled in about referrals received, files and referrals sent."""
