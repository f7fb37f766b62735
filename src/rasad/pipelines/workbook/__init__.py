"""Workbooks of spreadsheet programs: the one sheet that holds the table, as text, row by row."""
