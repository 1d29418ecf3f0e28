"""Tells Cordon who is asking: a short-lived token, signed here, in a comment in front of every statement."""

import os
import re
import time

import jwt
from flask import has_request_context, session
from sqlalchemy import event
from sqlalchemy.engine import Engine


# section:hook
@event.listens_for(Engine, "before_cursor_execute", retval=True)
def add_caller(connection, cursor, statement, parameters, context, executemany):
    # The session cookie has been verified by Flask. Nothing here may query: that would call this hook again.
    if has_request_context() and "user_id" in session:
        now = int(time.time())
        claims = {"iss": "shop", "aud": "cordon", "iat": now, "exp": now + 30, "sub": session["user_id"],
                  "tenant": session["tenant_id"], "region": session["region"]}
        token = jwt.encode(claims, os.environ["CORDON_TOKEN_SECRET"], algorithm="HS256")
        statement = f"/*cordon:{token}*/ {statement}"
    return statement, parameters
# endsection:hook


# section:errors
@event.listens_for(Engine, "handle_error")
def hide_token(context):
    # SQLAlchemy quotes the statement in its errors; the token in it is nobody's business.
    error = context.sqlalchemy_exception
    if getattr(error, "statement", None):
        error.statement = re.sub(r"^/\*cordon:[^*]*\*/ ", "", error.statement)
# endsection:errors
