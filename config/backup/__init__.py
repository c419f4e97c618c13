"""Backups of the database: a folder with the copy, its digests table by table, and nothing else."""
