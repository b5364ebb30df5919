import { parsePointer } from '../json/pointer.ts';
import { canonicalJson, isObject, type JsonObject, type JsonValue, own, setOwn } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { namesOf } from '../model/field-effects.ts';
import { compileSchema } from '../schema/compiled.ts';

/** What a schema of `detail` says of one field for itself, whatever the other fields hold. */
export interface FieldSchema {
  /** Schemas that its values obey: at most as strict as all the schema asks of it. */
  readonly schemas: readonly JsonObject[];
  readonly required: boolean;
  /** Whether the schema says nothing but what each field is for itself, as far as its outermost level goes. */
  readonly plain: boolean;
}

/** Keywords of the outermost level that bind no field to another. */
const PLAIN = new Set([
  '$schema',
  '$id',
  'id',
  '$defs',
  'definitions',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'type',
  'properties',
  'required',
]);

const known = new WeakMap<Contract, Map<string, FieldSchema>>();

/** What a contract says of a field of `detail` by its dotted path, or of all of it, whose path is empty. */
export function fieldSchema(contract: Contract, path: string): FieldSchema {
  const byPath = known.get(contract) ?? new Map<string, FieldSchema>();
  known.set(contract, byPath);
  const found = byPath.get(path) ?? read(contract.detailSchema, namesOf(path));
  byPath.set(path, found);
  return found;
}

function read(root: JsonValue, names: readonly string[]): FieldSchema {
  let at = [...conjuncts(root, root)];
  let required = true;
  let plain = names.length === 1 && at.length === 1 && Object.keys(at[0]!).every((key) => PLAIN.has(key));
  for (const name of names) {
    required &&= at.some((each) => (own(each, 'required') as JsonValue[] | undefined)?.includes?.(name));
    at = at.flatMap((each) => {
      const properties = own(each, 'properties');
      return isObject(properties) ? [...conjuncts(own(properties, name) ?? true, root)] : [];
    });
  }
  const schemas = at.map((each) => standalone(each === root ? withoutHead(each) : each, root));
  plain &&= schemas.every((each) => each !== undefined);
  return { schemas: schemas.filter((each) => each !== undefined), required, plain };
}

/** The schemas that all hold for a value: a schema itself, what it refers to, and the parts of an `allOf`. */
function* conjuncts(
  schema: JsonValue,
  root: JsonValue,
  seen = new Set<JsonValue>(),
): Generator<JsonObject, void> {
  if (!isObject(schema) || seen.has(schema)) return;
  seen.add(schema);
  const reference = own(schema, '$ref');
  // Up to draft-07 everything beside a reference is ignored.
  if (typeof reference === 'string') yield* conjuncts(pointed(root, reference) ?? true, root, seen);
  else {
    yield schema;
    const all = own(schema, 'allOf');
    if (Array.isArray(all)) for (const each of all) yield* conjuncts(each, root, seen);
  }
}

function pointed(root: JsonValue, reference: string): JsonValue | undefined {
  const plain = reference.startsWith('#') && !reference.includes('%');
  const tokens = plain ? parsePointer(reference.slice(1)) : undefined;
  let at: JsonValue | undefined = tokens && root;
  for (const token of tokens ?? []) at = isObject(at) ? own(at, token) : undefined;
  return at;
}

/** A whole schema as a part of others: what names its dialect and itself says nothing of values. */
function withoutHead(root: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(root).filter(([key]) => !HEAD.has(key)));
}

const HEAD = new Set(['$schema', '$id', 'id']);

/** Whether two contracts say the same of a field. */
export function sameFieldSchema(a: FieldSchema, b: FieldSchema): boolean {
  return a === b || textOf(a) === textOf(b);
}

const texts = new WeakMap<FieldSchema, string>();

function textOf(field: FieldSchema): string {
  const text =
    texts.get(field) ??
    canonicalJson(
      field.schemas.map((schema) =>
        Object.fromEntries(Object.entries(schema).filter(([key]) => !ANNOTATIONS.has(key))),
      ),
    );
  texts.set(field, text);
  return text;
}

const ANNOTATIONS = new Set(['title', 'description', '$comment', 'examples', 'example', 'default']);

/** Whether a schema of a field allows anything, or any object. */
export function isOpen(schema: JsonObject): boolean {
  return Object.entries(schema).every(
    ([key, value]) => ANNOTATIONS.has(key) || (key === 'type' && value === 'object'),
  );
}

const MAX_SIZE = 2_000;

/** A part of a schema as a schema for itself, its references written out; undefined where that cannot be done. */
function standalone(schema: JsonObject, root: JsonValue): JsonObject | undefined {
  let size = 0;
  const copy = (value: JsonValue, way: readonly JsonValue[], names = false): JsonValue | undefined => {
    if (++size > MAX_SIZE || way.includes(value)) return undefined;
    if (Array.isArray(value)) {
      const items = value.map((each) => copy(each, way));
      return items.includes(undefined) ? undefined : (items as JsonValue[]);
    }
    if (!isObject(value)) return value;
    const inside = [...way, value];
    const reference = names ? undefined : own(value, '$ref');
    if (reference !== undefined) {
      const alone = Object.keys(value).every((key) => key === '$ref' || ANNOTATIONS.has(key));
      const target = alone && typeof reference === 'string' ? pointed(root, reference) : undefined;
      return target === undefined ? undefined : copy(target, inside);
    }
    const made: Record<string, JsonValue> = {};
    for (const [key, each] of Object.entries(value)) {
      if (!names && OF_THE_DOCUMENT.has(key)) return undefined;
      const inner = !names && DATA.has(key) ? each : copy(each, inside, !names && BY_NAME.has(key));
      if (inner === undefined) return undefined;
      setOwn(made, key, inner);
    }
    return made;
  };
  const made = copy(schema, []);
  return isObject(made) && compileSchema(made).value ? made : undefined;
}

/** Keywords whose members are names, and those whose values are data. */
const BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);
const DATA = new Set(['enum', 'const', 'default', 'examples', 'example']);

/** What means something only where it stands; another dialect may read it otherwise. */
const OF_THE_DOCUMENT = new Set(['$dynamicRef', '$recursiveRef', '$id', 'id', '$anchor', '$schema']);
