"""What is a kind of letter?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A neutral subject, one sentence and one link: no names, no goals, no dates. A second reader of the mailbox learns nothing.

    `required` letters cannot be switched off. Of an optional one `about` is its name on the account page, `to` the part that it is for
    ("room" is coach and client, "party" any of the three), and `usual` whether those get it who did not choose.
    """

    key: str
    subject: str
    sentence: str
    link_text: str
    about: str = ""
    to: str = ""
    required: bool = False
    usual: bool = True

    def concerns(self, parts):
        """Whether someone with these parts can get it."""
        return bool(parts & {"room": {"coach", "client"}, "party": {"coach", "client", "sponsor"}}.get(self.to, {self.to}))
