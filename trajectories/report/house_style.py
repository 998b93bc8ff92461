"""What does the organisation's own look change on paper? Its logo on a label, its colour on the cover, and a thread that shows on it."""

from dataclasses import dataclass

from coaching import organisation
from coaching.models import Organisation
from trajectories.report import stitches

LOGO = "logo"  # the name under which the page shows it
REDS = (stitches.NIGHT["thread"], "#ff7a7d")  # of the thread on a dark cover, the first that shows
SEEN = 3  # contrast at which a drawn line shows (WCAG AA)


@dataclass(frozen=True)
class House:
    """The house style: a PNG or b"", and the cover's colour as "#rrggbb" or "" for ours."""

    logo: bytes = b""
    colour: str = ""

    @property
    def pictures(self):
        """What the page may show."""
        return {LOGO: self.logo} if self.logo else {}

    def paper(self, *, sparing):
        """The colours of the drawn thread, on white or on the cover."""
        if sparing:
            return stitches.DAY
        if not self.colour:
            return stitches.NIGHT
        ground = self.colour
        thread = next((one for one in REDS if contrast(one, ground) >= SEEN), "#ffffff")
        return stitches.NIGHT | {"ground": ground, "thread": thread, "chalk": mixed(ground, 0.5), "soft": mixed(ground, 0.72)}

    @property
    def rules(self):
        """CSS for the cover; none when it is ours."""
        return f".cover__band {{ background: {self.colour}; }}" if self.colour else ""


def current():
    """The house style of now."""
    return House(logo=bytes(organisation.logo() or b""), colour=Organisation.current().cover_colour)


def luminance(colour):
    """The relative luminance of "#rrggbb" (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """How well one colour can be told from another, 1 to 21 (WCAG 2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(ground, share):
    """`ground` with that share of white."""
    parts = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
