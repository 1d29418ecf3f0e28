/**
 * The shape of `cordon.yaml`, and of what `definePolicy` takes. The JSON Schema for editors and the reference page are
 * generated from it, so the descriptions below are the documentation.
 */
import { z } from 'zod';

const name = z.string('is not a name; quote it if YAML reads it as something else').min(1, 'is empty');
const names = (what: string) =>
  z.array(name, `is neither ${what} nor a list of names`).min(1, 'is an empty list');

const predicate = (description: string) =>
  z
    .string('is not a predicate; quote it if YAML reads it as something else')
    .min(1, 'is empty')
    .max(4000, 'is longer than 4000 characters')
    .meta({ description, examples: ['user_id = :user', 'profile_id in profiles', 'all'] });

const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;
export const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const token = z
  .strictObject({
    issuer: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'The `iss` that a token must carry. Required with `jwks`.',
        examples: ['https://login.shop.example'],
      }),
    audience: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'The `aud` that a token must carry. Required with `jwks`: an issuer signs for other services too.',
        examples: ['shop'],
      }),
    algorithms: z
      .array(
        z.enum(
          [...SIGNATURE_ALGORITHMS, ...SECRET_ALGORITHMS],
          'is not a signature algorithm that is accepted',
        ),
      )
      .min(1)
      .optional()
      .meta({
        description:
          'Signature algorithms that are accepted; `none` never is. HS* needs `secretEnv`, the others `jwks` or `publicKey`. Left out: RS256, PS256, ES256, ES384 and EdDSA for public keys, HS256 for a secret.',
      }),
    jwks: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'Where the issuer publishes its keys: an `https:` address, or a file beside the policy.',
        examples: ['https://login.shop.example/jwks.json'],
      }),
    publicKey: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'A file with one public key (PEM, SPKI), instead of `jwks`.',
        examples: ['./token-key.pem'],
      }),
    secretEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable')
      .optional()
      .meta({
        description:
          'The environment variable with the shared secret (at least 32 bytes), instead of `jwks`. Who can check such a token can also sign one.',
        examples: ['CORDON_TOKEN_SECRET'],
      }),
    clockToleranceSeconds: z.int().min(0).max(60).optional().meta({
      description: 'How far clocks may differ when `exp` and `nbf` are checked. Left out: 5.',
    }),
  })
  .meta({
    description: 'How a token is checked. Exactly one of `jwks`, `publicKey` and `secretEnv` is given.',
  });

const claim = z
  .strictObject({
    from: name.meta({ description: 'The claim of the token.', examples: ['sub'] }),
    type: z.enum(['uuid', 'int', 'bigint', 'text', 'bool'], 'is not a claim type').meta({
      description:
        'Its type. A claim that is absent, null, empty, of another type, out of range or longer than 256 characters means refusal, never "no filter".',
    }),
  })
  .meta({ description: 'A typed value of the token, written `:name` in predicates.' });

const roles = z
  .strictObject({
    from: name.optional().meta({
      description: 'The claim that carries the role. Left out: every token has the default role.',
      examples: ['role'],
    }),
    default: name.optional().meta({
      description: 'The role of a token without that claim. Left out: `member`.',
    }),
    names: z.array(name).min(1).optional().meta({
      description:
        'The roles that a token may carry. Left out: every role that a rule names, service roles and `anonymous` excepted. Listing them makes a misspelt role in a rule a mistake.',
    }),
  })
  .meta({
    description:
      'How a token tells the role of its caller. A caller without a token is `anonymous`; no token can carry that role, nor a service role.',
  });

const identity = z
  .strictObject({
    token: token.optional(),
    vouched: z.boolean().optional().meta({
      description:
        'Instead of `token`: no token is checked, the application vouches for the claims that it gives with each caller. For the guard in process alone; a gateway refuses such a policy. Left out: false.',
    }),
    claims: z
      .record(name, claim)
      .optional()
      .meta({
        description: 'The claims that predicates use, by the name they have there.',
        examples: [{ user: { from: 'sub', type: 'uuid' }, tenant: { from: 'org', type: 'int' } }],
      }),
    roles: roles.optional(),
  })
  .meta({ description: 'Who asks: how the signed token of a caller is checked and read.' });

