import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Requirement, requirement } from '../databases/index.ts';

/** A virtual environment of the example, as `examples/flask-shop/setup.sh` makes it. */
export interface VirtualEnvironment {
  readonly folder: '.venv' | '.venv-1.4';
  readonly python: string;
  readonly requirement: Requirement;
}

export const EXAMPLE = fileURLToPath(new URL('../../examples/flask-shop/', import.meta.url));

export function virtualEnvironment(folder: VirtualEnvironment['folder']): VirtualEnvironment {
  const there = existsSync(`${EXAMPLE}${folder}/installed.txt`);
  const missing = there ? undefined : 'run `examples/flask-shop/setup.sh` to make it';
  return { folder, python: `${EXAMPLE}${folder}/bin/python`, requirement: requirement(folder, missing) };
}
