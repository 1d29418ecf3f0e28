"""CockroachDB's own dialect of SQLAlchemy 2 (sqlalchemy-cockroachdb), on the tables of the demo shop and on its own."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "python"))

import sqlalchemy as sa
from sqlalchemy import event, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, declarative_base, joinedload, relationship, selectinload, sessionmaker
from sqlalchemy_cockroachdb import run_transaction

from report import main, plain, report

Base = declarative_base()


class Account(Base):
    __tablename__ = "accounts"
    id = sa.Column(sa.Integer, primary_key=True)
    owner = sa.Column(sa.Text, nullable=False, unique=True)
    balance = sa.Column(sa.Integer, nullable=False)
    transfers = relationship("Transfer", back_populates="account", order_by="Transfer.amount")


class Transfer(Base):
    __tablename__ = "transfers"
    id = sa.Column(sa.Integer, primary_key=True)
    account_id = sa.Column(sa.ForeignKey("accounts.id"), nullable=False)
    amount = sa.Column(sa.Integer, nullable=False)
    account = relationship("Account", back_populates="transfers")


def engine_of(url, **options):
    return sa.create_engine(url, **options)


def session(url):
    engine = engine_of(url)
    inspection(engine)
    core(engine)
    orm(engine)
    transactions(engine)
    failures(engine)


def inspection(engine):
    with engine.connect() as connection:
        report("versions", [engine.dialect.name, engine.dialect._is_v254plus, connection.dialect.default_schema_name])
        report("isolation", connection.get_isolation_level())
    inspector = sa.inspect(engine)
    report("tables", sorted(inspector.get_table_names()))
    report("has table", [inspector.has_table("accounts"), inspector.has_table("nothing")])
    for table in ("accounts", "transfers"):
        report("columns", sorted([c["name"], str(c["type"]), c["nullable"], c["is_hidden"]] for c in inspector.get_columns(table)))
        report("key", inspector.get_pk_constraint(table)["constrained_columns"])
        report("foreign keys", [[k["constrained_columns"], k["referred_table"]] for k in inspector.get_foreign_keys(table)])
        report("unique", sorted(str(u["column_names"]) for u in inspector.get_unique_constraints(table)))
    Base.metadata.create_all(engine)
    report("create_all finds every table", True)


def reflection(url):
    engine = engine_of(url)
    inspector = sa.inspect(engine)
    for table in ("accounts", "transfers"):
        report("indexes", sorted(f"{i['name']} {i['column_names']} {i['unique']}" for i in inspector.get_indexes(table)))
    metadata = sa.MetaData()
    metadata.reflect(bind=engine, only=["accounts", "transfers"])
    report("reflected", sorted(metadata.tables["transfers"].columns.keys()))


def core(engine):
    accounts = Account.__table__
    with engine.begin() as connection:
        rows = [{"owner": f"owner {n:02}", "balance": n} for n in range(60)]
        connection.execute(accounts.insert(), rows)
        report("bulk", connection.execute(select(func.count(), func.sum(accounts.c.balance))).fetchone())
        result = connection.execute(insert(accounts).values(owner="owner 00", balance=1).on_conflict_do_update(index_elements=["owner"], set_={"balance": 7}).returning(accounts.c.balance))
        report("on conflict", result.scalar())
        result = connection.execute(insert(accounts).values(owner="owner 00", balance=1).on_conflict_do_nothing())
        report("returning", connection.execute(accounts.update().where(accounts.c.owner == "owner 05").values(balance=accounts.c.balance + 1).returning(accounts.c.owner, accounts.c.balance)).fetchall())
        report("expression", connection.execute(select(accounts.c.owner + "!", accounts.c.balance * 2).where(accounts.c.owner.in_(["owner 01", "owner 02"])).order_by(accounts.c.owner)).fetchall())
        report("limit", connection.execute(select(accounts.c.owner).order_by(accounts.c.balance.desc()).limit(2).offset(1)).scalars().all())


def hints(url):
    """Index hints, which only CockroachDB's grammar reads; behind Cordon they are dropped for a Postgres server."""
    engine = engine_of(url)
    accounts = Account.__table__
    with engine.connect() as connection:
        for hint in ("accounts_owner_key", "{FORCE_INDEX=accounts_owner_key}", "{NO_FULL_SCAN}", "primary"):
            statement = select(accounts.c.owner).with_hint(accounts, hint).where(accounts.c.owner < "owner 02").order_by(accounts.c.owner)
            report(hint, connection.execute(statement).scalars().all())


