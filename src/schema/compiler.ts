import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { type Node, nodeAt } from '../json/node.ts';
import { printPointer } from '../json/pointer.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import { lazy, opaque } from '../sets/atoms.ts';
import { FALSE, type Formula, TRUE } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { ANY_TYPE } from '../sets/types.ts';
import { contentKey } from './content-key.ts';
import { since } from './dialect.ts';
import { casesOf, items, members, type Walk } from './evaluated.ts';
import type { Site } from './keyword.ts';
import { keywordsOf } from './keywords.ts';
import type { Library, Place, SchemaFile } from './library.ts';
import { enterScope, OUTSIDE, type Scope } from './scope.ts';
import { isSchema, subschemasOf } from './subschemas.ts';

/** Schemas with longer texts, counting what they refer to, go by where they stand. */
const LONGEST_KEY = 60_000;
/** Schemas nested deeper than this are not read to the end. */
const MAX_DEPTH = 400;

/** What one keyword of a schema says. */
export interface Part {
  readonly keyword: string;
  readonly formula: Formula;
}

let compilers = 0;
/** Sets of schemas without references, which are the same wherever they stand. By reading, then by object. */
const shared = new Map<string, WeakMap<object, Formula>>();

/** Compiles the schemas of a library into sets; each schema once. */
export class Compiler implements Walk<Scope> {
  readonly diagnostics: Diagnostic[] = [];
  private readonly library: Library;
  private readonly formatAssertion: boolean;
  private readonly nodes: ReadonlyMap<SchemaFile, Node>;
  private readonly own = new Map<JsonObject, Map<string, Formula>>();
  private readonly id = compilers++;
  private depth = 0;
  private references = 0;

  constructor(library: Library, formatAssertion: boolean, nodes: ReadonlyMap<SchemaFile, Node> = new Map()) {
    this.library = library;
    this.formatAssertion = formatAssertion;
    this.nodes = nodes;
  }

  /** The set of a schema at a place. */
  compile(place: Place, outer: Scope = OUTSIDE): Formula {
    const { schema, resource } = place;
    if (schema === true) return TRUE;
    if (schema === false) return FALSE;
    if (!isObject(schema)) {
      this.report(place, '', 'a schema: an object, true or false');
      return TRUE;
    }
    const scope = enterScope(outer, resource);
    const reading = `${resource.dialect} ${this.formatAssertion}`;
    const closed = shared.get(reading)?.get(schema);
    if (closed) return closed;
    const known = this.own.get(schema)?.get(scope.key);
    if (known) return known;
    if (this.depth > MAX_DEPTH)
      return opaque(`deep ${this.id} ${place.tokens}`, ANY_TYPE, 'a very deep schema');
    const references = this.references;
    const findings = this.diagnostics.length;
    this.depth++;
    const formula = and(...this.parts(place, scope).map((part) => part.formula));
    this.depth--;
    if (references === this.references && findings === this.diagnostics.length) {
      if (!shared.has(reading)) shared.set(reading, new WeakMap());
      shared.get(reading)!.set(schema, formula);
    }
    if (!this.own.has(schema)) this.own.set(schema, new Map());
    this.own.get(schema)!.set(scope.key, formula);
    return formula;
  }

  /** Reads every schema of a file, also those that nothing refers to, for what is wrong with them. */
  check(root: Place): void {
    const todo: Place[] = [root];
    for (let place = todo.pop(); place; place = todo.pop()) {
      this.compile(place);
      if (this.isShared(place)) continue;
      for (const { schema, tokens } of subschemasOf(place.schema)) {
        todo.push(this.library.inside(place, schema, ...tokens));
      }
    }
  }

  private isShared({ schema, resource }: Place): boolean {
    return (
      isObject(schema) && shared.get(`${resource.dialect} ${this.formatAssertion}`)?.has(schema) === true
    );
  }

  /** What each keyword of a schema says, in the order of the text. */
  parts(place: Place, outer: Scope = OUTSIDE): Part[] {
    const { schema, resource } = place;
    if (!isObject(schema)) return [];
    const scope = enterScope(outer, resource);
    if (resource.unknownDialect !== undefined) return [this.foreign(place, resource.unknownDialect)];
    const keywords = keywordsOf(resource.dialect);
    const parts: Part[] = [];
    this.remarkSiblings(schema, place, keywords);
    for (const [name, value] of Object.entries(schema)) {
      const keyword = keywords.get(name);
      if (!keyword) continue;
      const site = this.site(schema, place, scope, name);
      parts.push({ keyword: name, formula: keyword.compile(value, site) });
    }
    return parts;
  }

  private site(schema: JsonObject, place: Place, scope: Scope, keyword: string): Site {
    const ignored = keyword.startsWith('unevaluated') ? keyword : undefined;
    return {
      schema,
      place,
      dialect: place.resource.dialect,
      formatAssertion: this.formatAssertion,
      child: (inner, ...steps) => {
        if (!isSchema(inner))
          return this.report(place, steps.join('/'), 'a schema: an object, true or false');
        return this.compile(this.library.inside(place, inner, ...steps), scope);
      },
      reference: (reference, how) => this.reference(place, reference, how, scope),
      evaluatedMembers: () => casesOf(place, scope, members, this, ignored),
      evaluatedItems: () => casesOf(place, scope, items, this, ignored),
      invalid: (name, expected) => this.report(place, name, expected),
      remark: (name, remark) => {
        const params = { pointer: this.pointer(place, name), keyword: name, remark };
        this.add(finding('schema/unusual-reading', params, this.at(place, name)));
      },
    };
  }

