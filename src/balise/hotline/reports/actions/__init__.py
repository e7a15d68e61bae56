"""Every action that makes or changes a report or a content; each is one recorded transaction."""
