import io
import json

import psycopg2
import psycopg2.extras
from psycopg2 import errors
from psycopg2.extras import Json, NamedTupleCursor, RealDictCursor, execute_batch, execute_values

from report import main, plain, report
from values import COLUMNS, EMPTY, FULL

ALL = ", ".join(COLUMNS)
SLOTS = ", ".join(f"%({column})s" for column in COLUMNS)


def session(url):
    psycopg2.extras.register_uuid()
    connection = psycopg2.connect(url)
    report("status", [connection.encoding, connection.get_parameter_status("server_encoding"), connection.get_parameter_status("TimeZone")])
    with connection, connection.cursor() as cursor:
        values(cursor)
        documents(cursor)
        many(cursor)
    transactions(connection)
    failures(connection)
    cursors(connection)
    copies(connection)
    two_statements(connection)
    autocommit(connection)
    connection.close()


def values(cursor):
    for row in (FULL, EMPTY):
        cursor.execute(f"INSERT INTO things ({ALL}) VALUES ({SLOTS}) RETURNING id, label", row)
        report("inserted", [cursor.statusmessage, cursor.rowcount, cursor.fetchone()[1]])
    cursor.execute(f"SELECT {ALL} FROM things ORDER BY label")
    report("columns", [[column.name, column.type_code, column.internal_size] for column in cursor.description])
    report("rows", cursor.fetchall())
    for name, value in FULL.items():
        if name not in ("ratio", "tags", "counts"):
            cursor.execute(f"SELECT label = %s FROM things WHERE {name} = %s", (FULL["label"], value))
            report(f"found by {name}", cursor.fetchall())
    cursor.execute("SELECT %s, %s, %s::text, %s", (1, 2.5, None, "x"))
    report("parameters", cursor.fetchone())


def documents(cursor):
    document = {"k": ["v", 1, None, {"ü": True}]}
    cursor.execute("UPDATE things SET doc = %s, docb = %s WHERE label = ''", (Json(document), json.dumps(document)))
    report("updated", [cursor.statusmessage, cursor.rowcount])
    cursor.execute("SELECT doc, docb, docb -> 'k' -> 3, docb #>> '{k,0}', docb ? 'k', docb @> '{\"k\": [1]}' FROM things WHERE label = ''")
    report("documents", cursor.fetchone())


def many(cursor):
    cursor.executemany("INSERT INTO parts (thing_id, name, weight) SELECT id, %s, %s FROM things WHERE label = ''", [("wheel", 3), ("axle", 12)])
    report("executemany", [cursor.statusmessage, cursor.rowcount])
    rows = execute_values(cursor, "INSERT INTO parts (thing_id, name, weight) VALUES %s RETURNING name", [(1, f"part {n}", n) for n in range(30)], page_size=10, fetch=True)
    report("execute_values", rows)
    execute_batch(cursor, "UPDATE parts SET weight = weight + %s WHERE name = %s", [(1, f"part {n}") for n in range(30)], page_size=7)
    report("execute_batch", [cursor.statusmessage, cursor.rowcount])
    cursor.execute("SELECT count(*), sum(weight), avg(weight), min(name), max(name) FROM parts")
    report("aggregates", cursor.fetchone())


