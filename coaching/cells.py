"""What may stand in a cell of an export? A spreadsheet must not run what somebody typed (security.md, Exports)."""

RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula


def harmless(cell):
    """The text of a cell, with an apostrophe before it where a spreadsheet would run it."""
    text = str(cell or "")
    return f"'{text}" if text.startswith(RUNS) else text
