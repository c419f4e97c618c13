"""The physics of a claim: importable in a notebook, without Django, network or clock."""
