import psycopg
from psycopg import errors
from psycopg.rows import dict_row
from psycopg.types.json import Json, Jsonb

from report import main, plain, report
from values import COLUMNS, EMPTY, FULL

ALL = ", ".join(COLUMNS)
SLOTS = ", ".join(f"%({column})s" for column in COLUMNS)


def session(url):
    with psycopg.connect(url) as connection:
        values(connection)
        prepared(connection)
        many(connection)
        transactions(connection)
        failures(connection)
        cursors(connection)
        copies(connection)
        pipeline(connection)
        types(connection)


def values(connection):
    for row in (FULL, EMPTY):
        cursor = connection.execute(f"INSERT INTO things ({ALL}) VALUES ({SLOTS}) RETURNING label", row)
        report("inserted", [cursor.statusmessage, cursor.rowcount, cursor.fetchone()])
    for binary in (False, True):
        cursor = connection.execute(f"SELECT {ALL} FROM things ORDER BY label", binary=binary)
        report("columns", [[column.name, column.type_code, column.internal_size] for column in cursor.description])
        report(f"rows, binary {binary}", cursor.fetchall())
    for name, value in FULL.items():
        if name not in ("ratio", "tags", "counts"):
            for form in ("%s", "%b", "%t"):
                rows = connection.execute(f"SELECT label = %s FROM things WHERE {name} = {form}", (FULL["label"], value)).fetchall()
                report(f"found by {name} as {form}", rows)
    document = {"k": ["v", 1, None, {"ü": True}]}
    cursor = connection.execute("UPDATE things SET doc = %s, docb = %s WHERE label = ''", (Json(document), Jsonb(document)))
    report("updated", [cursor.statusmessage, cursor.rowcount])
    report("documents", connection.execute("SELECT doc, docb, docb -> 'k' -> 3 FROM things WHERE label = ''").fetchone())
    report("parameters", connection.execute("SELECT %s, %s, %s::text, %s::text, %s::numeric", (1, 2.5, None, "x", 10**20)).fetchone())
    connection.commit()


def prepared(connection):
    for n in range(8):
        row = connection.execute("SELECT n, word FROM numbers WHERE n = %s", (n + 1,), prepare=True).fetchone()
        report("prepared", row)
    connection.commit()
    connection.prepare_threshold = 2
    for n in range(6):
        report("prepared by itself", connection.execute("SELECT word FROM numbers WHERE n > %s ORDER BY n LIMIT 2", (n,)).fetchall())
    connection.commit()


def many(connection):
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO parts (thing_id, name, weight) VALUES (%s, %s, %s)", [(1, f"part {n}", n) for n in range(20)])
        report("executemany", cursor.rowcount)
        cursor.executemany("UPDATE parts SET weight = weight + 1 WHERE name = %s RETURNING weight", [("part 1",), ("part 2",)], returning=True)
        report("returning", [result.fetchall() for result in cursor.results()])
    connection.commit()


def transactions(connection):
    with connection.transaction():
        connection.execute("UPDATE parts SET name = 'renamed' WHERE name = 'part 3'")
        try:
            with connection.transaction():
                report("deleted", connection.execute("DELETE FROM parts").rowcount)
                raise psycopg.Rollback()
        except psycopg.Rollback:
            pass
        with connection.transaction("named"):
            connection.execute("UPDATE parts SET weight = 99 WHERE name = 'renamed'")
    report("after", connection.execute("SELECT count(*), max(weight) FROM parts").fetchone())
    connection.commit()
    for level in psycopg.IsolationLevel:
        connection.isolation_level = level
        report(f"isolation {level.name}", connection.execute("SHOW transaction_isolation").fetchone())
        connection.commit()
    connection.isolation_level = None
    connection.read_only = True
    failing(connection, "a read-only transaction", "DELETE FROM parts")
    connection.read_only = None


def failures(connection):
    failing(connection, "unique", "INSERT INTO things (label) VALUES (%s)", ("",))
    failing(connection, "not null", "INSERT INTO things (label) VALUES (%s)", (None,))
    failing(connection, "check", "INSERT INTO parts (thing_id, name, weight) VALUES (1, 'x', %s)", (-1,))
    failing(connection, "foreign key", "INSERT INTO parts (thing_id, name) VALUES (%s, 'x')", (-1,))
    failing(connection, "division", "SELECT 1 / (n - n) FROM numbers WHERE n = %s", (1,))
    failing(connection, "value", "SELECT %s::int", ("x",))
    failing(connection, "syntax", "SELEC %s", (1,))
    failing(connection, "unknown column", "SELECT nothing FROM numbers WHERE n = %s", (1,))
    failing(connection, "undetermined", "SELECT n FROM numbers WHERE %s IS NULL AND word = %s", (None, 1))
    connection.execute("SELECT 1")
    try:
        with connection.transaction():
            connection.execute("SELECT 1 / 0")
    except errors.DivisionByZero as error:
        report("caught", error.sqlstate)
    report("recovered", connection.execute("SELECT 'recovered'").fetchone())
    connection.commit()


