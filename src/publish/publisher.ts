import type { Span } from '../json/document.ts';
import type { Evidence } from '../model/evidence.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import type { Bound } from './iam/bound.ts';
import type { Escape } from './iam/escapes.ts';
import type { Statement } from './iam/statement.ts';
import type { Publication } from './publication.ts';

/** All that is known of what one template resource publishes, before it becomes emissions. */
export interface Publisher {
  readonly resource: TemplateResource;
  /** What the catalogue or its code names. */
  readonly publications: readonly Publication[];
  /** Those among them that its role does not let through. */
  readonly forbidden?: readonly Publication[];
  /** What its code would publish if its role allowed PutEvents at all. */
  readonly keptBack?: readonly Publication[];
  /** What its role allows at most; undefined: its role is not in what was loaded. */
  readonly bound?: Bound;
  readonly statements: readonly Statement[];
  readonly roleSpan?: Span;
  /** The role is read from a file that is not the last word about it: plugins of its framework may add to it. */
  readonly roleMayGrow?: boolean;
  /** Roles it may use beside its own of which nothing is known: no proof of silence holds beside them. */
  readonly beyond: readonly Escape[];
  /**
   * `code` or `definition`: it was read; `closed`: all of it was followed to its end, so that nothing else is published.
   */
  readonly read?: { readonly what: 'code' | 'definition'; readonly closed: boolean; readonly span: Span };
  /** Places where something is published that is not named, and reasons why there may be such. */
  readonly unresolved: readonly Span[];
  readonly open: readonly Evidence[];
  readonly callsModel: boolean;
  /** Its code publishes nothing for events this deep. */
  readonly rejects?: { readonly depth: number; readonly span: Span };
}
