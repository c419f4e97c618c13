"""Orbit and ephemeris services, one file each: what to ask, and how to read what comes back.

Nothing in here touches the network, the database or the clock: `ask` gives the next request, `read` turns
replies into records, and `ephemeris.refreshing` does the rest.
"""
