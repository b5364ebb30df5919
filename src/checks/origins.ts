import type { Diagnostic, RelatedPlace } from '../diagnostic/diagnostic.ts';
import { type Document, lineStarts, lineText, type Span, spanOf } from '../json/document.ts';
import type { ConstructPlace, TemplateResource } from '../model/template-resource.ts';

type ReadFile = (path: string) => Document | undefined;

/** The template resources of documents, found by a place in one. */
export class ResourcesByPlace {
  private readonly byPath = new Map<string, TemplateResource[]>();

  constructor(resources: readonly TemplateResource[]) {
    for (const each of resources) {
      const { path } = each.span.document;
      const beside = this.byPath.get(path);
      if (beside) beside.push(each);
      else this.byPath.set(path, [each]);
    }
  }

  at({ document, start }: Span): TemplateResource | undefined {
    return this.byPath.get(document.path)?.find(({ span }) => span.start <= start && start < span.end);
  }
}

/**
 * Tells with every finding in a template that CDK synthesised which constructs it is about, and shows the user's own
 * lines that made them, as far as the assembly has them and the files can be read.
 */
export function withOrigins(
  findings: readonly Diagnostic[],
  resources: readonly TemplateResource[],
  read: ReadFile = () => undefined,
): readonly Diagnostic[] {
  const places = new ResourcesByPlace(resources);
  return findings.map((diagnostic) => {
    const { span, related = [], notes = [] } = diagnostic;
    const spans = [...(span ? [span] : []), ...related.map((each) => each.span)];
    const constructs = [...new Set(spans.flatMap((each) => places.at(each) ?? []))].flatMap(
      ({ construct }) => construct ?? [],
    );
    if (constructs.length === 0) return diagnostic;
    const told = constructs.map((each) => originOf(each, read));
    return {
      ...diagnostic,
      related: [...related, ...told.flatMap((each) => (typeof each === 'string' ? [] : [each]))],
      notes: [...told.flatMap((each) => (typeof each === 'string' ? [each] : [])), ...notes],
    };
  });
}

/** The line as a place, or a sentence where there is none that can be shown. */
function originOf({ construct, source }: ConstructPlace, read: ReadFile): RelatedPlace | string {
  if (!source) return `it is the construct ${construct}`;
  const document = read(source.path);
  const start = document && lineStarts(document)[source.line - 1];
  if (!document || start === undefined)
    return `it is the construct ${construct}, made at ${source.path}:${source.line}:${source.column}`;
  const { length } = lineText(document, source.line);
  const from = start + Math.min(source.column - 1, length);
  return { span: spanOf(document, from, start + length), message: `makes ${construct}` };
}
