"""What happened to people who were handed to the helpline, to files, and to referrals sent."""
