"""Which of somebody's own words hold what they look for? Opened in memory; nothing of it is kept, and no address holds it (R25)."""

from sessions.question_bank import fold

LONGEST = 100  # characters of what one searches with
AT_ONCE = 40  # entries on one page


def holding(rows, sought):
    """The opened `rows` in which every word of `sought` occurs, whatever the capitals and accents; all of them when nothing is sought."""
    wanted = fold(sought[:LONGEST]).split()
    if not wanted:
        return list(rows)
    return [row for row in rows if all(word in said for said in [fold(_said(row))] for word in wanted)]


def _said(row):
    """All that one entry says."""
    return " ".join(filter(None, (row.words, getattr(row, "differently", None))))
