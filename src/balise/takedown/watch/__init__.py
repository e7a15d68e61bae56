"""Is it still there?"""
