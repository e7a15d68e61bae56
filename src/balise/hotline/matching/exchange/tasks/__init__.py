"""What is asked of sources and told to them, and what is signed for partners."""