def transactions(connection):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO parts (thing_id, name) VALUES (1, 'lost')")
        connection.rollback()
        cursor.execute("SELECT count(*) FROM parts WHERE name = 'lost'")
        report("after rollback", cursor.fetchone())
        cursor.execute("SAVEPOINT a")
        cursor.execute("UPDATE parts SET name = 'renamed' WHERE name = 'wheel'")
        cursor.execute("SAVEPOINT b")
        cursor.execute("DELETE FROM parts WHERE name LIKE 'part%'")
        report("deleted", [cursor.statusmessage, cursor.rowcount])
        cursor.execute("ROLLBACK TO SAVEPOINT b")
        report("tag", cursor.statusmessage)
        cursor.execute("RELEASE SAVEPOINT a")
        connection.commit()
        cursor.execute("SELECT name FROM parts WHERE name = 'renamed' OR name = 'part 1' ORDER BY 1")
        report("after savepoint", cursor.fetchall())
    connection.rollback()
    for isolation in ("SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "DEFAULT"):
        connection.set_session(isolation_level=isolation)
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            report(f"isolation {isolation}", cursor.fetchone())
        connection.rollback()
    connection.set_session(readonly=True)
    failing(connection, "a read-only transaction", "DELETE FROM parts")
    connection.set_session(readonly=False)


def failures(connection):
    failing(connection, "unique", "INSERT INTO things (label) VALUES ('')")
    failing(connection, "not null", "INSERT INTO things (label) VALUES (NULL)")
    failing(connection, "check", "INSERT INTO parts (thing_id, name, weight) VALUES (1, 'x', -1)")
    failing(connection, "foreign key", "INSERT INTO parts (thing_id, name) VALUES (-1, 'x')")
    failing(connection, "division", "SELECT 1 / (n - n) FROM numbers")
    failing(connection, "cast", "SELECT word::int FROM numbers")
    failing(connection, "too long", "UPDATE things SET note = repeat('x', 30)")
    failing(connection, "syntax", "SELEC 1")
    failing(connection, "unknown column", "SELECT nothing FROM numbers")
    failing(connection, "types", "SELECT n || 1 FROM numbers WHERE word > n")
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT s")
        try:
            cursor.execute("SELECT 1 / 0")
        except errors.DivisionByZero as error:
            report("caught", error.pgcode)
        try:
            cursor.execute("SELECT 1")
        except errors.InFailedSqlTransaction as error:
            report("still failed", error.pgcode)
        cursor.execute("ROLLBACK TO SAVEPOINT s")
        cursor.execute("SELECT 'recovered'")
        report("recovered", cursor.fetchone())
    connection.rollback()


def failing(connection, name, statement):
    with connection.cursor() as cursor:
        try:
            cursor.execute(statement)
            report(name, "no error")
        except psycopg2.Error as error:
            report(name, [type(error).__name__, error.pgcode, connection.get_transaction_status()])
    connection.rollback()


def cursors(connection):
    with connection.cursor("from_server") as cursor:
        cursor.itersize = 70
        cursor.execute("SELECT n, word FROM numbers ORDER BY n")
        report("server cursor", [cursor.fetchone(), cursor.fetchmany(3), sum(n for n, _ in cursor)])
    connection.commit()
    with connection.cursor("scrolling", scrollable=True) as cursor:
        cursor.execute("SELECT n FROM numbers WHERE n <= %s ORDER BY n", (20,))
        cursor.scroll(10)
        report("scrolled", cursor.fetchone())
        cursor.scroll(-5)
        report("scrolled back", cursor.fetchone())
    connection.commit()
    for factory in (RealDictCursor, NamedTupleCursor):
        with connection.cursor(cursor_factory=factory) as cursor:
            cursor.execute("SELECT n, word AS the_word FROM numbers WHERE n = ANY(%s) ORDER BY n", ([3, 1, 2],))
            report(factory.__name__, [dict(row) if factory is RealDictCursor else tuple(row) for row in cursor.fetchall()])
    connection.commit()


def copies(connection):
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY parts (thing_id, name, weight) FROM STDIN", io.StringIO("1\tcopied\\tone\t5\n1\tcopied two ü\t\\N\n"))
        report("copied in", [cursor.statusmessage, cursor.rowcount])
        cursor.copy_expert("COPY parts (thing_id, name) FROM STDIN WITH (FORMAT csv, HEADER)", io.StringIO('thing_id,name\n1,"csv, ""quoted"""\n'))
        report("copied in csv", [cursor.statusmessage, cursor.rowcount])
        target = io.StringIO()
        cursor.copy_expert("COPY (SELECT thing_id, name, weight FROM parts WHERE name LIKE 'co%' OR name LIKE 'csv%' ORDER BY name) TO STDOUT", target)
        report("copied out", [cursor.statusmessage, cursor.rowcount, target.getvalue()])
        target = io.StringIO()
        cursor.copy_to(target, "numbers", columns=("n", "word"))
        report("copied table", len(target.getvalue()))
    connection.commit()
    with connection.cursor() as cursor:
        try:
            cursor.copy_expert("COPY parts (thing_id, name, weight) FROM STDIN", io.StringIO("1\tbad\tx\n"))
        except psycopg2.Error as error:
            report("bad copy", error.pgcode)
    connection.rollback()


def two_statements(connection):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE parts SET weight = 1 WHERE name = 'renamed'; SELECT name, weight FROM parts WHERE name = 'renamed';")
        report("two statements", [cursor.statusmessage, cursor.fetchall()])
        cursor.execute("PREPARE by_n (int) AS SELECT word FROM numbers WHERE n = $1")
        cursor.execute("EXECUTE by_n (%s)", (7,))
        report("executed", [cursor.statusmessage, cursor.fetchall()])
        cursor.execute("DEALLOCATE by_n")
        report("deallocated", cursor.statusmessage)
    connection.commit()


def autocommit(connection):
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        report("autocommit", [cursor.fetchone(), connection.get_transaction_status()])
        cursor.execute("SET TIME ZONE 'Asia/Tokyo'")
        cursor.execute("SELECT '2024-01-01 00:00:00+00'::timestamptz::text")
        report("time zone", [cursor.fetchone(), connection.get_parameter_status("TimeZone")])
        cursor.execute("RESET TIME ZONE")


def alice(url, alice_token, bob_token):
    """Identity by a leading comment on each statement."""
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        def owners(token):
            cursor.execute(f"/*cordon:{token}*/ SELECT DISTINCT user_id FROM orders")
            return [str(row[0]) for row in cursor.fetchall()]

        plain("alice", owners(alice_token))
        cursor.execute(f"/*cordon:{alice_token}*/ UPDATE profiles SET display_name = 'x' WHERE user_id <> %s", ("a11ce000-0000-4000-8000-000000000001",))
        plain("foreign updates", cursor.rowcount)
        connection.rollback()
        plain("bob", owners(bob_token))
        connection.rollback()
        cursor.execute("SELECT count(*) FROM products")
        plain("anonymous", cursor.fetchone()[0])
        connection.rollback()
    connection.close()


main({"session": session, "alice": alice})
