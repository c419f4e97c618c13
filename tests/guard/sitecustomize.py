"""Loaded by every Python process that a test starts (PYTHONPATH): the guard holds there too."""

import network

network.install()