def failing(connection, name, statement, parameters=None):
    try:
        connection.execute(statement, parameters)
        report(name, "no error")
    except psycopg.Error as error:
        report(name, [type(error).__name__, error.sqlstate, connection.info.transaction_status.name])
    connection.rollback()


def cursors(connection):
    with connection.cursor("from_server") as cursor:
        cursor.execute("SELECT n, word FROM numbers WHERE n > %s ORDER BY n", (10,))
        report("server cursor", [cursor.fetchone(), cursor.fetchmany(3), sum(row[0] for row in cursor)])
    connection.commit()
    with connection.cursor("binary", scrollable=True) as cursor:
        cursor.execute("SELECT n FROM numbers ORDER BY n", binary=True)
        cursor.scroll(10)
        report("scrolled", cursor.fetchone())
        cursor.scroll(-5)
        report("scrolled back", cursor.fetchone())
    connection.commit()
    with connection.cursor(row_factory=dict_row) as cursor:
        report("dict rows", cursor.execute("SELECT n, word FROM numbers WHERE n = ANY(%s) ORDER BY n", ([3, 1, 2],)).fetchall())
        report("streamed", sum(row["n"] for row in cursor.stream("SELECT n FROM numbers")))
    client = psycopg.ClientCursor(connection)
    report("client cursor", client.execute("SELECT word, %s::date FROM numbers WHERE n = %s", (FULL["day"], 5)).fetchall())
    connection.commit()


def copies(connection):
    with connection.cursor() as cursor:
        with cursor.copy("COPY parts (thing_id, name, weight) FROM STDIN") as copy:
            copy.write_row((1, "copied\tone", 5))
            copy.write_row((1, "copied two ü", None))
        report("copied in", [cursor.statusmessage, cursor.rowcount])
        with cursor.copy("COPY (SELECT thing_id, name, weight FROM parts WHERE name LIKE 'copied%' ORDER BY name) TO STDOUT") as copy:
            report("copied out", list(copy.rows()))
        report("tag", cursor.statusmessage)
    connection.commit()


def pipeline(connection):
    with connection.pipeline():
        first = connection.execute("SELECT n FROM numbers WHERE n = %s", (1,))
        connection.execute("UPDATE parts SET weight = %s WHERE name = %s", (7, "renamed"))
        last = connection.execute("SELECT weight FROM parts WHERE name = %s", ("renamed",))
        report("pipeline", [first.fetchone(), last.fetchone()])
    connection.commit()
    try:
        with connection.pipeline():
            connection.execute("SELECT 1")
            connection.execute("SELECT 1 / %s", (0,))
            connection.execute("SELECT 2")
    except psycopg.Error as error:
        report("failed pipeline", error.sqlstate)
    connection.rollback()
    report("after pipeline", connection.execute("SELECT 1").fetchone())
    connection.commit()


def types(connection):
    from psycopg.types import TypeInfo
    from psycopg.types.enum import EnumInfo

    info = EnumInfo.fetch(connection, "mood")
    report("enum", [info.name, info.labels])
    report("no type", TypeInfo.fetch(connection, "hstore"))
    report("a type", TypeInfo.fetch(connection, "uuid").name)
    connection.commit()


def alice(url, alice_token, bob_token):
    """Identity by SET LOCAL at the start of each transaction."""
    with psycopg.connect(url) as connection:
        def owners(token):
            with connection.transaction():
                connection.execute(psycopg.sql.SQL("SET LOCAL cordon.token = {}").format(token))
                return [str(row[0]) for row in connection.execute("SELECT DISTINCT user_id FROM orders", prepare=True)]

        plain("alice", owners(alice_token))
        with connection.transaction():
            connection.execute(psycopg.sql.SQL("SET LOCAL cordon.token = {}").format(alice_token))
            update = "UPDATE profiles SET display_name = 'x' WHERE user_id <> %s"
            plain("foreign updates", connection.execute(update, ("a11ce000-0000-4000-8000-000000000001",)).rowcount)
        plain("bob", owners(bob_token))
        plain("anonymous", connection.execute("SELECT count(*) FROM products").fetchone()[0])


main({"session": session, "alice": alice})
