"""Line 2: help by call, chat and message."""
