"""Articles held against the record: where `claims.matching` meets the rows, the files and the pages.

Nothing that a reader sends is stored, logged or cached here; only wordings of published claims are.
"""
