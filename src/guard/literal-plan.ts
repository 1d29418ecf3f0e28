/**
 * A statement with literals, as one that the database may keep prepared: literals that differ from text to text become
 * parameters, those that never differ stay as they are, since they are the program's and not its user's (and a partial index
 * is found by them).
 *
 * The statement with parameters is judged like any that a client sends. It is used only if what was printed for it is, letter
 * by letter, what was printed for the statement with literals, with `$n` in their places: the two mean the same but for the
 * reading of constants, and the places where that could differ are left out (see sql/shape/parameter-places.ts).
 */
import { type Catalog, findColumn, findRelation } from '../catalog/index.ts';
import type { Node, Segment, Template } from '../sql/index.ts';
import {
  type ColumnTypeOf,
  findParameterPlaces,
  type ParameterPlace,
} from '../sql/shape/parameter-places.ts';
import type { SlotKind } from '../sql/shape/shape.ts';
import { holdsMoment } from './moment.ts';
import type { ShapedText } from './shaped-text.ts';
import type { GuardedStatement, ParameterForm } from './types.ts';

/** OIDs of int4, int8 and numeric: the types of number literals. */
const NUMBER_TYPES = { integer: 23, 'big-integer': 20, float: 1700 } as const;
const UNDECLARED = 0;

/** A text that comes seldom is not worth a prepared statement. */
const SEEN_MIN = 3;
/** A number that is longer, or has an exponent, may be too large where a column is of another type. */
const DIGITS_MAX = 60;
/** Each literal that turns out to differ makes another statement. */
const FORMS_MAX = 8;
const PARAMETERS_MAX = 60;

/** Digits of the least int4 and int8. */
const LEAST = /^0*(?:2147483648|9223372036854775808)$/;

/** Judges a text that stands in for the client's. */
export type JudgeText = (text: string, parameterTypes: readonly number[]) => GuardedStatement | undefined;

/** A literal that may become a parameter, as the shape of its text has it. */
interface Place {
  readonly slot: number;
  readonly kind: SlotKind;
  readonly negative: boolean;
  readonly charactersMax: number;
}

interface Form {
  readonly statement: GuardedStatement;
  readonly text: string;
  readonly parameterTypes: readonly number[];
  readonly places: readonly Place[];
}

/** The plan of one template: learns which of its literals differ. */
export class LiteralPlan {
  readonly #template: Template;
  readonly #places: readonly Place[];
  /** Slots that stay literals. */
  readonly #fixed: readonly number[];
  readonly #values = new Map<number, string>();
  readonly #differs = new Set<number>();
  #seen = 0;
  #forms = 0;
  #form: Form | undefined;
  #isRefused: boolean;

