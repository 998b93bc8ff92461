"""How do the people of the organisation get in? From a staff list: looked at first, then taken over whole or not at all.

reading (texts, sheets) gives rows; columns says what stands where; lines cleans each row; plan says what would change; carry_out writes.
"""

# What is said before a list is taken over: functions (beforehand.Change, by=) that give what would come too close, as far as `by` may
# know: (one name, other name, [[why, name, unit], …], row or None). Other apps add theirs when they are ready.
before = []

# What follows when people came, moved or left: functions (at, keys), where keys are those of the people whose place changed.
# Other apps add theirs when they are ready, as R1 asks; called inside the transaction of the change.
after = []


def tell(at, keys):
    """Tell everyone in `after` that the people with these keys have another place in the organisation than before."""
    if keys:
        for follows in after:
            follows(at, list(keys))
