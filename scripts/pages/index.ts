import { errorsPage } from './errors.ts';
import type { Page } from './page.ts';

/** Every page that `npm run docs` writes. */
export async function pages(): Promise<readonly Page[]> {
  return [errorsPage()];
}
