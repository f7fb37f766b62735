"""`rasad policy`: are the packs whole?"""

import typer

app = typer.Typer(no_args_is_help=True, help="The rules as dated rows: check them, print them, compare them.")


@app.callback()
def policy() -> None:
    """The rules as dated rows: check them, print them, compare them."""