const columnClass = z
  .union(
    [
      z.enum(['secret', 'internal', 'pii']),
      z
        .strictObject({ ref: name })
        .meta({ description: 'A key that leaves the API as an opaque reference of this kind.' }),
    ],
    'is none of `secret`, `internal`, `pii` and `{ ref: kind }`',
  )
  .meta({
    description:
      '`secret`: never readable through a normal rule, only by a lookup that lists it. `internal`: never writable by a caller, readable only where a rule lists it by name. `pii`: readable, marked for logs and the audit. `{ ref: kind }`: leaves the API as an opaque reference.',
  });

const columnSet = z.union(
  [z.enum(['all', 'none']), names('`all`, `none`')],
  'is neither `all`, `none` nor a list of columns',
);

const rule = z
  .strictObject({
    for: z.union([name, names('a role')], 'is neither a role nor a list of roles').meta({
      description: 'The role, or roles, that the rule holds for.',
      examples: ['member', ['member', 'anonymous']],
    }),
    rows: predicate(
      'Rows that the rule reads, updates and deletes. `all` is every row within the boundaries. A rule that only inserts leaves it out, or says `none`, and has a `check`.',
    ).optional(),
    lookup: z
      .union([name, names('a column')], 'is neither a column nor a list of columns')
      .optional()
      .meta({
        description:
          'Instead of `rows`: one row, by equality on all columns of this unique key with a literal or parameter, in a statement that reads this one relation and nothing else. For a log-in, a token check, or the question whether a name is taken.',
        examples: ['email'],
      }),
    read: columnSet.optional().meta({
      description:
        'Columns that the rule shows in its rows. `all` leaves out `secret` and `internal` ones. What no rule shows reads as NULL.',
    }),
    write: columnSet.optional().meta({
      description:
        'Columns that an UPDATE of its rows may set. `all` leaves out the primary key and `secret`, `internal` and generated columns.',
    }),
    insert: z
      .union(
        [z.literal(true), z.literal('all'), names('`true`, `all`')],
        'is neither `true`, `all` nor a list of columns',
      )
      .optional()
      .meta({
        description:
          'Columns that an INSERT may give. `true`: those of `write`, the primary key, and the columns that the new-row check pins to a claim or follows to another relation. Columns pinned to a claim are stamped when omitted. `all`: every column that is not generated. `internal` ones are never among them, `secret` ones only if listed.',
      }),
    delete: z.boolean('is neither true nor false').optional().meta({
      description: 'Whether its rows may be deleted.',
    }),
    check: predicate(
      'What a row must satisfy after INSERT or UPDATE. Left out: the same as `rows`; and a changed row stays one that the caller sees.',
    ).optional(),
    across: z
      .array(name)
      .min(1)
      .optional()
      .meta({
        description:
          'Boundaries that this rule crosses: for a lookup, and for a rule that only inserts, such as a log-in or sign-up that happens before the tenant is known.',
        examples: [['tenant']],
      }),
  })
  .meta({
    description:
      'Rules are permissive: what a caller may do is what any rule of its role allows, row by row and column by column.',
  });

const relation = z
  .strictObject({
    columns: z
      .record(name, columnClass)
      .optional()
      .meta({
        description: 'Classes of columns that need one.',
        examples: [{ email: 'pii', password_hash: 'secret', is_admin: 'internal', id: { ref: 'user' } }],
      }),
    hidden: z.enum(['mask', 'refuse'], 'is neither `mask` nor `refuse`').optional().meta({
      description:
        'What naming a hidden column does: `mask` reads as NULL of its type wherever the relation is read; `refuse` refuses the statement. Left out: `mask`.',
    }),
    rules: z.array(rule, 'is not a list of rules').meta({ description: 'Who may do what with which rows.' }),
  })
  .meta({ description: 'One relation. Whatever no rule opens stays closed.' });

