/** The ORMs that are run, and which version of each is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { type Requirement, requirement } from '../databases/index.ts';
import type { OrmApp } from './apps/app.ts';

export interface Orm {
  readonly name: string;
  readonly file: string;
  /** The packages that are named in the table. */
  readonly packages: readonly string[];
  /** How it is given the guarded pool. */
  readonly by: string;
}

export const ORMS: readonly Orm[] = [
  { name: 'Kysely', file: 'kysely', packages: ['kysely'], by: '`new PostgresDialect({ pool: db.pool })`' },
  { name: 'Drizzle', file: 'drizzle', packages: ['drizzle-orm'], by: '`drizzle({ client: db.pool })`' },
  { name: 'Knex', file: 'knex',
    packages: ['knex'],
    by: '`db.pg` as the driver of its client',
  {
    name: 'Prisma',
    file: 'prisma',
    packages: ['@prisma/client', '@prisma/adapter-pg'],
    by: '`new PrismaPg(db.pool)`, the driver adapter',
  },
  { name: 'TypeORM', file: 'typeorm', packages: ['typeorm'], by: '`driver: db.pg` of the data source' },
  { name: 'Sequelize', file: 'sequelize', packages: ['sequelize'], by: '`dialectModule: db.pg`' },
];

const FOLDER = new URL('./', import.meta.url);

export function ormRequirement({ packages }: Orm): Requirement {
  const missing = packages.find((name) => !existsSync(new URL(`node_modules/${name}/package.json`, FOLDER)));
  const reason = missing === undefined ? undefined : 'run `npm ci` in test/orms to install it';
  return requirement(missing ?? 'ORM', reason);
}

export function versionsOf({ packages }: Orm): string {
  const versions = packages.map((name) => {
    const text = readFileSync(new URL(`node_modules/${name}/package.json`, FOLDER), 'utf8');
    return `${name} ${(JSON.parse(text) as { version: string }).version}`;
  });
  return versions.join(', ');
}

/** Not a static import: the types of the apps are checked by the `tsconfig.json` beside them, where the ORMs are installed. */
export async function loadApp({ file }: Orm): Promise<OrmApp> {
  const { app } = (await import(new URL(`apps/${file}.ts`, FOLDER).href)) as { app: OrmApp };
  return app;
}
