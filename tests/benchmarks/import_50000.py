"""How long does a staff list of 50,000 people take, against a bare bulk_create of the same rows in the same run? Prints; asserts nothing.

    DEBUG=1 python -m tests.benchmarks.import_50000 [--xlsx] [--rows 50000]     (a database in memory or a file of its own: DATABASE_URL)

Each measurement undoes what it wrote. Seconds of wall clock and of CPU; memory is the highest point of the whole process.
"""

import argparse
import io
import os
import resource
import sys
import tempfile
import time
from datetime import date

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/benchmark.sqlite3")
    import django

    django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from coaching.clock import now  # noqa: E402
from coaching.imports.carry_out import carry_out  # noqa: E402
from coaching.imports.columns import heading  # noqa: E402
from coaching.imports.known import as_it_is  # noqa: E402
from coaching.imports.lines import lines_of  # noqa: E402
from coaching.imports.plan import planned  # noqa: E402
from coaching.imports.reading import read  # noqa: E402
from coaching.models import OrgUnit, Person  # noqa: E402

NAMES = ["Ümit Şahin", "Fenna van der Ven", "Mohammed el Amrani", "Bas 't Hart", "IJsbrand Vlasveld", "Zoë de Wit"]


def rows(count, units=2_000):
    """A tree of units six wide and people under managers, bottom first."""
    yield ["Personeelsnummer", "Naam", "E-mail", "Functie", "Onderdeel", "Valt onder", "Leidinggevende"]
    for number in reversed(range(count)):
        unit = number % units
        above = f"Onderdeel {(unit - 1) // 6}" if unit else ""
        manager = f"p{(number - 1) // 8}@huis.example" if number else ""
        yield [f"{number:06}", f"{NAMES[number % 6]} {number}", f"p{number}@huis.example", "collega", f"Onderdeel {unit}", above, manager]


def as_csv(count):
    return "\r\n".join(";".join(row) for row in rows(count)).encode()


def as_xlsx(count):
    from openpyxl import Workbook  # noqa: PLC0415  only when asked for

    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in rows(count):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class Undone(Exception):
    pass


def measured(what, work):
    start, cpu = time.perf_counter(), time.process_time()
    try:
        with transaction.atomic():
            work()
            raise Undone
    except Undone:
        pass
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(
        f"{what:34} {took:6.2f} s   CPU {cpu:6.2f} s   peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:5.0f} MB", flush=True
    )
    return took, cpu


def looked_at(raw):
    found = read(raw)
    head = heading(found.rows)
    return planned(lines_of(found.rows, head, today=date.today()), set(head.kinds), as_it_is())


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--xlsx", action="store_true")
    asked.add_argument("--rows", type=int, default=50_000)
    asked = asked.parse_args()
    call_command("migrate", verbosity=0)
    raw = (as_xlsx if asked.xlsx else as_csv)(asked.rows)
    print(f"{asked.rows} rows, {len(raw) / 1e6:.1f} MB {'XLSX' if asked.xlsx else 'CSV'}, Python {sys.version.split()[0]}")

    def import_all():
        plan = looked_at(raw)
        assert not plan.refused and len(plan.added) == asked.rows, plan.counts
        carry_out(plan, at=now())

    took = measured("import: read, plan, write", import_all)
    facts = ["pk", "name", "email", "staff_number", "function", "unit_id", "manager_id", "language", "password", "created_at"]
    kept = {}

    def keep():
        import_all()
        kept["units"] = list(OrgUnit.objects.all())
        kept["people"] = list(Person.objects.values_list(*facts))

    measured("(the rows to write barely)", keep)

    def bare():
        OrgUnit.objects.bulk_create(kept["units"])
        Person.objects.bulk_create([Person(**dict(zip(facts, row, strict=True))) for row in kept["people"]])

    plain = min(measured("bare bulk_create of the same rows", bare) for _round in range(2))
    print(f"import / bare bulk_create: {took[0] / plain[0]:.2f} by the clock, {took[1] / plain[1]:.2f} in CPU")
    again = {}

    def twice():
        import_all()
        start = time.perf_counter()
        again["changes"] = looked_at(raw).changes
        again["took"] = time.perf_counter() - start

    measured("the same list twice", twice)
    print(f"of which looking the second time {again['took']:.2f} s: {again['changes']} changes")


if __name__ == "__main__":
    main()
