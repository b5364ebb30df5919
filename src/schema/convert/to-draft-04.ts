import { isObject, type JsonObject, type JsonValue, own, setOwn } from '../../json/value.ts';
import type { CompiledSchema } from '../compiled.ts';
import { since } from '../dialect.ts';
import type { Library, Place } from '../library.ts';
import { draftFourKeywords } from './draft-04-keywords.ts';
import { type Bound, type Converted, freeName, type Loss, NEVER, opposite } from './loss.ts';
import type { Rewriting } from './rewriting.ts';

/** Schemas inside schemas that are followed; registries refuse far less (discovery stops at 255 levels). */
const MAX_DEPTH = 400;

/**
 * A schema of any draft as draft 04 says it. What draft 04 cannot say is left out where that admits more, so that all
 * valid values stay valid; under a `not` the least that is certain takes its place. `name` is the definition that the
 * schema becomes if it is itself only a reference.
 */
export function toDraftFour({ library, root }: CompiledSchema, name: string): Converted {
  const tried = new DraftFour(library, 'exact').whole(root, name);
  return tried.losses.length === 0 ? tried : new DraftFour(library, 'upper').whole(root, name);
}

class DraftFour {
  private readonly library: Library;
  private readonly start: Bound;
  private readonly definitions: Record<string, JsonObject> = {};
  private readonly names = new Map<JsonValue, Map<Bound, string>>();
  private readonly open: { name: string; place: Place; bound: Bound }[] = [];
  private readonly losses: Loss[] = [];
  private readonly exact = new Map<JsonValue, boolean>();
  private depth = 0;

  constructor(library: Library, start: Bound) {
    this.library = library;
    this.start = start;
  }

  whole(place: Place, name: string): Converted {
    this.wanted = name;
    const schema = this.convert(place, this.start);
    for (let next = this.open.pop(); next; next = this.open.pop()) {
      setOwn(this.definitions, next.name, this.convert(next.place, next.bound));
    }
    return { schema, definitions: this.definitions, losses: this.losses };
  }

  /** The name for the first definition. */
  private wanted: string | undefined;

  private convert(place: Place, bound: Bound): JsonObject {
    const { schema } = place;
    if (schema === true) return {};
    if (!isObject(schema)) return NEVER;
    if (++this.depth > MAX_DEPTH) {
      this.depth--;
      return this.lost(place, bound, '', `it is nested more than ${MAX_DEPTH} levels deep`, 'lossy');
    }
    const target: Record<string, JsonValue> = {};
    const conjuncts: JsonValue[] = [];
    const rewriting = this.rewriting(place, schema, bound, target, conjuncts);
    if (place.resource.unknownDialect !== undefined) {
      const text = `names a language that is not known, ${place.resource.unknownDialect}`;
      rewriting.lose('$schema', text, 'lossy');
    } else {
      for (const [keyword, value] of Object.entries(schema)) {
        const row = Object.hasOwn(draftFourKeywords, keyword) ? draftFourKeywords[keyword]! : undefined;
        if (!row) {
          if (keyword.startsWith('x-')) setOwn(target, keyword, value);
        } else if (row.from && !since(place.resource.dialect, row.from)) {
          const text = `is no keyword of ${place.resource.dialect}, and validators do not agree about it`;
          rewriting.lose(keyword, text);
        } else row.write(value, rewriting);
      }
    }
    this.depth--;
    return joined(target, conjuncts);
  }

  private rewriting(
    place: Place,
    source: JsonObject,
    bound: Bound,
    target: Record<string, JsonValue>,
    conjuncts: JsonValue[],
  ): Rewriting {
    const { library } = this;
    return {
      place,
      source,
      dialect: place.resource.dialect,
      bound,
      library,
      target,
      conjuncts,
      below: (schema, steps, flipped = false) =>
        this.convert(library.inside(place, schema, ...steps), flipped ? opposite(bound) : bound),
      exactBelow: (schema, steps) => this.isExact(library.inside(place, schema, ...steps)),
      reference: (to) => this.reference(to, bound),
      lose: (keyword, text, exactness = 'wider') => {
        const replacement = this.lost(place, bound, keyword, text, exactness);
        if (replacement === NEVER) conjuncts.push(NEVER);
      },
    };
  }

  /** Notes a loss; what stands in its place: anything, or nothing where less must be admitted. */
  private lost(
    { tokens }: Place,
    bound: Bound,
    keyword: string,
    text: string,
    exactness: Loss['exactness'],
  ): JsonObject {
    this.losses.push({ keyword, tokens, text, exactness: bound === 'lower' ? 'lossy' : exactness });
    return bound === 'lower' ? NEVER : {};
  }

  private reference(place: Place, bound: Bound): JsonObject {
    if (!isObject(place.schema)) return this.convert(place, bound);
    // What can be said as it is needs one definition, not one for each side it is read from.
    const side = bound !== 'lower' || this.isExact(place) ? 'upper' : 'lower';
    const known = this.names.get(place.schema) ?? new Map<Bound, string>();
    this.names.set(place.schema, known);
    let name = known.get(side);
    if (name === undefined) {
      const last = this.wanted ?? nameOf(place);
      this.wanted = undefined;
      const taken = (one: string) => Object.hasOwn(this.definitions, one);
      name = freeName(side === 'lower' ? `${last}_certain` : last, taken);
      known.set(side, name);
      this.definitions[name] = {};
      this.open.push({ name, place, bound: this.start === 'exact' ? 'exact' : side });
    }
    return { $ref: `#/definitions/${name}` };
  }

  private isExact(place: Place): boolean {
    if (this.start === 'exact') return true;
    const known = this.exact.get(place.schema);
    if (known !== undefined) return known;
    const exact = new DraftFour(this.library, 'exact').whole(place, 'S').losses.length === 0;
    this.exact.set(place.schema, exact);
    return exact;
  }
}

function nameOf({ tokens, resource, schema }: Place): string {
  const title = isObject(schema) ? own(schema, 'title') : undefined;
  const file = resource.uri.replace(/\.(schema\.)?(json|ya?ml)$/i, '').replace(/^.*\//s, '');
  const last = tokens.length > resource.tokens.length ? tokens.at(-1)! : file;
  return typeof title === 'string' && /^[A-Za-z][A-Za-z0-9]*$/.test(title) && last === file ? title : last;
}

/** Draft 04 ignores what stands beside a reference, so that references and further conditions go into `allOf`. */
function joined(target: Record<string, JsonValue>, conjuncts: readonly JsonValue[]): JsonObject {
  const more = [...conjuncts];
  const { $ref } = target;
  if ($ref !== undefined && (Object.keys(target).length > 1 || more.length > 0)) {
    delete target['$ref'];
    more.unshift({ $ref });
  }
  if (more.length === 0) return target;
  const own = target['allOf'];
  return { ...target, allOf: [...(Array.isArray(own) ? own : []), ...more] };
}
