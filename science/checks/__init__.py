"""Checks: a claim tested by a computation that anyone can repeat.  One file a check.

A check takes facts and the asserted value and returns an *outcome* with its inputs and one plain
sentence.  It never gives a verdict: that word belongs to people.
"""
