"""The same session for SQLAlchemy 1.4 and 2: core, ORM, reflection."""

import enum

import sqlalchemy as sa
from sqlalchemy import event, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, ENUM, INTERVAL, JSON, JSONB, UUID, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased, declarative_base, joinedload, relationship, selectinload, subqueryload

from report import main, plain, report
from values import EMPTY, FULL

Base = declarative_base()
IS_2 = not sa.__version__.startswith("1.")


class Mood(enum.Enum):
    sad = "sad"
    ok = "ok"
    happy = "happy"


class Thing(Base):
    __tablename__ = "things"
    id = sa.Column(sa.Integer, primary_key=True)
    label = sa.Column(sa.Text, nullable=False, unique=True)
    small = sa.Column(sa.SmallInteger)
    big = sa.Column(sa.BigInteger)
    amount = sa.Column(sa.Numeric(12, 3))
    ratio = sa.Column(sa.Float)
    flag = sa.Column(sa.Boolean)
    at = sa.Column(sa.DateTime(timezone=True))
    at_local = sa.Column(sa.DateTime)
    day = sa.Column(sa.Date)
    took = sa.Column(INTERVAL)
    raw = sa.Column(BYTEA)
    doc = sa.Column(JSON)
    docb = sa.Column(JSONB)
    ref = sa.Column(UUID(as_uuid=True))
    tags = sa.Column(ARRAY(sa.Text))
    counts = sa.Column(ARRAY(sa.Integer))
    note = sa.Column(sa.String(20), server_default="none")
    feeling = sa.Column(ENUM(Mood, name="mood", create_type=False))
    parts = relationship("Part", back_populates="thing", order_by="Part.name", cascade="all, delete-orphan", passive_deletes=True)


class Part(Base):
    __tablename__ = "parts"
    id = sa.Column(sa.Integer, primary_key=True)
    thing_id = sa.Column(sa.ForeignKey("things.id"), nullable=False)
    name = sa.Column(sa.Text, nullable=False)
    weight = sa.Column(sa.Integer)
    thing = relationship("Thing", back_populates="parts")


numbers = sa.Table("numbers", Base.metadata, sa.Column("n", sa.Integer, primary_key=True), sa.Column("word", sa.Text))
SHOWN = [column.name for column in Thing.__table__.columns if column.name != "id"]


def session(url):
    engine = sa.create_engine(url, pool_pre_ping=True, future=True)
    reflection(engine)
    core(engine)
    orm(engine)
    queries(engine)
    failures(engine)
    streams(engine)
    Base.metadata.create_all(engine)
    report("create_all finds every table", True)


def reflection(engine):
    inspector = sa.inspect(engine)
    report("tables", sorted(inspector.get_table_names()))
    report("views", inspector.get_view_names())
    report("schemas", [name for name in inspector.get_schema_names() if not name.startswith("pg_")])
    report("has table", [inspector.has_table("things"), inspector.has_table("nothing")])
    for table in ("things", "parts", "numbers"):
        # Texts of defaults and checks can hold values, so Cordon does not show them: they are left out here.
        columns = [[c["name"], str(c["type"]), c["nullable"]] for c in inspector.get_columns(table)]
        report(f"columns of {table}", columns)
        report("key", inspector.get_pk_constraint(table)["constrained_columns"])
        report("foreign keys", [[k["constrained_columns"], k["referred_table"], k["referred_columns"], k["options"]] for k in inspector.get_foreign_keys(table)])
        report("unique", sorted(str(u["column_names"]) for u in inspector.get_unique_constraints(table)))
        report("indexes", sorted(f"{i['name']} {i['column_names']} {i['unique']}" for i in inspector.get_indexes(table)))
    report("enums", [[e["name"], e["labels"]] for e in inspector.get_enums()])
    metadata = sa.MetaData()
    metadata.reflect(bind=engine)
    report("reflected", sorted(metadata.tables))


