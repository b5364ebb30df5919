import { type ChainMembers, usualMembers } from './chain-members.ts';
import type { DeclaredComponent } from './publications.ts';

/** How code is generated. */
export interface GenerateOptions {
  /** The tool's own version, for the headers. */
  readonly version: string;
  /** What generated files import the runtime as. */
  readonly runtime: string;
  /** How generated files name each other: `js` (works with every compiler and bundler) or `ts`. */
  readonly extension: 'js' | 'ts';
  /** Names by event type (`source@DetailType`) that are to be taken instead of those made of the detail-type. */
  readonly names: Readonly<Record<string, string>>;
  readonly members: Required<ChainMembers>;
  /** Who publishes what, as declared. */
  readonly components: readonly DeclaredComponent[];
}

export const defaultOptions: GenerateOptions = {
  version: '0.0.0',
  runtime: 'busproof/runtime',
  extension: 'js',
  names: {},
  members: usualMembers,
  components: [],
};
