"""The page of input files and the code's table of columns are one."""

from tests.house.relief_files import PAGE, tables, with_tables


def test_page_and_columns_agree():
    page = PAGE.read_text(encoding="utf-8")

    assert [name for name in tables() if f"<!-- {name} -->\n" not in page] == []
    assert with_tables(page) == page, "start: python -m tests.house.relief_files"
