/** Writes the generated pages of `docs/reference/`. Tests write them again in memory and compare. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages } from './pages/index.ts';

const root = new URL('../', import.meta.url);

for (const page of await pages()) {
  const path = fileURLToPath(new URL(page.file, root));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, page.text);
}
