import { isObject, type JsonValue, own } from '../json/value.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';
import { mentions } from './weak-keywords.ts';
import { confirmedValid } from './witness.ts';

/** Values are not grown much beyond what was asked for. */
const ROOM = 2;
const MAX_DEPTH = 30;

/**
 * The size of some valid value that takes more than so many bytes as compact JSON, or undefined where none was found:
 * plain letters to every `maxLength`, items to every `maxItems`, and the rest as a known valid value has it. The value
 * is judged by our own reading and by Ajv's, so that the answer is proven; that none is found proves nothing.
 */
export function largeInstance(schema: CompiledSchema, seed: JsonValue, bytes: number): number | undefined {
  const grower = new Grower(schema, bytes * ROOM);
  const value = grower.grow(schema.root, seed, 0);
  const size = Buffer.byteLength(JSON.stringify(value));
  if (size <= bytes || evaluate(schema.formula, value) !== true) return undefined;
  return confirmedValid(schema, value) === true ? size : undefined;
}

/** Keywords that make a value large, or tell how large it may be. */
const GROWING = new Set(['maxLength', 'maxItems', 'minLength', 'minItems', 'minProperties', 'pattern']);

/**
 * Whether `largeInstance` can find anything in a schema that holds what it refers to: no, where nothing in a small one
 * tells how long something is.
 */
export function mayBeGrown({ root: { schema } }: CompiledSchema, bytes: number): boolean {
  return mentions(schema, GROWING) || Buffer.byteLength(JSON.stringify(schema)) > bytes;
}

class Grower {
  private readonly schema: CompiledSchema;
  private room: number;

  constructor(schema: CompiledSchema, room: number) {
    this.schema = schema;
    this.room = room;
  }

  /** Grows the parts of a value that one schema speaks of. Members that are not there are left out: they may exclude others. */
  grow(place: Place, value: JsonValue, depth: number): JsonValue {
    const { schema: text } = place;
    if (!isObject(text) || depth > MAX_DEPTH) return value;
    const { library } = this.schema;
    let grown = value;
    const reference = own(text, '$ref');
    const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
    if (target) grown = this.grow(target, grown, depth + 1);
    const all = own(text, 'allOf');
    for (const [i, each] of Array.isArray(all) ? all.entries() : [])
      grown = this.grow(library.inside(place, each, 'allOf', String(i)), grown, depth + 1);
    if (typeof grown === 'string') return this.growText(text, grown);
    if (Array.isArray(grown)) return this.growList(place, grown, depth);
    if (isObject(grown)) return this.growObject(place, grown, depth);
    return grown;
  }

  private growText(text: { readonly [key: string]: JsonValue }, value: string): string {
    const most = own(text, 'maxLength');
    if (typeof most !== 'number' || most <= value.length || fixed.some((key) => own(text, key) !== undefined))
      return value;
    const length = Math.floor(Math.min(most, this.room));
    if (length <= value.length) return value;
    this.room -= length;
    // Where a pattern allows a text, it mostly allows more of its last letter.
    return value.padEnd(length, value.at(-1) ?? 'x');
  }

  private growList(place: Place, value: readonly JsonValue[], depth: number): JsonValue {
    const text = place.schema as { readonly [key: string]: JsonValue };
    const items = own(text, 'items');
    const most = own(text, 'maxItems');
    const inner = isObject(items) ? library(this.schema, place, items) : undefined;
    const grown = inner ? value.map((item) => this.grow(inner, item, depth + 1)) : [...value];
    const [first] = grown;
    if (typeof most !== 'number' || first === undefined || own(text, 'uniqueItems') === true) return grown;
    const each = JSON.stringify(first).length + 1;
    while (grown.length < most && this.room > each) {
      grown.push(first);
      this.room -= each;
    }
    return grown;
  }

  private growObject(place: Place, value: { readonly [key: string]: JsonValue }, depth: number): JsonValue {
    const properties = own(place.schema as { readonly [key: string]: JsonValue }, 'properties');
    if (!isObject(properties)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const inner = own(properties, name);
        if (inner === undefined) return [name, member];
        return [
          name,
          this.grow(this.schema.library.inside(place, inner, 'properties', name), member, depth + 1),
        ];
      }),
    );
  }
}

/** Keywords beside which a longer text is hardly valid. */
const fixed = ['format', 'enum', 'const', 'contentEncoding'];

function library(schema: CompiledSchema, place: Place, items: JsonValue): Place {
  return schema.library.inside(place, items, 'items');
}
