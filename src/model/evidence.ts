import type { Span } from '../json/document.ts';

/** Where the knowledge of an emission comes from, strongest first. */
export const evidenceKinds = ['catalogue', 'code', 'declared', 'iam', 'unknown'] as const;

export type EvidenceKind = (typeof evidenceKinds)[number];

export interface Evidence {
  readonly kind: EvidenceKind;
  /** In words: "declared in Metadata", "events:PutEvents on …". */
  readonly text: string;
  readonly span?: Span;
}
