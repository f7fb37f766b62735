"""The token on paper: what is printed (`contents`), how it is worded (`wording`), and the press (`press`).

Knows nothing of the database: it prints whatever plain facts it is handed.
"""
