import { allowPage } from '../allow-docs.ts';
import { policyPage, policySchemaPage } from '../policy-docs.ts';
import { cliPage } from './cli.ts';
import { cutPage } from './cut.ts';
import { errorsPage } from './errors.ts';
import { limitsNumbersPage } from './limits-numbers.ts';
import { ormsPage } from './orms.ts';
import type { Page } from './page.ts';
import { posturePage } from './posture.ts';

/** Guides that show code of the examples. */
const GUIDES = [
  'docs/guide/flask.md',
  'docs/guide/fastify.md',
  'docs/guide/express.md',
  'docs/guide/hono.md',
  'docs/guide/orms.md',
  'docs/guide/node.md',
  'docs/guide/testing.md',
  'docs/guide/cockroachdb.md',
];

/** Every page that `npm run docs` writes. */
export async function pages(): Promise<readonly Page[]> {
  const cut = await Promise.all(GUIDES.map(cutPage));
  return [
    errorsPage(),
    limitsNumbersPage(),
    allowPage(),
    cliPage(),
    ormsPage(),
    posturePage(),
    policyPage(),
    policySchemaPage(),
    ...cut,
  ];
}
