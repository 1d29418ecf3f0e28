"""The tables of the shop as Flask-SQLAlchemy models; the schema itself is in ../demo/schema.sql."""

from uuid import uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import UUID

db = SQLAlchemy()


def new_id():
    return str(uuid4())


class Serialised:
    def to_dict(self):
        # MISTAKE: every column of the model is shown, now and in future (CWE-200, CWE-213).
        return {column.name: getattr(self, column.name) for column in self.__table__.columns}


class User(Serialised, db.Model):
    __tablename__ = "users"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    tenant_id = db.Column(db.Integer, nullable=False)
    region = db.Column(db.Text, nullable=False)
    email = db.Column(db.Text, nullable=False, unique=True)
    name = db.Column(db.Text, nullable=False)
    password_hash = db.Column(db.Text, nullable=False)
    is_admin = db.Column(db.Boolean, nullable=False, server_default=text("false"))
    reset_token = db.Column(db.Text, unique=True)
    last_seen_at = db.Column(db.DateTime(timezone=True))
    created_at = db.Column(db.DateTime(timezone=True), nullable=False, server_default=text("now()"))


class Profile(Serialised, db.Model):
    __tablename__ = "profiles"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    user_id = db.Column(UUID(as_uuid=False), db.ForeignKey("users.id"), nullable=False)
    display_name = db.Column(db.Text, nullable=False)
    email = db.Column(db.Text, nullable=False)
    phone = db.Column(db.Text)
    addresses = db.relationship("Address", backref="profile", order_by="Address.line1")
    payment_methods = db.relationship("PaymentMethod", backref="profile", order_by="PaymentMethod.last4")


class Address(Serialised, db.Model):
    __tablename__ = "addresses"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    profile_id = db.Column(UUID(as_uuid=False), db.ForeignKey("profiles.id"), nullable=False)
    line1 = db.Column(db.Text, nullable=False)
    city = db.Column(db.Text, nullable=False)
    country = db.Column(db.Text, nullable=False)


class PaymentMethod(Serialised, db.Model):
    __tablename__ = "payment_methods"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    profile_id = db.Column(UUID(as_uuid=False), db.ForeignKey("profiles.id"), nullable=False)
    brand = db.Column(db.Text, nullable=False)
    last4 = db.Column(db.Text, nullable=False)
    card_token = db.Column(db.Text, nullable=False, unique=True)


class Resource(Serialised, db.Model):
    __tablename__ = "resources"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    owner_id = db.Column(UUID(as_uuid=False), db.ForeignKey("users.id"), nullable=False)
    data = db.Column(db.Text, nullable=False)


class Permission(Serialised, db.Model):
    __tablename__ = "permissions"
    resource_id = db.Column(UUID(as_uuid=False), db.ForeignKey("resources.id"), primary_key=True)
    user_id = db.Column(UUID(as_uuid=False), db.ForeignKey("users.id"), primary_key=True)
    token = db.Column(db.Text, nullable=False, unique=True)


class Order(Serialised, db.Model):
    __tablename__ = "orders"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    tenant_id = db.Column(db.Integer, nullable=False)
    crdb_region = db.Column(db.Text, nullable=False)
    user_id = db.Column(UUID(as_uuid=False), db.ForeignKey("users.id"), nullable=False)
    address_id = db.Column(UUID(as_uuid=False), db.ForeignKey("addresses.id"), nullable=False)
    amount = db.Column(db.Integer, nullable=False)
    created_at = db.Column(db.DateTime(timezone=True), nullable=False, server_default=text("now()"))
    address = db.relationship("Address")


class Product(Serialised, db.Model):
    __tablename__ = "products"
    id = db.Column(UUID(as_uuid=False), primary_key=True, default=new_id)
    name = db.Column(db.Text, nullable=False, unique=True)
    price = db.Column(db.Integer, nullable=False)
