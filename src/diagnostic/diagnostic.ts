import type { Span } from '../json/document.ts';
import type { JsonValue } from '../json/value.ts';
import { type Code, findings, type ParamsOf } from './findings.ts';
import type { Severity } from './severity.ts';

/** Another place that belongs to a finding, with what it has to do with it. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** How to mend it, in words; `tried` tells what was proven about the mended system. */
export interface Fix {
  readonly text: string;
  readonly tried?: string;
}

/** One finding. Facts are here; the sentence comes from the table in findings.ts. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly params: Readonly<Record<string, JsonValue>>;
  readonly message: string;
  readonly span?: Span;
  /** What is wrong at the very place, set beside the underline in a code frame. */
  readonly label?: string;
  readonly related?: readonly RelatedPlace[];
  /** Further sentences, each a line of its own. */
  readonly notes?: readonly string[];
  /** The event (or value) that shows it. */
  readonly witness?: JsonValue;
  readonly fix?: Fix;
  /** Other ways, each as good as the first. */
  readonly otherFixes?: readonly Fix[];
  /** What makes it the same finding in the next run, whatever moved in the files. */
  readonly identity: string;
}

type Extra = Partial<Omit<Diagnostic, 'code' | 'params' | 'message'>>;

/** Makes a finding of a code of the table; its severity is the table's unless another is given. */
export function finding<C extends Code>(code: C, params: ParamsOf<C>, extra: Extra = {}): Diagnostic {
  const kind = findings[code] as { severity: Severity; message: (params: ParamsOf<C>) => string };
  const facts = params as Readonly<Record<string, JsonValue>>;
  return {
    severity: kind.severity,
    identity: JSON.stringify(facts),
    ...extra,
    code,
    params: facts,
    message: kind.message(params),
  };
}

/** A value together with what was noticed on the way to it. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

export function outcome<T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> {
  return { value, diagnostics };
}

/** Collects findings of several steps: `const value = collector.take(step())`. */
export class Collector {
  readonly diagnostics: Diagnostic[] = [];

  add(...diagnostics: readonly Diagnostic[]): void {
    this.diagnostics.push(...diagnostics);
  }

  take<T>(result: Outcome<T>): T {
    for (const diagnostic of result.diagnostics) this.diagnostics.push(diagnostic);
    return result.value;
  }
}
