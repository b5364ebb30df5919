import { isObject, type JsonValue } from '../../json/value.ts';
import { numberOfValue } from '../numbers.ts';
import type { Leaves } from './leaves.ts';
import { NOWHERE } from './positions.ts';
import { NO_SLOT, type Wanted } from './wanted.ts';

interface Step {
  readonly value: JsonValue;
  readonly wanted: Wanted;
  readonly position: number;
}

/**
 * Notes the values on wanted paths of an event that is already a value. Only what is wanted is walked, with a
 * stack of its own, so that no event is too deep.
 */
export function scanValue(event: JsonValue, wanted: Wanted, leaves: Leaves): void {
  const stack: Step[] = [{ value: event, wanted, position: NOWHERE }];
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { value, wanted, position } = step;
    if (Array.isArray(value)) {
      const { positions } = leaves;
      const array = positions.newArray();
      for (const item of value as readonly JsonValue[]) {
        if (typeof item !== 'object' || item === null) addLeaf(item, wanted.slot, position, leaves);
        else stack.push({ value: item, wanted, position: positions.newElement(position, array) });
      }
    } else if (isObject(value)) {
      if (wanted.size === 0) continue;
      for (const name of Object.keys(value)) {
        const child = wanted.child(name);
        if (!child) continue;
        const item = value[name]!;
        if (typeof item !== 'object' || item === null) addLeaf(item, child.slot, position, leaves);
        else stack.push({ value: item, wanted: child, position });
      }
    }
  }
}

function addLeaf(value: JsonValue, slot: number, position: number, leaves: Leaves): void {
  if (slot === NO_SLOT) return;
  if (typeof value === 'string') {
    leaves.add(slot, 'string', position).hold(value);
  } else if (typeof value === 'number') {
    leaves.add(slot, 'number', position).hold(numberOfValue(value).raw, value);
  } else {
    leaves
      .add(slot, value === null ? 'null' : value === true ? 'true' : 'false', position)
      .hold(String(value));
  }
}
