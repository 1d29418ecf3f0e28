/** What a generated expression may name at its place. */
export const TYPES = ['int', 'big', 'text', 'bool', 'num', 'date', 'uuid', 'json', 'ints', 'state'] as const;
export type Type = (typeof TYPES)[number];

export interface Column {
  readonly name: string;
  readonly type: Type;
}

export interface Item {
  readonly alias: string;
  readonly columns: readonly Column[];
  /** Its whole row may be named. */
  readonly row: boolean;
}

export interface Scope {
  readonly items: readonly Item[];
  readonly outer: Scope | undefined;
  readonly ctes: readonly Item[];
}

const columns = (text: string): readonly Column[] =>
  text.split(' ').map((word) => {
    const [name = '', type = ''] = word.split(':');
    return { name, type: TYPES.find((one) => one === type) ?? 'text' };
  });

export const TABLES: Readonly<Record<string, readonly Column[]>> = {
  people: columns('id:int tenant_id:int email:text nick:text n:int raw:text pat:text boss:int'),
  docs: columns(
    'id:int tenant_id:int owner:int title:text n:int raw:text pat:text num:num big:big len:int made:date tags:ints info:json state:state code:uuid key:text',
  ),
  shares: columns('doc:int person:int level:int n:int raw:text'),
  lines: columns('id:int doc:int n:int raw:text pat:text num:num len:int cost:int'),
  marks: columns('id:int line:int n:int raw:text made:date'),
  notes: columns('id:int owner:int public:bool n:int raw:text pat:text len:int big:big num:num'),
  goods: columns('id:int name:text price:int n:int raw:text'),
  events: columns('id:int kind:state n:int raw:text made:date num:num inner_note:text'),
};

/** Every column in reach, nearest level first. */
export function columnsOf(scope: Scope): readonly { readonly text: string; readonly type: Type }[] {
  const own = scope.items.flatMap((item) =>
    item.columns.map((column) => ({ text: `${item.alias}.${column.name}`, type: column.type })),
  );
  return scope.outer === undefined ? own : [...own, ...columnsOf(scope.outer)];
}
