/** The ORMs that are run on top of `cordon/node`: `docs/reference/orms.md` is made from this list. */
import { existsSync, readFileSync } from 'node:fs';
import { type Requirement, requirement } from '../databases/index.ts';
import type { OrmApp } from './apps/app.ts';

export interface Orm {
  readonly name: string;
  readonly file: string;
  readonly packages: readonly string[];
  /** What it is given in the place of the driver. */
  readonly given: string;
  readonly raw: string;
  readonly migrations: string;
}

export const ORMS: readonly Orm[] = [
  {
    name: 'Kysely',
    file: 'kysely',
    packages: ['kysely'],
    given: '`db.pool`',
    raw: '`sql`, `sql.raw`, streams',
    migrations: '`Migrator`',
  },
  {
    name: 'Drizzle',
    file: 'drizzle',
    packages: ['drizzle-orm'],
    given: '`db.pool`',
    raw: '`sql`, `sql.raw`, `execute`',
    migrations: '`migrate()`',
  },
  {
    name: 'Prisma',
    file: 'prisma',
    packages: ['@prisma/client', '@prisma/adapter-pg'],
    given: '`db.as(caller)` by the driver adapter: a client for each caller',
    raw: '`$queryRaw`, `$queryRawUnsafe`, `$executeRaw`, `$executeRawUnsafe`',
    migrations: 'the SQL of a migration; `prisma migrate` itself connects past the adapter',
  },
  {
    name: 'TypeORM',
    file: 'typeorm',
    packages: ['typeorm'],
    given: '`db.pg`',
    raw: '`query`, query builder, streams',
    migrations: '`runMigrations()`',
  },
  {
    name: 'Knex',
    file: 'knex',
    packages: ['knex'],
    given: '`db.pg`',
    raw: '`raw`, streams',
    migrations: '`migrate.latest()`',
  },
  {
    name: 'Sequelize',
    file: 'sequelize',
    packages: ['sequelize'],
    given: '`db.pg`',
    raw: '`query`, replacements and bind',
    migrations: '`sync()`',
  },
  {
    name: 'MikroORM',
    file: 'mikro-orm',
    packages: ['@mikro-orm/core', '@mikro-orm/postgresql'],
    given: '`db.pg`',
    raw: '`execute`, `raw`, query builder',
    migrations: '`schema.execute`',
  },
];

const FOLDER = new URL('./', import.meta.url);

export function ormRequirement({ packages, file }: Orm): Requirement {
  const missing = packages.find((name) => !existsSync(new URL(`node_modules/${name}/package.json`, FOLDER)));
  if (missing !== undefined) return requirement(missing, 'run `npm ci` in test/orms to install it');
  const generated = file !== 'prisma' || existsSync(new URL('prisma/generated/client.ts', FOLDER));
  return requirement(file, generated ? undefined : 'run `npm run generate` in test/orms');
}

/** The versions that the lock of this folder pins. */
export function versionsOf({ packages }: Orm): string {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', FOLDER), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return packages.map((name) => `${name} ${dependencies[name]}`).join(', ');
}

/** Not a static import: the types of the apps are checked by the `tsconfig.json` beside them, where the ORMs are installed. */
export async function loadApp({ file }: Orm): Promise<OrmApp> {
  const { app } = (await import(new URL(`apps/${file}.ts`, FOLDER).href)) as { app: OrmApp };
  return app;
}
