"""What does making a closing report cost, against Chromium printing the same HTML in the same run?

    .venv/bin/python -m tests.benchmarks.report

Prints seconds of CPU, their ratio (at most 1.5 is what we promise ourselves), sizes, and what three sealed files cost.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
ROUNDS = 7
STATIC = Path(__file__).parents[2] / "static"
TICK = os.sysconf("SC_CLK_TCK")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main():
    import django  # noqa: PLC0415 settings come first

    django.setup()
    from coaching import zone  # noqa: PLC0415

    zone.know("", seconds=float("inf"))  # there is no database to ask in which days fall
    from tests.trajectories.report_example import ENGLISH, marks  # noqa: PLC0415

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("There is no Chromium here to compare with.")
    start = process_time()
    ours = printing(ENGLISH, marks(ENGLISH))
    print(f"first, with import and fonts  {process_time() - start:.2f} s of CPU")
    with theirs(chromium, page_of(ENGLISH, marks(ENGLISH))) as other:
        pairs = [(cost(ours), other.cost()) for _round in range(ROUNDS)]
    (mine, wall, size), (cpu, other_wall, other_size) = (
        [median(side) for side in zip(*column, strict=True)] for column in zip(*pairs, strict=True)
    )
    print(f"WeasyPrint  {mine:.3f} s of CPU  {wall:.3f} s  {size / 1000:.0f} kB")
    print(f"Chromium    {cpu:.3f} s of CPU  {other_wall:.3f} s  {other_size / 1000:.0f} kB")
    print(f"ratio       {mine / cpu:.2f} of the CPU of Chromium")
    whole(ENGLISH, marks(ENGLISH))


def page_of(text, signatures):
    """The HTML of the report, its styles linked, in a folder that holds styles and fonts."""
    from django.template.loader import render_to_string  # noqa: PLC0415

    from trajectories.report.render import STYLES, page  # noqa: PLC0415

    html = render_to_string("report/report.html", page(text, signatures, draft=False, code="01ABC" * 4, sparing=False))
    folder = Path(tempfile.mkdtemp())
    for name in ("css", "fonts"):
        shutil.copytree(STATIC / name, folder / name)
    links = "".join(f'<link rel="stylesheet" href="css/{name}">' for name in STYLES)
    (folder / "report.html").write_text(html.replace("</head>", f"{links}</head>"))
    return folder


def printing(text, signatures):
    """One warm rendering of ours, from values to bytes."""
    from trajectories.report.render import as_pdf  # noqa: PLC0415

    as_pdf(text, signatures, code="01ABC" * 4)
    return lambda: as_pdf(text, signatures, code="01ABC" * 4)


def cost(act):
    cpu, wall = process_time(), perf_counter()
    made = act()
    return process_time() - cpu, perf_counter() - wall, len(made)


class theirs:  # noqa: N801 reads as a verb
    """A warm Chromium that prints the page in `folder`; its CPU is that of all its processes."""

    def __init__(self, chromium, folder):
        self.chromium, self.address, self.folder = chromium, (folder / "report.html").as_uri(), folder

    def __enter__(self):
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=self.chromium, args=FLAGS)
        self.print(), self.print()
        return self

    def __exit__(self, *_error):
        self.browser.close()
        self.driver.stop()
        shutil.rmtree(self.folder)

    def print(self):
        page = self.browser.new_page()
        page.goto(self.address)
        made = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)
        page.close()
        return made

    def cost(self):
        before, wall = chromium_cpu(), perf_counter()
        made = self.print()
        return chromium_cpu() - before, perf_counter() - wall, len(made)


def chromium_cpu():
    """Seconds of CPU of every process below ours that is a Chromium, ended ones included."""
    children = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                name, facts = (folder / "stat").read_text().rsplit(")", 1)
            except OSError:
                continue
            facts = facts.split()
            used = sum(map(int, facts[11:15])) / TICK if "chrom" in name else 0
            children.setdefault(int(facts[1]), []).append((int(folder.name), used))
    total, waiting = 0, [os.getpid()]
    while waiting:
        for pid, used in children.get(waiting.pop(), []):
            total += used
            waiting.append(pid)
    return total


def whole(text, signatures):
    """All that a report takes: three files, laid out twice, each sealed."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    from coaching import certificates  # noqa: PLC0415
    from coaching.clock import now  # noqa: PLC0415
    from trajectories.report.house_style import House  # noqa: PLC0415
    from trajectories.report.render import as_files  # noqa: PLC0415
    from trajectories.report.seal import sealed  # noqa: PLC0415

    key, chain = certificates._made("A house", now())
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = certificates.Opened(chain[0].public_bytes(Encoding.PEM).decode(), private)
    files = as_files(text, signatures, code="01ABC" * 4, house=House())
    done = [sealed(pdf, certificate) for pdf in files]
    drawn = [cost(lambda: b"".join(as_files(text, signatures, code="01ABC" * 4, house=House())))[0] for _round in range(3)]
    seals = [cost(lambda: sealed(files[0], certificate))[0] for _round in range(3)]
    print(f"three files {median(drawn):.3f} s of CPU to draw, {median(seals):.3f} s for each seal")
    print(
        "sealed      "
        + ", ".join(f"{name} {len(pdf) / 1000:.0f} kB" for name, pdf in zip(("report", "white", "archive"), done, strict=True))
    )


if __name__ == "__main__":
    main()