const service = z
  .strictObject({
    ddl: z.boolean().optional().meta({
      description: 'May run DDL: its statements of that kind pass as written. Left out: false.',
    }),
    explain: z.boolean().optional().meta({
      description: 'May run EXPLAIN, whose row estimates tell about all rows. Left out: false.',
    }),
    boundaries: z.boolean().optional().meta({
      description: 'Whether boundaries bind it. Left out: true.',
    }),
    credential: z
      .union(
        [
          z.strictObject({
            scram: z
              .string()
              .regex(
                /^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$/,
                'is not a SCRAM-SHA-256 verifier',
              ),
          }),
          z.strictObject({
            env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable'),
          }),
        ],
        'is neither `{ scram: verifier }` nor `{ env: VARIABLE }`',
      )
      .optional()
      .meta({
        description:
          'How it logs in, with the role as its user name: a SCRAM-SHA-256 verifier as Postgres stores it, or the environment variable that holds the password. Left out: it cannot log in.',
        examples: [{ env: 'CORDON_MIGRATIONS_PASSWORD' }],
      }),
  })
  .meta({
    description:
      'A role of a program: migrations, jobs, back office. Its rules stand with all others; it has no claims, and no token can carry it.',
  });

const allow = z
  .strictObject({
    functions: z
      .array(name)
      .optional()
      .meta({
        description:
          'Functions beyond the reviewed list, as `schema.name`. Each must be free of side effects and read no relation.',
        examples: [['app.slugify']],
      }),
    operators: z.array(name).optional().meta({
      description: 'Operators beyond the reviewed list, as `schema.operator`.',
    }),
    types: z.array(name).optional().meta({
      description: 'Types beyond the reviewed list that a statement may name, as `schema.name`.',
    }),
    sequences: z.array(name).optional().meta({
      description: 'Sequences that callers may draw from by `nextval`, as `schema.name`.',
    }),
  })
  .meta({ description: 'What statements may use beyond the reviewed lists.' });

export const documentSchema = z
  .strictObject({
    version: z.literal(1, 'is not 1').meta({ description: 'The version of this format.' }),
    schemas: z.array(name).min(1).optional().meta({
      description:
        'The search path: where statements find unqualified names, in order. Unqualified relation names of this document are in the first. Left out: `[public]`.',
    }),
    identity: identity.optional(),
    boundaries: z
      .record(name, predicate('A predicate over one column.'))
      .optional()
      .meta({
        description:
          'Restrictive predicates, and-ed to every rule of every relation that has the column: tenant, region.',
        examples: [{ tenant: 'tenant_id = :tenant' }],
      }),
    relations: z.record(name, relation).optional().meta({
      description:
        "Relations by name, or by `schema.name`. Views, materialized views, foreign tables and partitions are open only when named themselves. `'*'` holds rules for every table of `schemas` that is not listed by name, those of tomorrow too: it is meant for services.",
    }),
    services: z
      .record(name, service)
      .optional()
      .meta({
        description: 'Roles of programs, by name.',
        examples: [
          { migrations: { ddl: true, boundaries: false, credential: { env: 'CORDON_MIGRATIONS_PASSWORD' } } },
        ],
      }),
    allow: allow.optional(),
    pastReads: z.boolean().optional().meta({
      description:
        'Whether AS OF SYSTEM TIME may read the past, under the rules of today (CockroachDB). Left out: false.',
    }),
  })
  .meta({
    title: 'Cordon policy',
    description: 'Whose each row is, and what may leave.',
  });

/** What a policy document holds, in YAML or TypeScript. */
export type PolicyDocument = z.input<typeof documentSchema>;
export type RuleDocument = z.input<typeof rule>;
export type RelationDocument = z.input<typeof relation>;

/** Types a policy written in TypeScript; it is checked when it is loaded, as a YAML one is. */
export function definePolicy(document: PolicyDocument): PolicyDocument {
  return document;
}
