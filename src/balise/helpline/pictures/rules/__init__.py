"""What a picture is, what may become of it, and how it is drawn again."""