def core(engine):
    things, parts = Thing.__table__, Part.__table__
    with engine.begin() as connection:
        for row in (FULL, EMPTY):
            result = connection.execute(things.insert().values(**row))
            report("inserted", len(result.inserted_primary_key))
        rows = connection.execute(select(*[things.c[name] for name in SHOWN]).order_by(things.c.label)).mappings()
        report("rows", [dict(row) for row in rows])
        result = connection.execute(insert(numbers).values(n=1, word="new").on_conflict_do_update(index_elements=["n"], set_={"word": "word 1"}))
        report("upsert", result.rowcount)
        result = connection.execute(insert(numbers).values(n=1, word="new").on_conflict_do_nothing())
        report("do nothing", result.rowcount)
        connection.execute(parts.insert(), [{"thing_id": 1, "name": f"part {n}", "weight": n} for n in range(30)])
        report("bulk", connection.execute(select(func.count(), func.sum(parts.c.weight))).fetchone())
        result = connection.execute(parts.update().where(parts.c.name == "part 3").values(name="renamed", weight=parts.c.weight * 2).returning(parts.c.name, parts.c.weight))
        report("returning", result.fetchall())
        result = connection.execute(parts.delete().where(parts.c.weight.between(20, 22)))
        report("deleted", result.rowcount)
        report("text", connection.execute(text("SELECT n, word FROM numbers WHERE n IN :ns ORDER BY n").bindparams(sa.bindparam("ns", expanding=True)), {"ns": [3, 1]}).fetchall())
        nested = connection.begin_nested()
        connection.execute(parts.delete())
        nested.rollback()
        report("after savepoint", connection.execute(select(func.count()).select_from(parts)).scalar())


def orm(engine):
    with Session(engine, future=True) as s:
        thing = Thing(label="orm", docb={"a": [1, {"b": None}]}, doc=[1, "x"], tags=["a"], counts=[1, 2], feeling=Mood.happy)
        thing.parts = [Part(name=f"wheel {n}", weight=n) for n in range(4)]
        s.add(thing)
        s.commit()
        report("after commit", [thing.label, thing.note, thing.feeling.value, thing.docb, [part.name for part in thing.parts]])
        thing.note = "changed"
        thing.docb = {**thing.docb, "c": 1}
        thing.parts[0].weight = 100
        del thing.parts[1]
        s.commit()
        report("changed", [thing.note, thing.docb, [[part.name, part.weight] for part in thing.parts]])
        with s.begin_nested():
            s.add(Part(thing=thing, name="nested", weight=1))
        s.rollback()
        report("rolled back", s.query(Part).filter_by(name="nested").count())
        s.add_all([Thing(label=f"bulk {n}", parts=[Part(name="p", weight=n)]) for n in range(12)])
        s.commit()
        report("bulk", s.query(Thing).filter(Thing.label.like("bulk%")).count())
        s.bulk_insert_mappings(Part, [{"thing_id": thing.id, "name": "mapped", "weight": n} for n in range(3)])
        s.bulk_update_mappings(Part, [{"id": part.id, "weight": 5} for part in s.query(Part).filter_by(name="mapped")])
        s.commit()
        report("mapped", [part.weight for part in s.query(Part).filter_by(name="mapped")])
        report("mass update", s.query(Part).filter(Part.name == "mapped").update({"weight": Part.weight + 1}, synchronize_session="fetch"))
        report("mass delete", s.query(Part).filter(Part.name == "mapped").delete(synchronize_session="fetch"))
        s.delete(s.query(Thing).filter_by(label="bulk 0").one())
        s.commit()
        report("cascade", s.query(Part).join(Part.thing).filter(Thing.label == "bulk 0").count())