def orm(engine):
    with Session(engine) as s:
        s.add_all([Account(owner=f"person {n}", balance=n, transfers=[Transfer(amount=m) for m in range(n)]) for n in range(4)])
        s.commit()
        for loading in (joinedload, selectinload):
            people = s.query(Account).options(loading(Account.transfers)).filter(Account.owner.like("person%")).order_by(Account.owner).all()
            report(loading.__name__, [[person.owner, len(person.transfers)] for person in people])
            s.expire_all()
        person = s.query(Account).filter_by(owner="person 3").one()
        person.balance = 33
        person.transfers[0].amount = 100
        s.commit()
        report("changed", [person.balance, [transfer.amount for transfer in person.transfers]])
        report("lock", [account.owner for account in s.query(Account).filter_by(owner="person 3").with_for_update()])
        report("mass update", s.query(Account).filter(Account.owner.like("person%")).update({"balance": Account.balance + 1}, synchronize_session="fetch"))
        report("mass delete", s.query(Transfer).filter(Transfer.amount == 0).delete(synchronize_session=False))
        s.commit()
        report("group", s.query(Account.owner, func.count(Transfer.id)).outerjoin(Account.transfers).filter(Account.owner.like("person%")).group_by(Account.id).order_by(Account.owner).all())


def transactions(engine):
    make = sessionmaker(engine)
    report("by savepoint", run_transaction(make, lambda s: s.query(Account).filter_by(owner="person 1").one().balance))
    report("without", run_transaction(make, lambda s: s.query(Account).count(), use_cockroach_restart=False))

    def spoil(connection):
        connection.execute(Transfer.__table__.delete())
        raise ValueError("the caller's own")

    try:
        run_transaction(engine, spoil)
    except ValueError as error:
        report("undone", [str(error), run_transaction(engine, lambda c: c.execute(select(func.count()).select_from(Transfer)).scalar())])
    contended = sa.table("contended", sa.column("id"), sa.column("n"))
    runs = []

    def count_up(connection):
        runs.append(None)
        connection.execute(contended.update().where(contended.c.id == 1).values(n=contended.c.n + 1))

    run_transaction(engine, count_up)
    with engine.connect() as connection:
        report("run again behind the savepoint", [len(runs), connection.execute(select(contended.c.n)).scalar()])
    retried(engine)


def retried(engine):
    """Two transactions read what the other one writes: the database refuses one with 40001, and it is run again."""
    serializable = engine.execution_options(isolation_level="SERIALIZABLE")
    runs = []

    def transfer(connection):
        runs.append(None)
        total = connection.execute(select(func.sum(Account.balance)).where(Account.owner.in_(["person 1", "person 2"]))).scalar()
        if len(runs) == 1:
            with serializable.begin() as other:
                other.execute(select(func.sum(Account.balance)).where(Account.owner.in_(["person 1", "person 2"]))).scalar()
                other.execute(sa.update(Account).where(Account.owner == "person 2").values(balance=Account.balance + 100))
        connection.execute(sa.update(Account).where(Account.owner == "person 1").values(balance=total))
        return total

    # Postgres keeps the snapshot of a transaction behind a savepoint, so there the whole transaction is run again.
    totals = again(lambda: run_transaction(serializable, transfer, max_retries=0))
    report("retried", [len(runs), totals])


def again(work):
    while True:
        try:
            return work()
        except DBAPIError as error:
            report("refused with", getattr(error.orig, "sqlstate", None) or error.orig.pgcode)


def failures(engine):
    accounts = Account.__table__
    failing(engine, "unique", accounts.insert().values(owner="person 1", balance=0))
    failing(engine, "not null", accounts.insert().values(owner=None, balance=0))
    failing(engine, "foreign key", Transfer.__table__.insert().values(account_id=-1, amount=0))
    failing(engine, "syntax", text("SELEC 1"))
    with engine.connect() as connection:
        report("the pool goes on", connection.execute(select(func.count()).select_from(accounts)).scalar())


def failing(engine, name, statement):
    with engine.connect() as connection:
        try:
            connection.execute(statement)
            report(name, "no error")
        except DBAPIError as error:
            report(name, [type(error).__name__, getattr(error.orig, "sqlstate", None) or error.orig.pgcode])


def alice(url, alice_token, bob_token):
    """Two callers on one pool, told by a comment in front of every statement, also through a retry."""
    engine = engine_of(url, pool_size=1, max_overflow=0)
    asking = {"token": None}

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def add_caller(connection, cursor, statement, parameters, context, executemany):
        return (f"/*cordon:{asking['token']}*/ {statement}" if asking["token"] else statement), parameters

    def owners(connection):
        return sorted({str(row[0]) for row in connection.execute(text("SELECT user_id FROM orders"))})

    asking["token"] = alice_token
    plain("alice", run_transaction(engine, owners))
    update = text("UPDATE profiles SET display_name = 'x' WHERE user_id <> :me RETURNING id")
    me = {"me": "a11ce000-0000-4000-8000-000000000001"}
    plain("foreign updates", run_transaction(engine, lambda connection: len(connection.execute(update, me).fetchall())))
    asking["token"] = bob_token
    plain("bob", run_transaction(engine, owners))
    asking["token"] = None
    with engine.begin() as connection:
        plain("anonymous", connection.execute(text("SELECT count(*) FROM products")).scalar())


main({"session": session, "reflection": reflection, "hints": hints, "alice": alice})
