/** A step of a Pact path: a member, an item, or any of them. */
export type PactStep = string | number | '*';

/** `$.detail['a b'][*].id` → its steps; undefined for what is not read. */
export function parsePactPath(text: string): readonly PactStep[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: PactStep[] = [];
  const step = /\.\*|\.([^.[\]]+)|\[\*\]|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/gy;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (!found) return undefined;
    const [whole, name, index, single, double] = found;
    const quoted = single ?? double;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else if (quoted !== undefined) steps.push(quoted.replace(/\\(.)/g, '$1'));
    else if (whole.includes('*')) steps.push('*');
  }
  return steps;
}

/**
 * How well a path says a place: twice as good for each step that is named as for one that is a wildcard; undefined if it
 * says another. Of paths of the same weight the longer counts (Pact specification, version 3).
 */
export function weightOf(path: readonly PactStep[], place: readonly (string | number)[]): number | undefined {
  if (path.length !== place.length) return undefined;
  let weight = 1;
  for (const [i, step] of path.entries()) {
    if (step === place[i]) weight *= 2;
    else if (step !== '*') return undefined;
  }
  return weight;
}
