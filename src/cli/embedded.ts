/**
 * Embedded Postgres. To initialise one takes seconds of computing, so an image of a fresh one is kept beside the secret of the
 * demo, and later ones start from it.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readPackage } from './package.ts';

/** Opens a database in memory, or in a folder, where it stays. */
export async function openEmbedded(stateDirectory: string, folder?: string): Promise<PGlite> {
  const image = join(stateDirectory, `postgres-${readPackage().dependencies['@electric-sql/pglite']}.tgz`);
  if (folder !== undefined) return PGlite.create(folder);
  return (await openFromImage(image)) ?? openFresh(image);
}

async function openFromImage(image: string): Promise<PGlite | undefined> {
  try {
    const loadDataDir = new Blob([await readFile(image)], { type: 'application/x-gzip' });
    return await PGlite.create({ loadDataDir });
  } catch {
    // There is none yet, or it is of no use; a fresh one takes longer and is as good.
    return undefined;
  }
}

async function openFresh(image: string): Promise<PGlite> {
  const pglite = await PGlite.create();
  await keepImage(pglite, image).catch(() => undefined);
  return pglite;
}

/** Written under another name first: whoever reads at the same time finds a whole image or none. */
async function keepImage(pglite: PGlite, image: string): Promise<void> {
  const dumped = await pglite.dumpDataDir('gzip');
  await mkdir(join(image, '..'), { recursive: true, mode: 0o700 });
  const unfinished = `${image}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dumped.arrayBuffer()), { mode: 0o600 });
  await rename(unfinished, image);
}
