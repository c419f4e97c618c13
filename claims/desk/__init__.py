"""The editors' desk: what waits for a person, and the pages on which it is worked on."""
