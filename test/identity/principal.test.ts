import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/errors/index.ts';
import { ANONYMOUS, type ClaimType, principalOf, servicePrincipalOf } from '../../src/policy/index.ts';
import { load, policyWith } from '../policy/policies.ts';

function policyOf(claims: Readonly<Record<string, { from: string; type: ClaimType }>>, roles = {}) {
  const identity = {
    token: { secretEnv: 'S' },
    claims,
    roles: { from: 'role', default: 'member', names: ['member', 'support'], ...roles },
  };
  return load(policyWith({}, { identity, services: { job: {} } }));
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CordonError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

const ALICE = 'a11ce000-0000-4000-8000-000000000001';

describe('a claim', () => {
  const valid: readonly (readonly [ClaimType, unknown, string])[] = [
    ['uuid', ALICE, ALICE],
    ['uuid', ALICE.toUpperCase(), ALICE],
    ['int', 7, '7'],
    ['int', '7', '7'],
    ['int', -2147483648, '-2147483648'],
    ['int', 0, '0'],
    ['bigint', '9223372036854775807', '9223372036854775807'],
    ['bigint', 9007199254740991, '9007199254740991'],
    ['text', 'eu-west-1', 'eu-west-1'],
    ['text', "') OR ('1'='1", "') OR ('1'='1"],
    ['text', 'x'.repeat(256), 'x'.repeat(256)],
    ['bool', true, 'true'],
    ['bool', false, 'false'],
  ];
  it.each(valid)('of type %s is canonical text: %j', (type, given, text) => {
    const principal = principalOf(policyOf({ c: { from: 'x', type } }), { x: given });
    expect(principal.claims).toEqual(new Map([['c', text]]));
  });

  const invalid: readonly (readonly [ClaimType, unknown])[] = [
    ['uuid', undefined],
    ['uuid', null],
    ['uuid', ''],
    ['uuid', 7],
    ['uuid', `{${ALICE}}`],
    ['uuid', ALICE.replaceAll('-', '')],
    ['uuid', `${ALICE} `],
    ['uuid', `${ALICE}\n`],
    ['uuid', [ALICE]],
    ['int', undefined],
    ['int', null],
    ['int', ''],
    ['int', '07'],
    ['int', '-0'],
    ['int', '+7'],
    ['int', ' 7'],
    ['int', '7.0'],
    ['int', '1) OR (1=1'],
    ['int', 7.5],
    ['int', Number.NaN],
    ['int', 2147483648],
    ['int', '-2147483649'],
    ['int', true],
    ['int', [7]],
    ['bigint', '9223372036854775808'],
    ['bigint', 2 ** 53],
    ['text', ''],
    ['text', 7],
    ['text', 'x'.repeat(257)],
    ['text', 'a\u0000b'],
    ['text', 'a\nb'],
    ['text', 'a\ud800b'],
    ['text', { toString: () => 'x' }],
    ['bool', 'true'],
    ['bool', 1],
    ['bool', null],
  ];
  it.each(invalid)('A107 A125: of type %s is refused as %j, and not repeated', (type, given) => {
    expect(codeOf(() => principalOf(policyOf({ c: { from: 'x', type } }), { x: given }))).toBe(
      'CORDON_CLAIM_INVALID: claim `c` is missing, of another type than the policy declares, or too long',
    );
  });

  it('is not taken from the prototype of the payload', () => {
    const policy = policyOf({ c: { from: 'constructor', type: 'text' } });
    expect(codeOf(() => principalOf(policy, {}))).toMatch(/^CORDON_CLAIM_INVALID/);
  });
});

describe('the role', () => {
  const policy = policyOf({});

  it('is that of the claim, or the default where the token has no such claim', () => {
    expect(principalOf(policy, { role: 'support' }).role).toBe('support');
    expect(principalOf(policy, {}).role).toBe('member');
    const noClaim = load(policyWith({}, { identity: { token: { secretEnv: 'S' } } }));
    expect(principalOf(noClaim, { role: 'support' }).role).toBe('member');
  });

  it.each([['nobody'], [ANONYMOUS], ['job'], [''], [null], [7], [['support']], ['__proto__']])(
    'is refused where no token may carry it: %j',
    (role) => {
      expect(codeOf(() => principalOf(policy, { role }))).toMatch(/^CORDON_CLAIM_INVALID: claim `role`/);
    },
  );

  it('is anonymous without a token, and that of a service without claims', () => {
    expect(principalOf(policy, undefined)).toMatchObject({
      role: ANONYMOUS,
      claims: new Map(),
      expiresAtMs: undefined,
    });
    expect(servicePrincipalOf(policy, 'job')).toMatchObject({ role: 'job', claims: new Map() });
    expect(() => servicePrincipalOf(policy, 'member')).toThrow('not a service role');
  });

  it('is nobody where the policy declares no token', () => {
    expect(codeOf(() => principalOf(load('version: 1'), { sub: ALICE }))).toMatch(/^CORDON_TOKEN_INVALID/);
  });
});

describe('a fingerprint', () => {
  it('is equal for the same caller, whatever the token, and different for every other', () => {
    const policy = policyOf({ user: { from: 'sub', type: 'uuid' }, tenant: { from: 'org', type: 'int' } });
    const of = (payload: Record<string, unknown>) => principalOf(policy, payload).fingerprint;
    const alice = of({ sub: ALICE, org: 1, exp: 10 });
    expect(of({ org: '1', sub: ALICE.toUpperCase(), exp: 20, jti: 'x' })).toBe(alice);
    expect(of({ sub: ALICE, org: 2 })).not.toBe(alice);
    expect(of({ sub: ALICE, org: 1, role: 'support' })).not.toBe(alice);
    expect(alice).not.toContain(ALICE);
  });
});
