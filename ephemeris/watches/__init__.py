"""Services that know what became of a source, one file each: what to ask, and how to read what comes back.

Nothing in here touches the network, the database or the clock; `claims.watching` does the rest.
"""
