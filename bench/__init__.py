"""Benchmarks: a module of this folder whose name does not begin with an underscore is run by `make bench`."""
