// Makes `npx cordon` in this folder run this build. Without the link npm installs the package into its cache first, and
// builds it again for that.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const link = new URL('node_modules/.bin/cordon', root);

chmodSync(new URL('dist/cli/main.js', root), 0o755);
if (process.platform !== 'win32') {
  mkdirSync(new URL('node_modules/.bin/', root), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync('../../dist/cli/main.js', link);
}
