import asyncio

import asyncpg

from report import main, plain, report
from values import COLUMNS, EMPTY, FULL

ALL = ", ".join(COLUMNS)
SLOTS = ", ".join(f"${n + 1}" for n in range(len(COLUMNS)))


def session(url):
    asyncio.run(whole(url))


async def whole(url):
    connection = await asyncpg.connect(url)
    await values(connection)
    await prepared(connection)
    await many(connection)
    await transactions(connection)
    await failures(connection)
    await copies(connection)
    await types(connection)
    await connection.reset()
    report("reset", await connection.fetchval("SELECT 1"))
    await connection.close()
    await pool(url)


async def values(connection):
    for row in (FULL, EMPTY):
        inserted = await connection.fetchrow(f"INSERT INTO things ({ALL}) VALUES ({SLOTS}) RETURNING label", *[row[c] for c in COLUMNS])
        report("inserted", dict(inserted))
    rows = await connection.fetch(f"SELECT {ALL} FROM things ORDER BY label")
    report("rows", [dict(row) for row in rows])
    for name, value in FULL.items():
        if name not in ("ratio",):
            found = await connection.fetch(f"SELECT label = $1 FROM things WHERE {name} = $2", FULL["label"], value)
            report(f"found by {name}", [tuple(row) for row in found])
    document = '{"k": ["v", 1, null, {"ü": true}]}'
    report("updated", await connection.execute("UPDATE things SET doc = $1, docb = $2 WHERE label = ''", document, document))
    report("documents", tuple(await connection.fetchrow("SELECT doc, docb, docb -> 'k' -> 3 FROM things WHERE label = ''")))
    report("script", await connection.execute("SELECT 1; UPDATE things SET flag = false WHERE label = ''; SELECT 2"))


async def prepared(connection):
    statement = await connection.prepare("SELECT n, word FROM numbers WHERE n > $1 AND word <> $2 ORDER BY n LIMIT 2")
    report("parameters", [parameter.name for parameter in statement.get_parameters()])
    report("attributes", [[attribute.name, attribute.type.name] for attribute in statement.get_attributes()])
    for n in range(3):
        report("prepared", [tuple(row) for row in await statement.fetch(n, "x")])
    for n in range(3):
        report("cached", await connection.fetchval("SELECT word FROM numbers WHERE n = $1", n + 1))


async def many(connection):
    await connection.executemany("INSERT INTO parts (thing_id, name, weight) VALUES ($1, $2, $3)", [(1, f"part {n}", n) for n in range(20)])
    report("executemany", tuple(await connection.fetchrow("SELECT count(*), sum(weight), avg(weight) FROM parts")))
    report("fetchmany", [tuple(row) for row in await connection.fetchmany("UPDATE parts SET weight = weight + 1 WHERE name = $1 RETURNING weight", [("part 1",), ("part 2",)])])


async def transactions(connection):
    async with connection.transaction(isolation="serializable"):
        report("isolation", await connection.fetchval("SHOW transaction_isolation"))
        async with connection.transaction():
            await connection.execute("UPDATE parts SET name = 'renamed' WHERE name = 'part 3'")
        try:
            async with connection.transaction():
                report("deleted", await connection.execute("DELETE FROM parts"))
                raise LookupError
        except LookupError:
            pass
        total = 0
        async for row in connection.cursor("SELECT n FROM numbers WHERE n > $1 ORDER BY n", 400, prefetch=13):
            total += row["n"]
        report("portal", total)
        cursor = await connection.cursor("SELECT n FROM numbers ORDER BY n")
        # Not `cursor.forward`: it sends MOVE for a portal of the protocol, and Cordon keeps those apart from SQL's cursors.
        report("fetched", [[tuple(row) for row in await cursor.fetch(3)] for _ in range(2)])
    report("after", await connection.fetchval("SELECT count(*) FROM parts"))
    transaction = connection.transaction(readonly=True)
    await transaction.start()
    await failing(connection, "a read-only transaction", "DELETE FROM parts")
    await transaction.rollback()


async def failures(connection):
    await failing(connection, "unique", "INSERT INTO things (label) VALUES ($1)", "")
    await failing(connection, "not null", "INSERT INTO things (label) VALUES ($1)", None)
    await failing(connection, "check", "INSERT INTO parts (thing_id, name, weight) VALUES (1, 'x', $1)", -1)
    await failing(connection, "foreign key", "INSERT INTO parts (thing_id, name) VALUES ($1, 'x')", -1)
    await failing(connection, "division", "SELECT 1 / (n - n) FROM numbers WHERE n = $1", 1)
    await failing(connection, "syntax", "SELEC $1", 1)
    await failing(connection, "unknown column", "SELECT nothing FROM numbers WHERE n = $1", 1)
    await failing(connection, "undetermined", "SELECT $1 || $2", 1, 2)
    transaction = connection.transaction()
    await transaction.start()
    await failing(connection, "in a transaction", "SELECT 1 / $1::int", 0)
    await failing(connection, "still failed", "SELECT $1::int", 0)
    await transaction.rollback()
    report("recovered", await connection.fetchval("SELECT 'recovered'"))


async def failing(connection, name, statement, *parameters):
    try:
        await connection.fetch(statement, *parameters)
        report(name, "no error")
    except asyncpg.PostgresError as error:
        report(name, [type(error).__name__, error.sqlstate])
    except asyncpg.InterfaceError as error:
        report(name, type(error).__name__)


async def copies(connection):
    target = bytearray()

    async def collect(data):
        target.extend(data)

    tag = await connection.copy_from_query("SELECT n, word FROM numbers WHERE n < $1", 4, output=collect, format="csv")
    report("copied out", [tag, bytes(target)])


async def types(connection):
    report("enum", await connection.fetchval("SELECT feeling FROM things WHERE label = ''"))
    await connection.execute("UPDATE things SET feeling = $1 WHERE label = ''", "happy")
    report("enum", await connection.fetchval("SELECT feeling FROM things WHERE label = ''"))
    report("composite", tuple(await connection.fetchval("SELECT ROW(1, 'x'::text, NULL::uuid)")))
    report("nested", await connection.fetchval("SELECT ARRAY[[1, 2], [3, 4]]"))


async def pool(url):
    async with asyncpg.create_pool(url, min_size=2, max_size=2) as connections:
        async def one(n):
            return await connections.fetchval("SELECT word FROM numbers WHERE n = $1", n)

        report("pool", await asyncio.gather(*[one(n) for n in range(1, 9)]))


def alice(url, alice_token, bob_token):
    """Identity by the password of a connection that belongs to one caller."""
    asyncio.run(callers(url, alice_token, bob_token))


async def callers(url, alice_token, bob_token):
    async def owners(connection):
        return [str(row[0]) for row in await connection.fetch("SELECT DISTINCT user_id FROM orders")]

    connection = await asyncpg.connect(url, user="token", password=alice_token)
    plain("alice", await owners(connection))
    update = "UPDATE profiles SET display_name = 'x' WHERE user_id <> $1"
    tag = await connection.execute(update, "a11ce000-0000-4000-8000-000000000001")
    plain("foreign updates", int(tag.split()[-1]))
    await connection.close()
    connection = await asyncpg.connect(url, user="token", password=bob_token)
    plain("bob", await owners(connection))
    await connection.close()
    connection = await asyncpg.connect(url)
    plain("anonymous", await connection.fetchval("SELECT count(*) FROM products"))
    await connection.close()


main({"session": session, "alice": alice})
