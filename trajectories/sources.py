"""What is collected from all apps? Three lists, to which an app adds a function when it is ready; a test pins them (architecture)."""

thread = []  # (seat) -> [Entry]: dated stitches of the red thread that this seat may know of
needs = []  # (person, today) -> [Need]: what waits for a person
dossier = []  # Kept(model, ...): what a download holds, an erasure empties, and for how long it is kept


def stitches(function):
    """Add a source of thread entries."""
    thread.append(function)
    return function


def needed(function):
    """Add a source of what waits for a person."""
    needs.append(function)
    return function
