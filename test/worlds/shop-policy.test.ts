import { expect, it } from 'vitest';
import { shopPolicy } from './shop-policy.ts';

it('each variant of the policy of the attack shop loads', () => {
  for (const variant of ['shop', 'everybody', 'cities', 'all-orders', 'login', 'by-year']) {
    for (const hidden of ['mask', 'refuse'] as const)
      expect(shopPolicy(variant, hidden).version).toBeTruthy();
  }
});
