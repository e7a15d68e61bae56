"""What the page of a content says of hotlines abroad, and the two ways to them."""