  private reference(
    place: Place,
    reference: string,
    how: 'static' | 'dynamic' | 'recursive',
    scope: Scope,
  ): Formula {
    this.references++;
    const target = this.target(place, reference, how, scope);
    if (!target) {
      const params = { pointer: this.pointer(place, '$ref'), reference };
      this.add(finding('schema/unresolved-reference', params, this.at(place, '$ref')));
      const absolute = `${place.resource.uri} ${reference}`;
      return opaque(`reference ${absolute}`, ANY_TYPE, `the reference ${reference}, which was not given`);
    }
    if (!isObject(target.schema)) return this.compile(target, scope);
    return lazy(this.keyOf(target, scope), () => this.compile(target, scope));
  }

  private target(place: Place, reference: string, how: string, scope: Scope): Place | undefined {
    const target = this.library.resolve(reference, place.resource);
    if (!target || how === 'static') return target;
    if (how === 'recursive') {
      const dynamic = isObject(target.schema) && target.schema['$recursiveAnchor'] === true;
      return dynamic ? (scope.recursive ?? target) : target;
    }
    const name = reference.slice(reference.indexOf('#') + 1);
    const dynamic = target.resource.dynamicAnchors.get(name)?.schema === target.schema;
    return dynamic ? (scope.dynamic.get(name) ?? target) : target;
  }

  private readonly keys = new Map<JsonValue, string | undefined>();
  /** Characters of such keys that may still be written: in long chains of references each holds all that follow. */
  private keyText = 4_000_000;

  private keyOf(target: Place, scope: Scope): string {
    if (!this.keys.has(target.schema)) {
      const content = contentKey(target, this.library, Math.min(LONGEST_KEY, this.keyText));
      this.keyText -= content?.length ?? LONGEST_KEY;
      this.keys.set(target.schema, content);
    }
    const content = this.keys.get(target.schema);
    const reading = this.formatAssertion ? 'f' : '';
    if (content !== undefined) return `${reading}${content}`;
    return `${this.id} ${target.resource.uri} ${printPointer(target.tokens)} in ${scope.key}`;
  }

  private foreign(place: Place, uri: string): Part {
    const params = {
      pointer: this.pointer(place, '$schema'),
      keyword: '$schema',
      remark: `${uri} is not known`,
    };
    this.add(finding('schema/unusual-reading', params, this.at(place, '$schema')));
    const key = `foreign ${this.id} ${printPointer(place.tokens)}`;
    return { keyword: '$schema', formula: opaque(key, ANY_TYPE, `the dialect ${uri}`) };
  }

  private remarkSiblings(schema: JsonObject, place: Place, keywords: ReadonlyMap<string, unknown>): void {
    const { dialect } = place.resource;
    if (typeof own(schema, '$ref') !== 'string' || since(dialect, '2019-09')) return;
    const siblings = Object.keys(schema).filter((name) => name !== '$ref' && keywords.has(name));
    if (siblings.length === 0) return;
    const params = { pointer: this.pointer(place, '$ref'), keywords: siblings.join(', '), dialect };
    this.add(finding('schema/reference-siblings', params, this.at(place, '$ref')));
  }

  /** For the walk over what is evaluated. */
  inside(place: Place, schema: JsonValue, ...steps: readonly string[]): Place {
    return this.library.inside(place, schema, ...steps);
  }

  enter(place: Place, scope: Scope): Scope {
    return enterScope(scope, place.resource);
  }

  follow(place: Place, scope: Scope): readonly { place: Place; scope: Scope }[] | undefined {
    if (!isObject(place.schema)) return [];
    if (place.resource.unknownDialect !== undefined) return undefined;
    const ways = [
      ['$ref', 'static'],
      ['$dynamicRef', 'dynamic'],
      ['$recursiveRef', 'recursive'],
    ] as const;
    const inner = enterScope(scope, place.resource);
    const targets: { place: Place; scope: Scope }[] = [];
    for (const [keyword, how] of ways) {
      const reference = own(place.schema, keyword);
      if (typeof reference !== 'string' || !keywordsOf(place.resource.dialect).has(keyword)) continue;
      this.references++;
      const target = this.target(place, reference, how, inner);
      if (!target) return undefined;
      targets.push({ place: target, scope: enterScope(inner, target.resource) });
    }
    return targets;
  }

  private report(place: Place, keyword: string, expected: string): Formula {
    const params = { pointer: this.pointer(place, keyword), keyword, expected };
    this.add(finding('schema/invalid', params, this.at(place, keyword)));
    return TRUE;
  }

  private readonly reported = new Set<string>();

  private add(diagnostic: Diagnostic): void {
    const key = `${diagnostic.code} ${diagnostic.identity}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.diagnostics.push(diagnostic);
  }

  private pointer(place: Place, keyword: string): string {
    return printPointer([...place.tokens, ...(keyword === '' ? [] : keyword.split('/'))]);
  }

  private at(place: Place, keyword: string): { span?: Span } {
    const span = this.spanOf(place, keyword);
    return span ? { span } : {};
  }

  /** Where a keyword of a schema stands, if the schema was read from text. */
  spanOf(place: Place, ...steps: readonly string[]): Span | undefined {
    const node = this.nodes.get(place.resource.file);
    return node && (nodeAt(node, ...place.tokens, ...steps) ?? nodeAt(node, ...place.tokens))?.span;
  }
}
