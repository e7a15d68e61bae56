"""The family charter: what a family agrees on, tries, and looks at again."""
