/** The database of the guides: the demo shop on PGlite. */
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';

export async function openShop(): Promise<PGlite> {
  const pglite = await PGlite.create();
  for (const file of ['schema.sql', 'seed.sql'])
    await pglite.exec(await readFile(new URL(`../demo/${file}`, import.meta.url), 'utf8'));
  return pglite;
}
