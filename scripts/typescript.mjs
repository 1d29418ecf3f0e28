// Lets Node run the scripts beside this file: node --import ./scripts/typescript.mjs scripts/docs.ts
import { allowTypeScript } from '../dist/cli/typescript-modules.js';

allowTypeScript();