  constructor(template: Template, shaped: ShapedText, statement: Node, catalog: Catalog) {
    this.#template = template;
    const places = mayBePrepared(template, catalog)
      ? placesOf(template, shaped, statement, catalog)
      : undefined;
    this.#places = places ?? [];
    this.#isRefused = places === undefined;
    const own = new Set(this.#places.map(({ slot }) => slot));
    this.#fixed = shaped.slots.map((_, slot) => slot).filter((slot) => !own.has(slot));
  }

  /** The statement of this text with parameters; undefined: run it as it is. */
  form(shaped: ShapedText, judge: JudgeText): ParameterForm | undefined {
    if (this.#isRefused) return undefined;
    this.#learn(shaped);
    if (this.#seen < SEEN_MIN || this.#isRefused) return undefined;
    const form = this.#form ?? this.#make(shaped, judge);
    if (form === undefined) {
      this.#isRefused = true;
      return undefined;
    }
    const values: string[] = [];
    for (const place of form.places) {
      const value = valueIn(shaped, place);
      if (value === undefined) return undefined;
      values.push(value);
    }
    const { statement, text, parameterTypes } = form;
    return { statement, text, parameterTypes, values };
  }

  #learn(shaped: ShapedText): void {
    if (this.#seen < SEEN_MIN) this.#seen += 1;
    for (const slot of this.#fixed) {
      // Many texts that the database would keep, each for a value.
      if (this.#differsFrom(shaped, slot)) this.#isRefused = true;
    }
    for (const { slot } of this.#places) {
      if (this.#differs.has(slot) || !this.#differsFrom(shaped, slot)) continue;
      this.#differs.add(slot);
      this.#form = undefined;
    }
  }

  #differsFrom(shaped: ShapedText, slot: number): boolean {
    const before = this.#values.get(slot);
    if (before === undefined) {
      this.#values.set(slot, shaped.slot(slot));
      return false;
    }
    return shaped.slot(slot) !== before;
  }

  #make(shaped: ShapedText, judge: JudgeText): Form | undefined {
    this.#forms += 1;
    if (this.#forms > FORMS_MAX) return undefined;
    const places = this.#places.filter(({ slot }) => this.#differs.has(slot));
    if (places.length > PARAMETERS_MAX) return undefined;
    const parameterTypes = places.map(typeOf);
    const statement = judge(parametrized(shaped, places), parameterTypes);
    if (statement === undefined || !isAlike(statement, this.#template, places.length)) return undefined;
    const text = statement.preparedText;
    const expected = textWith(this.#template.segments, places, shaped.slot);
    // A literal that stays is read once, when the statement is prepared.
    this.#form =
      text === expected && !holdsMoment(text) ? { statement, text, parameterTypes, places } : undefined;
    return this.#form;
  }
}

const KINDS: ReadonlySet<string> = new Set(['select', 'insert', 'update', 'delete']);

/** CockroachDB finds the types of parameters by rules of its own. */
function mayBePrepared(template: Template, { dialect }: Catalog): boolean {
  return (
    dialect === 'postgres' &&
    KINDS.has(template.kind) &&
    template.kept &&
    template.effect.kind === 'none' &&
    !template.textOnly &&
    template.parameterCount === 0 &&
    template.typeNameParameters.length === 0
  );
}

function placesOf(
  template: Template,
  shaped: ShapedText,
  statement: Node,
  catalog: Catalog,
): readonly Place[] | undefined {
  const found = findParameterPlaces(statement, columnTypes(catalog));
  if (found === undefined) return undefined;
  const slotOf = shaped.slotsOf(statement);
  const uses = countSlots(template.segments);
  const places: Place[] = [];
  for (const one of found) {
    const slot = slotOf(one.constant);
    if (slot === undefined || uses.get(slot) !== 1 || template.pinnedSlots.includes(slot)) continue;
    const place = placeOf(one, slot, shaped);
    if (place !== undefined) places.push(place);
  }
  return places.sort((a, b) => a.slot - b.slot);
}

function placeOf(found: ParameterPlace, slot: number, shaped: ShapedText): Place | undefined {
  const kind = shaped.slots[slot]?.kind;
  if (kind === undefined) return undefined;
  const { ival, fval } = found.constant;
  const negative = (ival?.ival ?? 0) < 0 || (fval?.fval ?? '').startsWith('-');
  if (negative && shaped.signStart(slot) === undefined) return undefined;
  return { slot, kind, negative, charactersMax: found.charactersMax ?? Number.POSITIVE_INFINITY };
}

function columnTypes(catalog: Catalog): ColumnTypeOf {
  return ({ schemaname, relname = '' }, column) => {
    const relation = findRelation(catalog, schemaname, relname);
    return relation && findColumn(relation, column)?.typeText;
  };
}

function countSlots(segments: readonly Segment[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const segment of segments) {
    if (typeof segment === 'string' || segment.kind !== 'slot') continue;
    counts.set(segment.slot, (counts.get(segment.slot) ?? 0) + 1);
  }
  return counts;
}

function typeOf({ kind }: Place): number {
  return kind === 'string' ? UNDECLARED : NUMBER_TYPES[kind];
}

/** undefined: this value stays a literal. */
function valueIn(shaped: ShapedText, { slot, kind, negative, charactersMax }: Place): string | undefined {
  const value = shaped.value(slot);
  if (kind === 'string') return value.length > charactersMax ? undefined : value;
  if (value.length > DIGITS_MAX || (kind === 'float' && /e/i.test(value))) return undefined;
  if (!negative) return value;
  // With its sign it fits the smaller type, and the literal has that.
  return LEAST.test(value) ? undefined : `-${value}`;
}

/** The client's text with parameters. A blank on each side keeps them apart from what stood beside the literal. */
function parametrized(shaped: ShapedText, places: readonly Place[]): string {
  let text = '';
  let copied = 0;
  places.forEach(({ slot, negative }, index) => {
    const { start, end } = shaped.slots[slot] ?? { start: 0, end: 0 };
    const from = negative ? (shaped.signStart(slot) ?? start) : start;
    text += `${shaped.text.slice(copied, from)} $${index + 1} `;
    copied = end;
  });
  return text + shaped.text.slice(copied);
}

function isAlike(statement: GuardedStatement, template: Template, parameters: number): boolean {
  return (
    statement.kind === template.kind &&
    statement.effect.kind === 'none' &&
    statement.discardRows === template.discardRows &&
    statement.parameterCount === parameters &&
    !statement.textOnly &&
    statement.typeNameParameters.length === 0 &&
    statement.claims.length === template.claims.length &&
    statement.claims.every((claim, index) => claim === template.claims[index])
  );
}

/** The printed statement with `$n` for the literals of these places; a negative number is printed in parentheses. */
function textWith(
  segments: readonly Segment[],
  places: readonly Place[],
  slotText: (slot: number) => string,
): string {
  const numbers = new Map(places.map((place, index) => [place.slot, { place, number: index + 1 }]));
  let text = '';
  let closes = false;
  for (const segment of segments) {
    if (typeof segment === 'string') {
      text += closes && segment.startsWith(')') ? segment.slice(1) : segment;
      closes = false;
      continue;
    }
    if (segment.kind === 'claim') {
      text += `$${places.length + 1 + segment.claim}`;
      continue;
    }
    const found = numbers.get(segment.slot);
    closes = found?.place.negative === true && text.endsWith('(-');
    if (closes) text = text.slice(0, -2);
    text += found === undefined ? slotText(segment.slot) : `$${found.number}`;
  }
  return text;
}
