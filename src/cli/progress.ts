import type { World } from '../io/world.ts';

/** Rules from which a check may well take longer than a second. */
const MANY = 300;

/**
 * Shows on a terminal what is being done, from the second second on; at once where there is a lot to do. Each call
 * replaces the line, an empty text removes it.
 */
export function progressOf(world: Pick<World, 'progress'>, now: () => number = Date.now): Progress {
  const began = now();
  let shown = false;
  return (text, rules = 0) => {
    if (text === '' ? !shown : now() - began < 1000 && rules < MANY) return;
    world.progress?.(text);
    shown = text !== '';
  };
}

/** `rules`: how many there are, where that is known by then. */
export type Progress = (text: string, rules?: number) => void;
