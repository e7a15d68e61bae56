"""What the hotline and the helpline share to have content removed; it knows neither."""
