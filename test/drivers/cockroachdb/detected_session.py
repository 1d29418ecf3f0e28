"""What the drivers make of `crdb_version`: psycopg 3 and asyncpg take other ways when the server reports it."""

import asyncio
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "python"))

import asyncpg
import psycopg
import psycopg.crdb

from report import main, report


def with_psycopg(url):
    with psycopg.crdb.connect(url) as connection:
        report("vendor", connection.info.vendor)
        report("version", connection.info.server_version)
        with connection.cursor() as cursor:
            for n in range(7):
                cursor.execute("SELECT %s::INT8 + 1", (n,))
            report("prepared", cursor.fetchone()[0])
            cursor.executemany("INSERT INTO contended (id, n) VALUES (%s, %s)", [(n, n) for n in range(10, 15)])
            cursor.execute("SELECT count(*) FROM contended WHERE id = ANY(%s)", ([10, 11, 12],))
            report("array", cursor.fetchone()[0])
            cursor.execute("SELECT owner FROM accounts@accounts_owner_key WHERE balance > %s ORDER BY owner", (0,))
            report("hinted", [row[0] for row in cursor])
        connection.rollback()
        with connection.pipeline():
            one, two = connection.execute("SELECT 1"), connection.execute("SELECT 2")
        report("pipeline", [one.fetchone()[0], two.fetchone()[0]])


def with_asyncpg(url):
    asyncio.run(asked(url))


async def asked(url):
    pool = await asyncpg.create_pool(url, min_size=1, max_size=1, server_settings={"application_name": "asked"})
    async with pool.acquire() as connection:
        # The statements that reset a connection for its next borrower: none for CockroachDB.
        report("reset", connection.get_reset_query())
        report("values", list(await connection.fetchrow("SELECT $1::INT8, $2::STRING, $3::BYTES, $4::UUID", 7, "x", b"\x00\xff", "a11ce000-0000-4000-8000-000000000001")))
        async with connection.transaction():
            await connection.execute("INSERT INTO contended (id, n) VALUES ($1, $2)", 20, 20)
            report("cursor", [row["id"] async for row in connection.cursor("SELECT id FROM contended WHERE id >= $1 ORDER BY id", 20)])
    async with pool.acquire() as connection:
        report("again", await connection.fetchval("SELECT count(*) FROM contended WHERE id = $1", 20))
        await connection.execute("DELETE FROM contended WHERE id = $1", 20)
    await pool.close()


main({"psycopg": with_psycopg, "asyncpg": with_asyncpg})
