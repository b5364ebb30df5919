import { shortHash } from './text.ts';

const LONGEST = 60;

/**
 * `review.submitted` → `ReviewSubmitted`: an identifier of ASCII letters and digits. Letters keep their case but for
 * the first of a word. What has no such letter is named by its hash; what is very long is cut, and the hash added.
 */
export function pascalCase(text: string): string {
  const words =
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .match(/[A-Za-z]+|[0-9]+/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  if (!/[A-Za-z]/.test(name)) return `Event${name.slice(0, LONGEST)}H${shortHash(text)}`;
  const whole = /^[0-9]/.test(name) ? `Event${name}` : name;
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}H${shortHash(text)}` : whole;
}

/** `ReviewSubmitted` → `reviewSubmitted`, `SMSSent` → `smsSent`. */
export function camelCase(text: string): string {
  const name = pascalCase(text);
  const capitals = /^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/.exec(name)?.[0] ?? '';
  return capitals.toLowerCase() + name.slice(capitals.length);
}

export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Words of the language, and names that mean something where the generated name would stand. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'abstract any arguments as asserts async await bigint boolean break case catch class const constructor continue ' +
    'debugger declare default delete do else enum eval export extends false finally for from function get global if ' +
    'implements import in infer instanceof interface is keyof let module namespace never new null number object of ' +
    'package private protected public readonly require return set static string super switch symbol then this throw ' +
    'true try type typeof undefined unique unknown using var void while with yield ' +
    'globalThis hasOwnProperty prototype toString valueOf toJSON'
  ).split(' '),
);

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** Types that generated files use, or that would be mistaken for the language's own. */
const RESERVED_TYPES: ReadonlySet<string> = new Set([
  'AnyEvent',
  'Array',
  'Date',
  'EventEnvelope',
  'EventOf',
  'Function',
  'Object',
  'Promise',
  'Record',
  'String',
  'Number',
  'Boolean',
  'Symbol',
  'Error',
  'Map',
  'Set',
]);

export function isReservedType(name: string): boolean {
  return RESERVED_TYPES.has(name);
}

/** Something to be named, and the names it would have: the first that nobody else wants is taken. */
export interface Wish {
  /** What it is, the same in every run. */
  readonly id: string;
  /** From the shortest to the most exact. */
  readonly candidates: readonly string[];
}

/**
 * Names by id. A name that two want goes to neither, so that it does not depend on who comes first; when all
 * candidates are wanted, the last one gets the hash of the id. Upper and lower case are not told apart, since file
 * names may not.
 */
export function assignNames(wishes: readonly Wish[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  let open = [...wishes];
  const rounds = Math.max(0, ...wishes.map(({ candidates }) => candidates.length));
  for (let round = 0; round < rounds; round++) {
    const wanted = new Map<string, number>();
    for (const { candidates } of open) {
      const name = candidates[Math.min(round, candidates.length - 1)]!.toLowerCase();
      wanted.set(name, (wanted.get(name) ?? 0) + 1);
    }
    open = open.filter(({ id, candidates }) => {
      const name = candidates[Math.min(round, candidates.length - 1)]!;
      if (wanted.get(name.toLowerCase()) !== 1 || taken.has(name.toLowerCase())) return true;
      taken.add(name.toLowerCase());
      names.set(id, name);
      return false;
    });
  }
  for (const { id, candidates } of open) {
    const name = `${candidates.at(-1)!}H${shortHash(id)}`;
    names.set(id, name);
  }
  return names;
}
