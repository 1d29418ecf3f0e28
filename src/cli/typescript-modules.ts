/**
 * Lets Node load policies written in TypeScript. Node 20 cannot, later ones can; the types are only taken out, as
 * later ones do, so a policy means the same on each. Checking them stays the compiler's work.
 */
import { register } from 'node:module';

let allowed = false;

/** From here on `import()` takes `.ts` and `.mts`. */
export function allowTypeScript(): void {
  if (allowed || 'typescript' in process.features) return;
  register(import.meta.url.replace(/typescript-modules(\.[jt]s)$/, 'typescript-loader$1'));
  allowed = true;
}
