"""What is a kind of letter?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A neutral subject, one sentence and one link: no names, no goals, no dates. A second reader of the mailbox learns nothing.

    `required` letters cannot be switched off; `about` names an optional one on the account page; `usual` is whether everyone gets it
    who did not choose.
    """

    key: str
    subject: str
    sentence: str
    link_text: str
    about: str = ""
    required: bool = False
    usual: bool = True
