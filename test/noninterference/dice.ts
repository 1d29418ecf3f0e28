/** Random choices of syntax: the dice of `cordon/testing`, so one seed gives the same numbers there and here. */
import { Dice as RowDice } from '../../src/testing/dice.ts';

export class Dice extends RowDice {
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  override pick<T>(items: readonly T[]): T {
    const item = super.pick(items);
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** One to `most` picks. */
  some<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.between(1, most) }, (_, index) => make(index));
  }
}
