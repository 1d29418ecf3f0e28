import { EventEmitter } from 'node:events';
import { outOfReach } from './out-of-reach.ts';

/** Prototypes by the class that they are taken for and the class that they work as. */
const disguises = new WeakMap<object, WeakMap<object, object>>();

/**
 * Makes an object pass `instanceof` a class of the driver, as some libraries ask for, with nothing of that class in reach:
 * what the class has and the object has not, refuses.
 */
export function asInstanceOf<T extends object>(own: T, driverClass: unknown): T {
  const base = typeof driverClass === 'function' ? (driverClass.prototype as unknown) : undefined;
  if (!(base instanceof EventEmitter)) return own;
  Object.setPrototypeOf(own, disguiseOf(base, Object.getPrototypeOf(own) as object));
  return own;
}

function disguiseOf(base: object, own: object): object {
  const known = disguises.get(base) ?? new WeakMap<object, object>();
  disguises.set(base, known);
  const disguise = known.get(own) ?? Object.create(shadowOf(base), Object.getOwnPropertyDescriptors(own));
  known.set(own, disguise);
  return disguise as object;
}

function shadowOf(base: object): object {
  const refusals: PropertyDescriptorMap = {};
  for (
    let at: object | null = base;
    at !== null && at !== EventEmitter.prototype;
    at = Object.getPrototypeOf(at) as object | null
  )
    for (const name of Reflect.ownKeys(at)) refusals[name as string] = refusal(String(name));
  return Object.create(base, refusals) as object;
}

function refusal(name: string): PropertyDescriptor {
  const refuse = () => {
    throw outOfReach(name);
  };
  return { configurable: false, enumerable: false, value: refuse, writable: false };
}
