/**
 * Text with holes: strings of which a part is not known before deployment (an account id, a parameter without a
 * default, an attribute of a template resource). A hole has a key; two holes with the same key hold the same
 * unknown text, so "unknown" is still equal to itself. Everything else about it is open.
 *
 * Holes live inside ordinary strings between two private-use characters, so that they pass through JSON values,
 * patterns and schemas untouched and compare by `===`.
 */
const OPEN = '\uE0F0';
const CLOSE = '\uE0F1';
const HOLE = /\uE0F0([^\uE0F1]*)\uE0F1/g;

/** A string that is one hole. The key is shown to users as `${key}`. */
export function hole(key: string): string {
  return `${OPEN}${key.replaceAll(OPEN, '').replaceAll(CLOSE, '')}${CLOSE}`;
}

export function hasHole(text: string): boolean {
  return text.includes(OPEN);
}

/** Literal text and holes in order; empty literals are left out. */
export function splitHoles(
  text: string,
): readonly ({ readonly literal: string } | { readonly hole: string })[] {
  const parts: ({ literal: string } | { hole: string })[] = [];
  let end = 0;
  for (const match of text.matchAll(HOLE)) {
    if (match.index > end) parts.push({ literal: text.slice(end, match.index) });
    parts.push({ hole: match[1]! });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ literal: text.slice(end) });
  return parts;
}

/** The keys of all holes, in order, with repetitions. */
export function holeKeys(text: string): string[] {
  return Array.from(text.matchAll(HOLE), (match) => match[1]!);
}

/** For people: every hole as `${key}`, without the paths of the files that keys are told apart by. */
export function printHoles(text: string): string {
  return hasHole(text) ? text.replace(HOLE, (_whole, key: string) => `\${${shortKey(key)}}`) : text;
}

function shortKey(key: string): string {
  return key.replace(/[^\s:#]*#/g, '').replace(/ of (?:arn:\S*[:/]|\S*\/)(\S+)$/, ' of $1');
}

/** Fills the holes whose key is known. */
export function fillHoles(text: string, fill: (key: string) => string | undefined): string {
  return hasHole(text) ? text.replace(HOLE, (whole, key: string) => fill(key) ?? whole) : text;
}

/**
 * Whether two texts may be the same text once their holes are filled: `yes` if they are equal as they stand, `no`
 * if no filling makes them equal as far as the literal ends tell, otherwise `unknown`.
 */
export function mayEqual(a: string, b: string): 'yes' | 'no' | 'unknown' {
  if (a === b) return 'yes';
  if (!hasHole(a) && !hasHole(b)) return 'no';
  const [headA, tailA] = ends(a);
  const [headB, tailB] = ends(b);
  if (!hasHole(a)) return fits(a, headB, tailB);
  if (!hasHole(b)) return fits(b, headA, tailA);
  const heads = headA.startsWith(headB) || headB.startsWith(headA);
  const tails = tailA.endsWith(tailB) || tailB.endsWith(tailA);
  return heads && tails ? 'unknown' : 'no';
}

function fits(literal: string, head: string, tail: string): 'no' | 'unknown' {
  const long = literal.length >= head.length + tail.length;
  return long && literal.startsWith(head) && literal.endsWith(tail) ? 'unknown' : 'no';
}

/** The literal text before the first hole and after the last one; without a hole, the text twice. */
function ends(text: string): [string, string] {
  if (!hasHole(text)) return [text, text];
  return [text.slice(0, text.indexOf(OPEN)), text.slice(text.lastIndexOf(CLOSE) + 1)];
}
