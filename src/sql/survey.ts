/** Facts about a whole tree, found without regard to what its nodes mean. */

/** The highest `$n` anywhere in a tree, and the number of types that PREPARE lists. */
export function highestParameter(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce<number>((most, item) => Math.max(most, highestParameter(item)), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'ParamRef' in value ? ((value.ParamRef as { number?: number }).number ?? 0) : 0;
  const types = 'argtypes' in value && Array.isArray(value.argtypes) ? value.argtypes.length : 0;
  return Object.values(value).reduce<number>(
    (most, item) => Math.max(most, highestParameter(item)),
    Math.max(own, types),
  );
}

/** Whether a text that is no literal, and so may be a name, is one that `isSuch` finds. */
export function usesName(value: unknown, isSuch: (name: string) => boolean): boolean {
  if (typeof value === 'string') return isSuch(value);
  if (Array.isArray(value)) return value.some((item) => usesName(item, isSuch));
  if (typeof value !== 'object' || value === null || 'A_Const' in value) return false;
  return Object.values(value).some((item) => usesName(item, isSuch));
}
