import { createInterface } from 'node:readline';

const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Says what comes next, waits until the recorder knows it, and goes on if Postgres cannot do it. */
export async function step(text, run) {
  process.stdout.write(`step: ${text}\n`);
  await answers.next();
  try {
    return await run();
  } catch (error) {
    process.stderr.write(`  not done by Postgres: ${text}: ${String(error.message).split('\n')[0]}\n`);
    return undefined;
  }
}

/** The last word: later statements are not kept. */
export async function done(close) {
  await step('The connection is closed.', close);
  process.exit(0);
}
