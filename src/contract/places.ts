import { type Span, spanOf } from '../json/document.ts';
import { type Member, member, type Node, nodeAt } from '../json/node.ts';
import { parsePointer } from '../json/pointer.ts';
import { embeddedFiles, type SchemaDocument } from '../load/contracts/contracts.ts';
import type { Contract } from '../model/contract.ts';
import { compiledOnce } from '../schema/decide.ts';
import type { Place } from '../schema/library.ts';
import { appliedAt, schemasBelow } from '../schema/walk.ts';

/** A JSON pointer into a file that a contract's own schema embeds, as reasons write it. */
const embeddedPointer = /\/(?:\$defs|definitions)\/([a-z]+:[^/)\s]*)((?:\/[^)\s]*)?)/g;

/** A reason with its pointers as the files count them: `ReviewSubmitted.json#/properties/rating/maximum`. */
export function withFilePointers(text: string): string {
  return text.replace(embeddedPointer, (_, token: string, rest: string) => {
    const name = token.slice(token.lastIndexOf('~1') + 2);
    return `${name.replace(/~0([0-9A-F]{2})/g, (code, hex: string) => (hex === '40' ? '@' : code))}#${rest}`;
  });
}

/** The files of one version of the contracts, by the names under which contracts embed them. */
export class SchemaFiles {
  private readonly byName: ReadonlyMap<string, Node>;

  constructor(documents: readonly SchemaDocument[]) {
    this.byName = embeddedFiles(documents);
  }

  /** The file and the JSON pointer tokens in it, for a place in a contract's own schema. */
  private inFile(tokens: readonly string[]): { node: Node; tokens: readonly string[] } | undefined {
    const [embedding, name = '', ...rest] = tokens;
    const node = embedding === '$defs' || embedding === 'definitions' ? this.byName.get(name) : undefined;
    return node && { node, tokens: rest };
  }

  /** The tokens as the file counts them; those of the envelope, which no file has, stay as they are. */
  tokensInFile(tokens: readonly string[]): readonly string[] {
    return this.inFile(tokens)?.tokens ?? tokens;
  }

  /** Where a keyword stands that a reason names by its JSON pointer in a contract's own schema. */
  at(pointer: string | undefined): Span | undefined {
    const tokens = pointer === undefined ? undefined : parsePointer(pointer);
    const name = tokens?.at(-1);
    return tokens && name !== undefined ? this.keyword(tokens.slice(0, -1), name) : undefined;
  }

  /** Where a keyword of a subschema stands, with its name. */
  keyword(tokens: readonly string[], keyword: string): Span | undefined {
    const place = this.inFile(tokens);
    const found = place && member(nodeAt(place.node, ...place.tokens), keyword);
    return found && memberSpan(found);
  }

  /**
   * Where a contract speaks of a part of its events: the keyword if it has it, otherwise the member's name; the nearest
   * part above where it does not speak of this one.
   */
  nearest(contract: Contract, at: readonly (string | number)[], keyword: string): Span {
    const schema = compiledOnce(contract.schema);
    if (!schema) return contract.span;
    const levels: (readonly Place[])[] = [appliedAt([schema.root], schema.library)];
    for (const step of at) {
      levels.push(appliedAt(schemasBelow(levels.at(-1)!, step, schema.library), schema.library));
    }
    const exact = first(levels.at(-1)!, ({ tokens }) => this.keyword(tokens, keyword));
    if (exact) return exact;
    for (const places of levels.reverse()) {
      const named = first(places, ({ tokens }) => this.name(tokens));
      if (named) return named;
    }
    return contract.span;
  }

  /** The name of the member that a subschema describes. */
  private name(tokens: readonly string[]): Span | undefined {
    const place = this.inFile(tokens);
    const name = place?.tokens.at(-1);
    if (!place || name === undefined) return undefined;
    return member(nodeAt(place.node, ...place.tokens.slice(0, -1)), name)?.keySpan;
  }
}

function memberSpan({ keySpan, value }: Member): Span {
  return spanOf(keySpan.document, keySpan.start, value.span.end);
}

function first<T>(places: readonly Place[], find: (place: Place) => T | undefined): T | undefined {
  for (const place of places) {
    const found = find(place);
    if (found !== undefined) return found;
  }
  return undefined;
}
