"""What happened to people referred to the helpline, to cases, and to referrals sent."""
