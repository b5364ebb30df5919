import { hole, splitHoles } from '../../json/holes.ts';

/**
 * A text in which parts are open, as symbols: characters, holes (each equal to itself only), `any` for any text and
 * `one` for any character.
 */
type Sign = string | typeof any | typeof one;
const any = Symbol('any text');
const one = Symbol('any character');

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
const escaped = /^\$\{[*?$]\}$/;
const variable = /\$\{[^}]*\}/;

/** Longer texts are not compared: nobody writes them, and the comparison costs the product of the lengths. */
const maxSigns = 4000;

/**
 * Reads a value of an IAM policy: `*` and `?` are wildcards where `globs` is set; a policy variable (`${aws:username}`)
 * is any text.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function signsOf(text: string, globs: boolean, variables = true): Sign[] {
  const signs: Sign[] = [];
  for (const part of splitHoles(text)) {
    if ('hole' in part) {
      signs.push(hole(part.hole));
      continue;
    }
    for (const piece of variables ? part.literal.split(/(\$\{[^}]*\})/) : [part.literal]) {
      if (variables && escaped.test(piece)) signs.push(piece[2]!);
      else if (variables && variable.test(piece)) signs.push(any);
      else
        for (const sign of piece)
          signs.push(globs && sign === '*' ? any : globs && sign === '?' ? one : sign);
    }
  }
  return signs;
}

/** Whether some filling of the holes makes the pattern take the text. Never false where one does. */
export function mayTake(pattern: string, text: string): boolean {
  return meets(signsOf(pattern, true).map(opened), signsOf(text, false, false).map(opened));
}

/** Whether two patterns may take one text. */
export function mayMeet(a: string, b: string): boolean {
  return meets(signsOf(a, true).map(opened), signsOf(b, true).map(opened));
}

/** A hole may be filled with any text. */
function opened(sign: Sign): Sign {
  return typeof sign === 'string' && isHole(sign) ? any : sign;
}

function isHole(sign: string): boolean {
  return sign.startsWith('\uE0F0');
}

function meets(a: readonly Sign[], b: readonly Sign[]): boolean {
  if (a.length > maxSigns || b.length > maxSigns) return true;
  // Row i: which prefixes of b meet the first i signs of a.
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  for (let j = 1; j <= b.length && b[j - 1] === any; j++) row[j] = 1;
  for (const sign of a) {
    const next = new Uint8Array(b.length + 1);
    if (sign === any) next[0] = row[0]!;
    for (let j = 1; j <= b.length; j++) {
      const other = b[j - 1]!;
      if (sign === any || other === any)
        next[j] = row[j]! | next[j - 1]! | (sign === any && other === any ? row[j - 1]! : 0);
      else if (sign === one || other === one || sign === other) next[j] = row[j - 1]!;
    }
    row = next;
  }
  return row[b.length] === 1;
}

/**
 * Whether the pattern takes the text whatever the holes are: a hole of the text is taken by `*` or by the same hole.
 * `text` may itself be a pattern, all of whose texts are meant. Never true where one is not taken.
 */
export function surelyTakes(pattern: string, text: string, textIsPattern = false): boolean {
  // A policy variable in the pattern may be anything, and so surely takes nothing.
  if (variable.test(pattern.replace(/\$\{[*?$]\}/g, ''))) return false;
  const a = signsOf(pattern, true);
  const b = signsOf(text, textIsPattern, textIsPattern);
  if (a.length > maxSigns || b.length > maxSigns) return false;
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  for (const sign of a) {
    const next = new Uint8Array(b.length + 1);
    if (sign === any) next[0] = row[0]!;
    for (let j = 1; j <= b.length; j++) {
      const other = b[j - 1]!;
      if (sign === any) next[j] = row[j]! | next[j - 1]!;
      else if (
        sign === other ||
        (sign === one && typeof other === 'string' && !isHole(other)) ||
        (sign === one && other === one)
      )
        next[j] = row[j - 1]!;
    }
    row = next;
  }
  return row[b.length] === 1;
}

/** The pattern as text with holes: what each wildcard stands for is not known, but one and the same text. */
export function asHoles(pattern: string, what: string): string {
  let count = 0;
  return signsOf(pattern, true)
    .map((sign) => (typeof sign === 'string' ? sign : hole(count++ === 0 ? what : `${what} ${count}`)))
    .join('');
}
