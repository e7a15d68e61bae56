"""What a referral, a file, a code, a receiver and a duty are: pure, from the country's packs."""
