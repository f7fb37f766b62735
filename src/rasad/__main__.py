"""`python -m rasad`: the command line, wherever the project lies."""

# Worker processes read this file again: only the first may run the command.
if __name__ == "__main__":
    from rasad.cli import app

    app(prog_name="rasad")
