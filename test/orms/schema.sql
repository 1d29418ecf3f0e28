-- A blog as the first pages of ORM manuals have it: one-to-one, one-to-many, many-to-many, an enum, JSON, an array, a decimal.
CREATE TYPE post_state AS ENUM ('draft', 'live');

CREATE TABLE users (
  id int4 PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text
);

CREATE TABLE profiles (
  id serial PRIMARY KEY,
  user_id int4 NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
  bio text NOT NULL
);

CREATE TABLE posts (
  id serial PRIMARY KEY,
  author_id int4 NOT NULL REFERENCES users (id),
  title text NOT NULL,
  state post_state NOT NULL DEFAULT 'draft',
  views int4 NOT NULL DEFAULT 0,
  rating numeric(3, 1),
  labels text[] NOT NULL DEFAULT '{}',
  meta jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX posts_author_id_idx ON posts (author_id);

CREATE TABLE comments (
  id serial PRIMARY KEY,
  post_id int4 NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  text text NOT NULL
);
CREATE INDEX comments_post_id_idx ON comments (post_id);

CREATE TABLE tags (
  id serial PRIMARY KEY,
  owner_id int4 NOT NULL REFERENCES users (id),
  name text NOT NULL,
  uses int4 NOT NULL DEFAULT 0,
  UNIQUE (owner_id, name)
);

CREATE TABLE post_tags (
  post_id int4 NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  tag_id int4 NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (post_id, tag_id)
);

-- Everything from here on is made by the run itself, and shown as `new`.
ALTER SEQUENCE profiles_id_seq RESTART 100000;
ALTER SEQUENCE posts_id_seq RESTART 100000;
ALTER SEQUENCE comments_id_seq RESTART 100000;
ALTER SEQUENCE tags_id_seq RESTART 100000;
