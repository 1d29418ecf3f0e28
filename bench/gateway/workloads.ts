import { ACCOUNTS_A_BRANCH, BRANCH, type Scratch, SELECT } from '../pgbench.ts';

/**
 * Requests of a Flask application, worded as SQLAlchemy words them: the user is loaded in each, reads end in ROLLBACK. In
 * the simple protocol pgbench writes each value as a literal, as psycopg2 does.
 */
const LOAD_USER = `BEGIN;
SELECT pgbench_accounts.aid AS pgbench_accounts_aid, pgbench_accounts.bid AS pgbench_accounts_bid, pgbench_accounts.abalance AS pgbench_accounts_abalance
FROM pgbench_accounts
WHERE pgbench_accounts.aid = :me;
`;
const ME = `\\set me random(1, ${ACCOUNTS_A_BRANCH})\n`;
const REQUESTS: readonly (readonly [name: string, weight: number, script: string])[] = [
  [
    'detail',
    4,
    `${ME}\\set aid random(1, ${ACCOUNTS_A_BRANCH})
${LOAD_USER}SELECT pgbench_accounts.aid AS pgbench_accounts_aid, pgbench_accounts.abalance AS pgbench_accounts_abalance, pgbench_accounts.filler AS pgbench_accounts_filler
FROM pgbench_accounts
WHERE pgbench_accounts.aid = :aid AND pgbench_accounts.bid = ${BRANCH}
LIMIT 1;
ROLLBACK;
`,
  ],
  [
    'list',
    3,
    `${ME}\\set tid random(1, 10)
${LOAD_USER}SELECT t.tid AS t_tid, t.tbalance AS t_tbalance, b.bbalance AS b_bbalance
FROM pgbench_tellers AS t JOIN pgbench_branches AS b ON b.bid = t.bid
WHERE t.tid <= :tid ORDER BY t.tid LIMIT 20;
ROLLBACK;
`,
  ],
  [
    'several',
    1,
    `${ME}\\set a random(1, ${ACCOUNTS_A_BRANCH})
\\set b random(1, ${ACCOUNTS_A_BRANCH})
\\set c random(1, ${ACCOUNTS_A_BRANCH})
${LOAD_USER}SELECT pgbench_accounts.aid AS pgbench_accounts_aid, pgbench_accounts.abalance AS pgbench_accounts_abalance
FROM pgbench_accounts
WHERE pgbench_accounts.aid IN (:a, :b, :c);
ROLLBACK;
`,
  ],
  [
    'change',
    2,
    `${ME}\\set tid random(1, 10)
\\set delta random(1, 5000)
${LOAD_USER}UPDATE pgbench_accounts SET abalance = pgbench_accounts.abalance + :delta WHERE pgbench_accounts.aid = :me;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime, filler) VALUES (:tid, ${BRANCH}, :me, :delta, '2026-01-02T03:04:05.678'::timestamp, 'by web');
COMMIT;
`,
  ],
];

/** By name, the options of pgbench that name a workload's scripts. */
export function workloads(scratch: Scratch): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['select', ['-f', scratch.file('select.sql', SELECT)]],
    [
      'flask',
      REQUESTS.flatMap(([name, weight, script]) => [
        '-f',
        `${scratch.file(`${name}.sql`, script)}@${weight}`,
      ]),
    ],
  ]);
}
