"""The published record as feeds: what is told, and one file for each format it is told in."""
