import datetime
import os
import sys

from sqlalchemy import (
    JSON, BigInteger, Column, DateTime, ForeignKey, Index, MetaData, Numeric, String, Table, Text, and_, bindparam, case,
    create_engine, delete, exists, func, insert, inspect, literal_column, or_, select, text, tuple_, union_all, update,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.orm import (
    DeclarativeBase, Session, aliased, contains_eager, joinedload, mapped_column, relationship, selectinload, subqueryload,
)
from sqlalchemy_cockroachdb import run_transaction

from step import step

url = os.environ["DATABASE_URL"].replace("postgresql", sys.argv[1], 1)
engine = create_engine(url, pool_size=1, max_overflow=0)


class Base(DeclarativeBase):
    pass


item_tags = Table(
    "item_tags", Base.metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True), Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"
    id = mapped_column(BigInteger, primary_key=True)
    email = mapped_column(Text)
    name = mapped_column(Text)
    password_hash = mapped_column(Text)
    orders = relationship("Order", back_populates="user")


class Order(Base):
    __tablename__ = "orders"
    id = mapped_column(BigInteger, primary_key=True)
    user_id = mapped_column(ForeignKey("users.id"))
    status = mapped_column(Text, default="open")
    total = mapped_column(Numeric(10, 2), default=0)
    note = mapped_column(JSON)
    created_at = mapped_column(DateTime(timezone=True), server_default=func.now())
    user = relationship(User, back_populates="orders")
    items = relationship("Item", back_populates="order")


class Item(Base):
    __tablename__ = "items"
    id = mapped_column(BigInteger, primary_key=True)
    order_id = mapped_column(ForeignKey("orders.id"))
    product = mapped_column(Text)
    price = mapped_column(Numeric(10, 2))
    quantity = mapped_column(BigInteger, default=1)
    order = relationship(Order, back_populates="items")
    tags = relationship("Tag", secondary=item_tags)


class Tag(Base):
    __tablename__ = "tags"
    id = mapped_column(BigInteger, primary_key=True)
    user_id = mapped_column(ForeignKey("users.id"))
    name = mapped_column(Text)


def session_of(work):
    def run():
        with Session(engine) as session:
            result = work(session)
            session.commit()
            return result

    return run


def all_of(statement):
    return session_of(lambda session: session.execute(statement).all())


def entities(statement):
    return session_of(lambda session: session.scalars(statement).unique().all())


step("The connection is made.", lambda: engine.connect().close())
inspector = step("A look at the schema begins.", lambda: inspect(engine))
step("The tables are listed.", lambda: (inspector.get_table_names(), inspector.get_schema_names(), inspector.get_view_names()))
step("Whether a table stands.", lambda: inspector.has_table("orders"))
step("The columns of a table.", lambda: inspector.get_columns("orders"))
step("The key of a table.", lambda: inspector.get_pk_constraint("orders"))
step("The foreign keys of a table.", lambda: inspector.get_foreign_keys("orders"))
step("The indexes of a table.", lambda: inspector.get_indexes("orders"))
step("The unique constraints of a table.", lambda: inspector.get_unique_constraints("tags"))
step("The checks of a table.", lambda: inspector.get_check_constraints("tags"))
carts = MetaData()
Table("carts", carts, Column("id", BigInteger, primary_key=True), Column("name", String(80), index=True), Column("content", JSON))
step("A table is made.", lambda: carts.create_all(engine))
step("A table is dropped.", lambda: carts.drop_all(engine))

step("All rows.", entities(select(Order)))
step("One row by its key.", session_of(lambda session: session.get(User, 1)))
step("A user by the e-mail.", entities(select(User).where(User.email == "alice@shop.test").limit(1)))
step("Some columns, by conditions, in order, a page.", all_of(
    select(Order.id, Order.total.label("sum"))
    .where(Order.user_id == 1, or_(Order.status.in_(["open", "paid"]), Order.note.is_(None)), Order.status != "gone")
    .order_by(Order.created_at.desc().nulls_last(), Order.id).limit(10).offset(20)))
step("Patterns and ranges.", all_of(select(Order.id).where(
    Order.status.like("o%"), Order.status.ilike("O%"), Order.status.contains("pe", autoescape=True),
    Order.total.between(1, 100), ~Order.status.startswith("x"), Order.status.regexp_match("^o"))))
step("Rows in pairs.", all_of(select(Order.id).where(tuple_(Order.id, Order.user_id).in_([(1, 1), (2, 1)]))))
step("An empty list.", all_of(select(Order.id).where(Order.id.in_([]))))
step("A field of JSON.", all_of(select(Order.note["gift"], Order.note["to"].as_string()).where(Order.note["gift"].as_boolean())))
step("A relation that is joined.", entities(select(Order).options(joinedload(Order.user), joinedload(Order.items))))
step("A relation by a second query.", entities(select(Order).options(selectinload(Order.items).selectinload(Item.tags))))
step("A relation by a sub-query.", entities(select(User).options(subqueryload(User.orders))))
step("A relation when it is asked for.", session_of(lambda session: [
    (order.user, order.items, [item.tags for item in order.items]) for order in session.scalars(select(Order)).all()]))
step("A join that fills a relation.", entities(
    select(Order).join(Order.items).options(contains_eager(Order.items)).where(Item.price > 1)))
other = aliased(Order)
step("A table joined with itself.", all_of(
    select(Order.id, other.id).outerjoin(other, and_(other.user_id == Order.user_id, other.id > Order.id))))
step("Relations as conditions.", all_of(select(Order.id).where(
    Order.items.any(Item.price > 1), Order.user.has(name="Alice"), Order.items.any(Item.tags.any(name="gift")))))
step("Sums by group.", all_of(
    select(Item.order_id, func.sum(Item.price * Item.quantity), func.count().label("n"))
    .group_by(Item.order_id).having(func.count() > 0).order_by(func.count().desc())))
step("Counts.", all_of(select(func.count()).select_from(Order).where(Order.status == "open")))
step("How many there are of a query.", session_of(lambda session: session.query(Order).filter_by(status="open").count()))
step("Whether one stands.", all_of(select(exists().where(Order.id == 1))))
large = select(Item.order_id, func.count().label("n")).group_by(Item.order_id).subquery()
paid = select(Order.id).where(Order.status == "paid").cte("paid")
step("A sub-query, and a common table.", all_of(
    select(paid.c.id, large.c.n).outerjoin(large, large.c.order_id == paid.c.id)))
step("A query as a column.", all_of(
    select(User.id, select(func.max(Order.total)).where(Order.user_id == User.id).scalar_subquery())))
step("A union.", all_of(union_all(select(Order.id), select(Item.order_id)).order_by("id").limit(3)))
step("A window.", all_of(select(Order.id, func.row_number().over(partition_by=Order.user_id, order_by=Order.created_at.desc()))))
step("CASE, COALESCE, a cast, a concatenation.", all_of(select(
    case((Order.status == "open", 1), else_=0), func.coalesce(Order.total, 0), Order.id.cast(String), Order.status + "!")))
step("A row of each.", all_of(select(Order).distinct(Order.user_id).order_by(Order.user_id, Order.id)))
step("A moment and its parts.", all_of(select(
    func.extract("year", Order.created_at), func.date_trunc("day", Order.created_at)).where(Order.created_at > datetime.datetime(2026, 1, 1))))
step("A hint.", all_of(select(Order.id).with_hint(Order, "orders_by_user")))
step("A hint on a join.", all_of(select(Order.id).join(User).with_hint(Order, "orders_by_user")))
step("A lock.", all_of(select(Order.id).where(Order.id == 1).with_for_update(of=Order, skip_locked=True)))
step("A lock that reads.", all_of(select(Order.id).where(Order.id == 1).with_for_update(read=True, nowait=True)))

step("One row is inserted.", session_of(lambda session: session.add(Order(user_id=1, total=5, note={"gift": True}))))
step("Many rows are inserted.", session_of(lambda session: session.add_all([Tag(user_id=1, name="a"), Tag(user_id=1, name="b")])))
step("A row and its related rows.", session_of(lambda session: session.add(
    Order(user_id=1, items=[Item(product="cup", price=1), Item(product="pot", price=2)]))))
step("Many rows by one call.", session_of(lambda session: session.execute(
    insert(Tag), [{"user_id": 1, "name": f"many {number}"} for number in range(3)])))
step("Many rows that are returned.", session_of(lambda session: session.scalars(
    insert(Tag).returning(Tag, sort_by_parameter_order=True), [{"user_id": 1, "name": f"more {number}"} for number in range(3)]).all()))
step("Rows of a query are inserted.", session_of(lambda session: session.execute(
    insert(item_tags).from_select(["item_id", "tag_id"], select(Item.id, literal_column("1")).where(Item.id == 2)))))
step("A conflict is ignored.", session_of(lambda session: session.execute(
    postgres_insert(Tag).values(user_id=1, name="a").on_conflict_do_nothing())))
write = postgres_insert(Tag).values(id=1, user_id=1, name="gift")
step("A conflict overwrites.", session_of(lambda session: session.execute(
    write.on_conflict_do_update(index_elements=["id"], set_={"name": write.excluded.name}, where=Tag.user_id == 1).returning(Tag.id))))


def change(session):
    order = session.get(Order, 1)
    order.status = "paid"
    order.total = Order.total + 1
    session.flush()
    session.refresh(order)


step("A row is changed.", session_of(change))
step("Many rows are changed by one call.", session_of(lambda session: session.execute(
    update(Order), [{"id": 1, "status": "open"}, {"id": 2, "status": "open"}])))
step("Rows are changed.", session_of(lambda session: session.execute(
    update(Order).where(Order.user_id == 1).values(status="paid", total=Order.total + 1).returning(Order.id)).all()))
step("Rows are changed by another table.", session_of(lambda session: session.execute(
    update(Item).where(Item.order_id == Order.id, Order.status == "paid").values(quantity=Item.quantity + 1))))


def retag(session):
    item = session.get(Item, 1)
    item.tags.clear()
    session.flush()
    item.tags.append(session.get(Tag, 1))


step("Rows of a relation are changed.", session_of(retag))
step("A row is deleted.", session_of(lambda session: session.delete(session.scalars(select(Tag).where(Tag.name == "b")).one())))
step("Rows are deleted.", session_of(lambda session: session.execute(delete(Tag).where(Tag.name.in_(["a", "many 1"])))))
step("Rows are deleted by another table.", session_of(lambda session: session.execute(
    delete(Item).where(Item.order_id == Order.id, Order.status == "gone"))))


def nested(session):
    session.add(Tag(user_id=1, name="outer"))
    with session.begin_nested():
        session.add(Tag(user_id=1, name="inner"))


step("A savepoint.", session_of(nested))
step("A transaction that is tried again.", lambda: run_transaction(
    engine, lambda connection: connection.execute(update(Order).where(Order.id == 1).values(status="open"))))


def serializable():
    with engine.connect().execution_options(isolation_level="SERIALIZABLE") as connection:
        connection.execute(select(Order.id))


step("A transaction of a level.", serializable)


def autocommit():
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(Order.id))


step("Without a transaction.", autocommit)


def stream():
    with engine.connect() as connection:
        for _ in connection.execution_options(stream_results=True, max_row_buffer=2).execute(select(Order.id)):
            pass


step("Rows one after the other.", stream)
step("SQL of the program itself.", session_of(lambda session: session.execute(
    text("SELECT id FROM orders WHERE status = :status AND total > :total"), {"status": "open", "total": 1}).all()))
step("A list in SQL of the program itself.", session_of(lambda session: session.execute(
    text("SELECT id FROM orders WHERE id IN :ids").bindparams(bindparam("ids", expanding=True)), {"ids": [1, 2]}).all()))
step("Yesterday's rows, in SQL of the program itself.", session_of(lambda session: session.execute(
    text("SELECT id FROM orders AS OF SYSTEM TIME '-10s' WHERE user_id = :user"), {"user": 1}).all()))
step("Insert or overwrite, in SQL of the program itself.", session_of(lambda session: session.execute(
    text("UPSERT INTO tags (id, user_id, name) VALUES (:id, :user, :name)"), {"id": 1, "user": 1, "name": "gift"})))
step("The connection is closed.", engine.dispose)
