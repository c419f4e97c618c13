"""A synthetic corpus for benchmarks: marked in every row, refused on any database that is not made for it."""
