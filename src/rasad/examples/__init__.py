"""Worked cases: a file of questions with their answers, played against the rules.

One module a group of cases; `player` finds them by their `GIVEN` and `play`. They adapt, they never decide.
"""
