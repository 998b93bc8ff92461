"""How does a verb say no?"""


class Refused(Exception):
    """A sentence that may be shown as it is: what is so, and what to do."""

    def __str__(self):
        return str(self.args[0])


class Stale(Exception):
    """The row changed since the form was shown; `row` is the row as it is now. Answered with 409 and both texts."""

    def __init__(self, row):
        super().__init__(str(row.pk))
        self.row = row
