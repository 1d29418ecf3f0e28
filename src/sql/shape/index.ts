export { type Shape, type Slot, type SlotKind, shape, slotValue } from './shape.ts';
export { findSlots, openSlots, SlotPositions } from './slots.ts';
