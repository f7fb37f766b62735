"""What a month's sales come to by shop: each file one report, read from the books in a fixed number of questions.

Sales taken back do not count, but for the column that says how many there were.
"""
