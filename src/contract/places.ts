import { type Span, spanOf } from '../json/document.ts';
import { type Member, member, type Node, nodeAt } from '../json/node.ts';
import { parsePointer } from '../json/pointer.ts';
import { isObject } from '../json/value.ts';
import { type SchemaDocument, uriOf } from '../load/contracts/contracts.ts';
import type { Contract } from '../model/contract.ts';
import { compiledOnce } from '../schema/decide.ts';
import type { Place } from '../schema/library.ts';
import { appliedAt, schemasBelow } from '../schema/walk.ts';

/** A JSON pointer in a contract's own schema, as reasons write it: into one of the files that it embeds. */
const embeddedPointer = /\/(?:\$defs|definitions)\/([^/)\s]*~1)([^/~)\s]+)((?:\/[^)\s]*)?)/g;

/** A reason with its pointers as the files count them: `ReviewSubmitted.json#/properties/rating/maximum`. */
export function withFilePointers(text: string): string {
  return text.replace(embeddedPointer, '$2#$3');
}

/** The files of one version of the contracts, by the addresses under which contracts embed them. */
export class SchemaFiles {
  private readonly byUri = new Map<string, Node>();

  constructor(documents: readonly SchemaDocument[]) {
    for (const document of documents) {
      const uri = uriOf(document);
      if (uri !== undefined && !this.byUri.has(uri)) this.byUri.set(uri, document.node);
    }
  }

  /** The file and the JSON pointer tokens in it, for a place in a contract's own schema. */
  private inFile(tokens: readonly string[]): { node: Node; tokens: readonly string[] } | undefined {
    const [embedding, uri = '', ...rest] = tokens;
    const node = embedding === '$defs' || embedding === 'definitions' ? this.byUri.get(uri) : undefined;
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
    for (const places of levels.reverse()) {
      const whole = places === levels[0];
      for (const { tokens, schema: inner } of places) {
        const exact = whole && isObject(inner) ? this.keyword(tokens, keyword) : undefined;
        const span = exact ?? this.name(tokens);
        if (span) return span;
      }
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
