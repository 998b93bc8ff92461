"""How does a row stay what it was? Triggers refuse any change, and deletion until its own `keep_until` has passed."""

from django.db import migrations

LAY = {
    "sqlite": [
        "CREATE TRIGGER {t}_unchanged BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END",
        "CREATE TRIGGER {t}_kept BEFORE DELETE ON {t} WHEN OLD.keep_until >= date('now')"
        " BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION {t}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION '{t} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER {t}_unchanged BEFORE UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION {t}_refuse()",
        "CREATE TRIGGER {t}_kept BEFORE DELETE ON {t} FOR EACH ROW WHEN (OLD.keep_until >= CURRENT_DATE) EXECUTE FUNCTION {t}_refuse()",
        "CREATE TRIGGER {t}_not_emptied BEFORE TRUNCATE ON {t} EXECUTE FUNCTION {t}_refuse()",
    ],
}
LIFT = {
    "sqlite": ["DROP TRIGGER IF EXISTS {t}_unchanged", "DROP TRIGGER IF EXISTS {t}_kept"],
    "postgresql": ["DROP FUNCTION IF EXISTS {t}_refuse() CASCADE"],
}
TABLES = ["coaching_trace", "coaching_erased", "trajectories_figures"]  # what the tests compare the triggers with


def run(editor, statements, table):
    """Run one side of the table above; SQLite takes one statement at a time."""
    for statement in statements[editor.connection.vendor]:
        editor.execute(statement.format(t=table), params=None)


def append_only(table):
    """A migration operation. Every later schema change of the table needs it again: SQLite rebuilds tables without their triggers."""
    return migrations.RunPython(
        lambda apps, editor: run(editor, LAY, table),
        lambda apps, editor: run(editor, LIFT, table),
    )
