import { isObject, type JsonValue, own } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { contentKey } from '../../schema/content-key.ts';
import { keywordsOf } from '../../schema/keywords.ts';
import { type Library, NOWHERE, type Place } from '../../schema/library.ts';
import { assignNames, isReservedType, pascalCase, type Wish } from '../names.ts';

/** A schema that gets a type of its own: the detail of an event type, or something a reference leads to. */
export interface Declaration {
  readonly id: string;
  readonly place: Place;
  readonly library: Library;
  /** Names it may get. */
  readonly wish: Wish;
}

/** What schemas with longer texts refer to is told by where they stand. */
const LONGEST_KEY = 10_000;

/** All declarations of a set of contracts, by what they are. */
export class Declarations {
  private readonly known = new Map<string, Declaration>();
  private readonly roots = new Map<string, Declaration>();
  private readonly ids = new WeakMap<object, string>();
  private readonly libraries = new Map<Library, number>();
  /** Event types by the names of their members, until their ids are wanted. */
  private readonly unasked = new Map<string, Declaration[]>();
  /** Ids of declarations, in the order in which they were met. */
  readonly order: Declaration[] = [];

  /** Adds the detail of a contract under its name; what it refers to is added when it is lowered. */
  addEvent(contract: Contract, library: Library, typeName: string): Declaration {
    const place = followed(library.root, library);
    const id = `event ${contract.id}`;
    const declaration: Declaration = { id, place, library, wish: { id, candidates: [typeName] } };
    this.roots.set(contract.id, declaration);
    this.order.push(declaration);
    this.libraries.set(library, this.libraries.size);
    const members = membersOf(place.schema);
    const alike = this.unasked.get(members);
    if (alike) alike.push(declaration);
    else this.unasked.set(members, [declaration]);
    return declaration;
  }

  event(contractId: string): Declaration {
    return this.roots.get(contractId)!;
  }

  /** The declaration of what a reference leads to. */
  referred(place: Place, reference: string, library: Library): Declaration {
    this.askEvents(membersOf(place.schema));
    const id = this.idOf(place, library);
    const known = this.known.get(id);
    if (known) return known;
    const own = nameOf(place, reference);
    const outer = outerNameOf(reference);
    const owner = pascalCase(fileNameOf(place.resource.uri));
    const longer = outer === undefined ? [] : [`${outer}${own}`];
    const candidates = [own, ...longer, `${owner}${longer[0] ?? own}`].map((name) =>
      isReservedType(name) ? `${name}Type` : name,
    );
    const declaration: Declaration = { id, place, library, wish: { id, candidates } };
    this.known.set(id, declaration);
    this.order.push(declaration);
    return declaration;
  }

  /**
   * A reference to the file of an event type is a reference to its type. What an event type is takes long to tell, and
   * is told only when something with the same members is referred to.
   */
  private askEvents(members: string): void {
    for (const event of this.unasked.get(members) ?? []) {
      const id = this.idOf(event.place, event.library);
      if (!this.known.has(id)) this.known.set(id, event);
    }
    this.unasked.delete(members);
  }

  /** Schemas are the same when they are written the same, letter by letter, and what they refer to means the same. */
  private idOf(place: Place, library: Library): string {
    const { schema, resource } = place;
    const known = isObject(schema) ? this.ids.get(schema) : undefined;
    if (known) return known;
    const text = JSON.stringify(schema);
    const id = /"\$(ref|dynamicRef|recursiveRef)":/.test(text)
      ? `${contentKey(place, library, LONGEST_KEY) ?? this.addressOf(resource.uri, library)} ${text}`
      : text;
    if (isObject(schema)) this.ids.set(schema, id);
    return id;
  }

  /** Two files without an address of their own are two files. */
  private addressOf(uri: string, library: Library): string {
    if (uri !== NOWHERE) return uri;
    return `${uri} ${this.libraries.get(library)}`;
  }

  names(): Map<string, string> {
    return assignNames(this.order.map(({ wish }) => wish));
  }
}

/** What schemas that are written the same have alike. */
function membersOf(schema: JsonValue): string {
  return isObject(schema) ? Object.keys(schema).join(' ') : String(schema);
}

/** Where the references lead that are all a schema consists of. */
function followed(start: Place, library: Library): Place {
  let place = start;
  for (let step = 0; step < 20; step++) {
    const reference = onlyReference(place.schema, keywordsOf(place.resource.dialect));
    if (reference === undefined) return place;
    const next = library.resolve(reference, place.resource);
    if (!next) return place;
    place = next;
  }
  return place;
}

/** The reference that is all a schema says of values, also as the only part of an `allOf`. */
function onlyReference(schema: JsonValue, keywords: ReadonlyMap<string, unknown>): string | undefined {
  if (!isObject(schema)) return undefined;
  if (Object.keys(schema).filter((key) => keywords.has(key)).length !== 1) return undefined;
  const reference = own(schema, '$ref');
  if (typeof reference === 'string') return reference;
  const all = own(schema, 'allOf');
  return Array.isArray(all) && all.length === 1 ? onlyReference(all[0]!, keywords) : undefined;
}

/** `…#/$defs/Money` → Money; a whole file is named by its title or its file name. */
function nameOf({ schema, tokens }: Place, reference: string): string {
  const fragment = reference.includes('#') ? reference.slice(reference.indexOf('#') + 1) : '';
  const steps = fragment.split('/').filter((step) => !/^[0-9]*$/.test(step));
  const last = steps.at(-1) ?? tokens.at(-1);
  const title = isObject(schema) && typeof schema['title'] === 'string' ? schema['title'] : undefined;
  if (fragment !== '' && last !== undefined && !KEYWORDS.has(last)) return pascalCase(decode(last));
  return pascalCase(title ?? fileNameOf(reference));
}

/** `#/definitions/billing/address` → Billing; undefined for a definition at the root. */
function outerNameOf(reference: string): string | undefined {
  const steps = reference
    .slice(reference.indexOf('#') + 1)
    .split('/')
    .slice(1, -1);
  const outer = steps.findLast((step) => !KEYWORDS.has(step) && !/^[0-9]*$/.test(step));
  return outer === undefined || !reference.includes('#') ? undefined : pascalCase(decode(outer));
}

const KEYWORDS: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'components',
  'schemas',
  'allOf',
  'anyOf',
  'oneOf',
  'prefixItems',
  'patternProperties',
  'items',
  'properties',
  'additionalProperties',
  'not',
  'contains',
  '',
]);

function fileNameOf(uri: string): string {
  const path = decode(uri.replace(/#.*$/s, ''));
  return path.slice(path.lastIndexOf('/') + 1).replace(/(\.schema)?\.(json|ya?ml)$/i, '') || 'Root';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
