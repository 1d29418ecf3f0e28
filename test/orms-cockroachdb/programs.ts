/** The programs and the library that each shows. */
export interface Program {
  readonly name: string;
  readonly title: string;
  readonly command: readonly string[];
}

const PYTHON = '.venv/bin/python';

export const PROGRAMS: readonly Program[] = [
  {
    name: 'sqlalchemy',
    title: 'SQLAlchemy 2.0.58 with sqlalchemy-cockroachdb 2.0.4 on psycopg2',
    command: [PYTHON, 'programs/sqlalchemy_shop.py', 'cockroachdb'],
  },
  {
    name: 'sqlalchemy-psycopg',
    title: 'SQLAlchemy 2.0.58 with sqlalchemy-cockroachdb 2.0.4 on psycopg 3',
    command: [PYTHON, 'programs/sqlalchemy_shop.py', 'cockroachdb+psycopg'],
  },
  {
    name: 'django',
    title: 'Django 5.2.19 with django-cockroachdb 5.2.2',
    command: [PYTHON, 'programs/django_shop.py'],
  },
  {
    name: 'sequelize',
    title: 'Sequelize 6.37.8 with sequelize-cockroachdb 6.0.5',
    command: ['node', 'programs/sequelize.mjs'],
  },
  { name: 'typeorm', title: "TypeORM 1.1.1, type 'cockroachdb'", command: ['node', 'programs/typeorm.mjs'] },
  { name: 'knex', title: "Knex 3.3.0, client 'cockroachdb'", command: ['node', 'programs/knex.mjs'] },
  { name: 'kysely', title: 'Kysely 0.29.9, its Postgres dialect', command: ['node', 'programs/kysely.mjs'] },
  {
    name: 'drizzle',
    title: 'Drizzle 0.45.4, its Postgres dialect',
    command: ['node', 'programs/drizzle.mjs'],
  },
  {
    name: 'prisma',
    title: "Prisma 7.10.0, provider 'cockroachdb'",
    command: ['node', 'programs/prisma.mjs'],
  },
];
