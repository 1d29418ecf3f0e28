// Builds what the command line runs. `npx cordon` in this folder makes npm install the folder into its cache, and prepare
// it once more for that; then the build is there already.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const built = existsSync(new URL('../dist/cli/main.js', import.meta.url));
if (process.env.npm_command !== 'exec' || !built) execSync('npm run --silent build', { stdio: 'inherit' });
