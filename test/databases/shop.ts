import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './database.ts';

/** A file of the demo. */
export function demoFile(name: string): string {
  return fileURLToPath(new URL(`../../examples/demo/${name}`, import.meta.url));
}

/** Loads the shop of the demo into an empty database. */
export async function loadShop(database: Pick<TestDatabase, 'run'>): Promise<void> {
  await database.run(readFileSync(demoFile('schema.sql'), 'utf8'));
  await database.run(readFileSync(demoFile('seed.sql'), 'utf8'));
}
