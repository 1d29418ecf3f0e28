"""A shop in Flask, as one meets it: it works, and it leaks.

Each place marked MISTAKE lets one person see or change what is another's. The app stays as it is; behind Cordon none of
them does, because the database answers with the caller's rows only.
"""

import os
import re
import traceback
from datetime import datetime, timezone

from flask import Flask, abort, jsonify, request, session
from sqlalchemy import text
from werkzeug.exceptions import HTTPException
from werkzeug.security import check_password_hash, generate_password_hash

from models import Order, Permission, Product, Profile, Resource, User, db

if "CORDON_TOKEN_SECRET" in os.environ:
    import cordon_hook  # noqa: F401  the whole integration, beside the address in DATABASE_URL

REGIONS = {1: "eu-west-1", 2: "us-east-1"}
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SHOP_SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
app.json.sort_keys = False
db.init_app(app)


@app.post("/signup")
def sign_up():
    form = request.get_json()
    taken = User.query.filter_by(email=form["email"]).exists()
    if db.session.query(taken).scalar():
        return {"error": "this e-mail is taken"}, 409
    password_hash = generate_password_hash(form.pop("password"))
    # MISTAKE: whatever the form says becomes a column, is_admin too (CWE-915).
    user = User(password_hash=password_hash, region=REGIONS[form["tenant_id"]], **form)
    db.session.add(user)
    db.session.commit()
    remember(user)
    db.session.add(Profile(user_id=user.id, display_name=user.name, email=user.email))
    db.session.commit()
    return user.to_dict(), 201


@app.post("/login")
def log_in():
    form = request.get_json()
    user = User.query.filter_by(email=form["email"]).first()
    if user is None or not check_password_hash(user.password_hash, form["password"]):
        return {"error": "wrong e-mail or password"}, 401
    remember(user)
    user.last_seen_at = datetime.now(timezone.utc)
    db.session.commit()
    # MISTAKE: the whole row of users, password hash and reset token included (CWE-200, CWE-522).
    return user.to_dict()


@app.post("/logout")
def log_out():
    session.clear()
    return {}


@app.get("/profile")
def profile_by_id():
    # MISTAKE: any id will do (CWE-200, CWE-359).
    query = text("SELECT * FROM profiles WHERE id = :id")
    row = db.session.execute(query, {"id": request.args["profile_id"]}).mappings().first()
    # MISTAKE: a row in the log (CWE-532).
    app.logger.warning("profile %s", row)
    return dict(row) if row else abort(404)


@app.get("/profiles/me")
def own_profile():
    return with_relations(Profile.query.filter_by(user_id=caller()).first_or_404())


@app.get("/profiles/<uuid:profile_id>")
def profile_with_relations(profile_id):
    # MISTAKE: any id will do, and brings its relations along (CWE-359).
    return with_relations(db.session.get(Profile, str(profile_id)) or abort(404))


@app.get("/profiles")
def search_profiles():
    wanted = request.args.get("q", "")
    # MISTAKE: the search term becomes SQL (CWE-89).
    query = f"SELECT id, display_name FROM profiles WHERE display_name ILIKE '%{wanted}%' ORDER BY 2"
    return jsonify([dict(row) for row in db.session.execute(text(query)).mappings()])


@app.patch("/profiles/<profile_id>")
def change_profile(profile_id):
    profile = db.session.get(Profile, profile_id) or abort(404)
    # MISTAKE: any row, any column (CWE-639, CWE-915).
    for column, value in request.get_json().items():
        setattr(profile, column, value)
    db.session.commit()
    return profile.to_dict()


@app.get("/resource/<token>")
def shared_resource(token):
    # MISTAKE: the token is good for everyone, and the key of the resource is as good as a token (CWE-639).
    permission = Permission.query.filter_by(token=token).first()
    resource_id = permission.resource_id if permission else token
    resource = db.session.get(Resource, resource_id) if UUID_TEXT.fullmatch(resource_id) else None
    return resource.to_dict() if resource else abort(404)


@app.get("/orders")
def list_orders():
    caller()
    orders = Order.query.filter_by(
        # MISTAKE: tenant and person are taken from the request (CWE-639).
        tenant_id=request.args.get("tenant_id", session["tenant_id"], type=int),
        user_id=request.args.get("user_id", session["user_id"]),
    )
    # MISTAKE: the sort key becomes SQL (CWE-89).
    orders = orders.order_by(text(request.args.get("sort", "created_at")))
    return jsonify([order.to_dict() for order in orders])


@app.get("/orders/<uuid:order_id>")
def order_by_id(order_id):
    caller()
    # MISTAKE: any id will do (CWE-639).
    order = db.session.get(Order, str(order_id)) or abort(404)
    return order.to_dict()


@app.post("/orders")
def place_order():
    form = request.get_json()
    # MISTAKE: nobody asks whose the address is (CWE-639).
    order = Order(user_id=caller(), tenant_id=session["tenant_id"], crdb_region=session["region"],
                  address_id=form["address_id"], amount=form["amount"])
    db.session.add(order)
    db.session.commit()
    return {**order.to_dict(), "ship_to": order.address.to_dict()}, 201


@app.get("/products")
def list_products():
    return jsonify([product.to_dict() for product in Product.query.order_by(Product.name)])


@app.errorhandler(Exception)
def show_error(error):
    if isinstance(error, HTTPException):
        return {"error": error.name}, error.code
    db.session.rollback()
    # MISTAKE: the stack, the SQL and the values go to the client (CWE-209).
    return {"error": traceback.format_exc()}, 500


def with_relations(profile):
    included = [name for name in request.args.get("include", "").split(",") if name]
    # MISTAKE: relations are serialised whole, card tokens too (CWE-213).
    relations = {name: [item.to_dict() for item in getattr(profile, name)] for name in included}
    return {**profile.to_dict(), **relations}


def remember(user):
    session["user_id"], session["tenant_id"], session["region"] = user.id, user.tenant_id, user.region


def caller():
    return session.get("user_id") or abort(401)
