"""Faults of a running site, tried with real processes: `make faults` prints what each one cost."""
