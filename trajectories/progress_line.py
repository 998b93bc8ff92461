"""How far along is somebody, as a sewn line and chalk? Two paths for a picture of 350 by 20."""

WIDTH, LEVEL, UP, DOWN = 350, 10, 4, 16


def progress_line(done, total):
    """The paths of what is sewn (`done` of `total` stitches) and of what lies ahead; either may be empty."""
    return {"sewn": _wave(0, done, total), "chalk": _wave(done, total, total)}


def _wave(start, end, total):
    if start >= end:
        return ""
    width = WIDTH / total
    return f"M{start * width:.1f} {LEVEL}" + "".join(_stitch(number, width) for number in range(start, end))


def _stitch(number, width):
    x, turn = number * width, DOWN if number % 3 == 2 else UP  # every third one hangs
    quarter, half, end = (f"{x + width * part:.1f}" for part in (0.25, 0.5, 1))
    return f"C{quarter} {LEVEL} {quarter} {turn} {half} {turn}S{x + width * 0.75:.1f} {LEVEL} {end} {LEVEL}"
