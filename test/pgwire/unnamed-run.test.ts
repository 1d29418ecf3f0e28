import { describe, expect, it } from 'vitest';
import { encodeFrontend, encodeUnnamedRun, type FrontendMessage } from '../../src/pgwire/index.ts';

const bind = (statement: string, values: readonly string[]): FrontendMessage => ({
  kind: 'Bind',
  portal: '',
  statement,
  parameterFormats: [],
  values: values.map((value) => Buffer.from(value)),
  resultFormats: [],
});
const TAIL: readonly FrontendMessage[] = [
  { kind: 'Describe', target: 'portal', name: '' },
  { kind: 'Execute', portal: '', rowLimit: 0 },
  { kind: 'Sync' },
];

describe('a prepared statement that runs once', () => {
  it.each([[[]], [['1']], [['', 'x'.repeat(70_000), '-5']], [['ümläut', '日本', '𝄞', "it's"]]])(
    'is written as its messages one by one (%#)',
    (values: readonly string[]) => {
      const written = encodeUnnamedRun({ statement: 'cordon_1', values });
      expect(written).toEqual(encodeFrontend(bind('cordon_1', values), ...TAIL));
      const parse = { text: 'SELECT $1', parameterTypes: [23, 0] };
      expect(encodeUnnamedRun({ statement: 'cordon_1', values, parse })).toEqual(
        encodeFrontend({ kind: 'Parse', statement: 'cordon_1', ...parse }, bind('cordon_1', values), ...TAIL),
      );
    },
  );
});
