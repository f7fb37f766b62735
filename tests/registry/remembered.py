"""The tables of a register as an import left them, to be put back in a moment instead of importing again."""

from django.db import connection, transaction

TABLES = (
    "journal_entry",
    "registry_place",
    "registry_placeparent",
    "registry_household",
    "registry_card",
    "registry_cardcategory",
    "registry_person",
    "registry_membership",
    "registry_vaultentry",
    "registry_importbatch",
    "shops_shop",
)
WITHOUT_NUMBER = ("journal_entry", "registry_vaultentry")
_kept: dict[str, dict[str, bytes]] = {}


def keep(name: str) -> None:
    """Remember what the tables hold now."""
    with connection.cursor() as cursor:
        _kept[name] = {table: _out(cursor, table) for table in TABLES}


def put_back(name: str) -> bool:
    """Fill empty tables with what is remembered under a name; False when nothing is."""
    if name not in _kept:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _kept[name].items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)
            # The next number comes after the last that was put back.
            if table not in WITHOUT_NUMBER:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, column_name), %s) FROM information_schema.columns"
                    " WHERE table_name = %s AND is_identity = 'YES'",
                    [
                        table,
                        1 + max([int(row.split(b"\t")[0]) for row in rows.splitlines()], default=0),
                        table,
                    ],
                )
    return True


def _out(cursor, table: str) -> bytes:
    with cursor.copy(f"COPY (SELECT * FROM {table} ORDER BY 1) TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)
