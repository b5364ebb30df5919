import { compile } from 'json-schema-to-typescript';
import { withoutCycles } from './cycles.ts';
import type { Declaration, Declarations } from './declarations.ts';
import { declarationsByName, layOut } from './layout.ts';
import { type Lowered, lower, type Vocabulary } from './lower.ts';

const OPTIONS = {
  bannerComment: '',
  format: false,
  additionalProperties: false,
  unknownAny: true,
  enableConstEnums: false,
} as const;

/** The types of all declarations. */
export interface RenderedTypes {
  /** TypeScript declarations, one after the other. */
  readonly text: string;
  /** Type names by declaration id. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Renders every declaration once. json-schema-to-typescript gets declarations with the names of others in place of
 * references: so it neither resolves, nor names, nor repeats anything, and whatever a schema calls its properties never
 * reaches it as code.
 */
export async function renderTypes(declarations: Declarations): Promise<RenderedTypes> {
  const properties = new Placeholders('Property');
  const types = new Placeholders('Type');
  const lowered: { declaration: Declaration; schema: Lowered }[] = [];
  // Lowering finds further declarations, which are lowered in turn.
  for (let i = 0; i < declarations.order.length; i++) {
    const declaration = declarations.order[i]!;
    const { library } = declaration;
    const vocabulary: Vocabulary = {
      inside: (place, schema, ...steps) => library.inside(place, schema, ...steps),
      property: (name) => properties.of(name),
      refer(reference, place) {
        const target = library.resolve(reference, place.resource);
        return target && types.of(declarations.referred(target, reference, library).id);
      },
    };
    lowered.push({ declaration, schema: lower(declaration.place, vocabulary) });
  }
  const names = declarations.names();
  const acyclic = withoutCycles(
    new Map(lowered.map(({ declaration, schema }) => [types.of(declaration.id), schema])),
  );
  const sorted = lowered.sort((a, b) =>
    compareText(names.get(a.declaration.id)!, names.get(b.declaration.id)!),
  );
  const roots = sorted.map(({ declaration }) => {
    const root = types.of(declaration.id);
    return { ...acyclic.get(root), $id: root, title: root };
  });
  const texts: string[] = [];
  for (let at = 0; at < roots.length; at += AT_ONCE)
    texts.push(...(await print(roots.slice(at, at + AT_ONCE))));
  const text = types.replace(texts.join('\n'), (id) => names.get(id)!);
  return { text: properties.replace(text, propertyName), names };
}

/** As many declarations as cost least for each: a call has its price, and so has a long text. */
const AT_ONCE = 100;

/** The declarations of titled schemas, in their order. They are printed as the members of one type, which is dropped. */
async function print(roots: readonly Lowered[]): Promise<string[]> {
  const members = Object.fromEntries(roots.map((root, i) => [`m${i}`, root]));
  const all: Lowered = { title: 'BusproofAll', type: 'object', properties: members, required: [] };
  const text = layOut(await compile(all, 'BusproofAll', OPTIONS));
  const found = declarationsByName(text);
  return roots.map(({ title }) => {
    const declaration = found.get(title as string);
    if (declaration === undefined) throw new Error('json-schema-to-typescript left out a type');
    return declaration;
  });
}

/** Names that stand for others while a text is made: plain words, whatever the others are. */
class Placeholders {
  private readonly word: string;
  private readonly numbers = new Map<string, number>();
  private readonly originals: string[] = [];

  constructor(word: string) {
    this.word = `Busproof${word}`;
  }

  of(original: string): string {
    const number = this.numbers.get(original) ?? this.originals.push(original) - 1;
    this.numbers.set(original, number);
    return `${this.word}${number}Z`;
  }

  replace(text: string, print: (original: string) => string): string {
    return text.replace(new RegExp(`\\b${this.word}([0-9]+)Z\\b`, 'g'), (_, number) =>
      print(this.originals[Number(number)]!),
    );
  }
}

/** A property name verbatim: bare where it is an identifier, otherwise quoted. */
function propertyName(name: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)) return name;
  return JSON.stringify(name).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