def queries(engine):
    with Session(engine, future=True) as s:
        for loading in (joinedload, selectinload, subqueryload):
            things = s.query(Thing).options(loading(Thing.parts)).filter(Thing.label.like("bulk%")).order_by(Thing.label).limit(3).all()
            report(loading.__name__, [[thing.label, len(thing.parts)] for thing in things])
            s.expire_all()
        report("lazy", s.query(Part).filter_by(name="wheel 2").one().thing.label)
        other = aliased(Part)
        report("self join", s.query(Part.name, other.name).join(other, sa.and_(Part.thing_id == other.thing_id, Part.id < other.id)).order_by(Part.id, other.id).limit(3).all())
        report("group", s.query(Thing.label, func.count(Part.id)).outerjoin(Thing.parts).group_by(Thing.id).having(func.count(Part.id) > 1).order_by(Thing.label).all())
        report("exists", s.query(s.query(Thing).filter_by(label="orm").exists()).scalar())
        report("any", s.query(Thing.label).filter(Thing.parts.any(Part.weight == 100)).all())
        report("count", s.query(Thing).filter(Thing.label.ilike("%BULK%")).count())
        sub = s.query(Part.thing_id, func.max(Part.weight).label("heaviest")).group_by(Part.thing_id).subquery()
        report("subquery", s.query(Thing.label, sub.c.heaviest).join(sub, sub.c.thing_id == Thing.id).order_by(Thing.label).limit(3).all())
        tree = select(numbers.c.n).where(numbers.c.n == 1).cte("tree", recursive=True)
        tree = tree.union_all(select(numbers.c.n).where(numbers.c.n == tree.c.n * 2))
        report("recursive", s.execute(select(tree.c.n)).scalars().all())
        rank = func.row_number().over(partition_by=Part.thing_id, order_by=Part.weight.desc())
        report("window", s.execute(select(Part.name, rank).where(Part.name.like("wheel%")).order_by(Part.name)).fetchall())
        report("union", s.execute(select(numbers.c.n).where(numbers.c.n < 3).union_all(select(numbers.c.n).where(numbers.c.n > 498)).order_by("n")).scalars().all())
        report("case", s.execute(select(sa.case((numbers.c.n % 2 == 0, "even"), else_="odd")).where(numbers.c.n < 3).order_by(numbers.c.n)).scalars().all())
        report("lock", [thing.label for thing in s.query(Thing).filter_by(label="orm").with_for_update()])
        report("json", s.query(Thing.docb["a"][1]["b"].astext, Thing.docb["a"][0].as_integer(), Thing.docb.has_key("c")).filter_by(label="orm").one())
        report("arrays", s.query(Thing.counts[1], Thing.tags.contains(["a"]), func.array_length(Thing.counts, 1), func.unnest(Thing.counts)).filter_by(label="orm").all())
        report("functions", s.execute(select(func.coalesce(None, "x"), func.lower("ÄB"), func.concat("a", 1, None), func.date_trunc("day", sa.cast("2024-02-29 12:00", sa.DateTime)), func.now() > sa.cast("2020-01-01", sa.DateTime))).fetchone())
        report("distinct on", s.query(Part.thing_id, Part.name).filter(Part.name.like("wheel%")).distinct(Part.thing_id).order_by(Part.thing_id, Part.name).all()[0][1])
        report("extract", s.execute(select(sa.extract("year", sa.cast("2024-02-29", sa.Date)), sa.cast("1.5", sa.Numeric(5, 2)))).fetchone())


def failures(engine):
    failing(engine, "unique", Thing.__table__.insert().values(label="orm"))
    failing(engine, "not null", Thing.__table__.insert().values(label=None))
    failing(engine, "foreign key", Part.__table__.insert().values(thing_id=-1, name="x"))
    failing(engine, "check", Part.__table__.insert().values(thing_id=1, name="x", weight=-1))
    failing(engine, "division", select(1 / (numbers.c.n - numbers.c.n)))
    failing(engine, "syntax", text("SELEC 1"))
    with engine.connect() as connection:
        report("the pool goes on", connection.execute(select(func.count()).select_from(numbers)).scalar())


def failing(engine, name, statement):
    with engine.connect() as connection:
        try:
            connection.execute(statement)
            report(name, "no error")
        except DBAPIError as error:
            report(name, [type(error).__name__, getattr(error.orig, "sqlstate", None) or error.orig.pgcode])


def streams(engine):
    with engine.connect() as connection:
        rows = connection.execution_options(stream_results=True, max_row_buffer=50).execute(select(numbers.c.n))
        report("streamed", sum(row.n for row in rows))
        for level in ("SERIALIZABLE", "AUTOCOMMIT"):
            with engine.connect().execution_options(isolation_level=level) as other:
                report(level, other.execute(text("SHOW transaction_isolation")).scalar())


def alice(url, alice_token, bob_token):
    """Identity by the hook that the Flask example uses; one pool for everyone."""
    engine = sa.create_engine(url, pool_size=1, max_overflow=0, future=True)
    asking = {"token": None}

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def add_caller(connection, cursor, statement, parameters, context, executemany):
        return (f"/*cordon:{asking['token']}*/ {statement}" if asking["token"] else statement), parameters

    def owners(token):
        asking["token"] = token
        with engine.begin() as connection:
            return [str(row[0]) for row in connection.execute(text("SELECT DISTINCT user_id FROM orders"))]

    plain("alice", owners(alice_token))
    with engine.begin() as connection:
        update = text("UPDATE profiles SET display_name = 'x' WHERE user_id <> :me")
        plain("foreign updates", connection.execute(update, {"me": "a11ce000-0000-4000-8000-000000000001"}).rowcount)
    plain("bob", owners(bob_token))
    asking["token"] = None
    with engine.begin() as connection:
        plain("anonymous", connection.execute(text("SELECT count(*) FROM products")).scalar())


main({"session": session, "alice": alice})
