"""Line 1: reports of illegal content, from the citizen's message to the answer."""
