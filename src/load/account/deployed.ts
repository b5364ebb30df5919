import type { Node } from '../../json/node.ts';
import type { GlobalList, RegionList } from './snapshot.ts';

/** Something that is deployed, in the form of the template resource that would make it. */
export interface Deployed {
  /** Its ARN; what has none of its own gets one of what it belongs to, with something behind it. */
  readonly id: string;
  /** As CloudFormation calls it: `AWS::Events::Rule`. */
  readonly type: string;
  /** Its own name. */
  readonly name: string;
  /** What it goes by the name of, where that is something else: an ARN. */
  readonly namedAfter?: string;
  /** Further texts by which others name it. */
  readonly addresses?: readonly string[];
  /** As CloudFormation's `Properties`, at the places of the API's answer. */
  readonly properties: Node;
  /** Of a rule: the service that made it. */
  readonly managedBy?: string;
}

/** One list of a snapshot: one file in services/, one line in their table. */
export interface AccountKind {
  readonly list: RegionList | GlobalList;
  /** The member with the ARN (or, where there is none, the name) by which findings name an item. */
  readonly key: readonly string[];
  read(item: Item): readonly Deployed[];
}

/** One item of a list, with where it is. */
export interface Item {
  readonly node: Node;
  /** Its members as texts; undefined when absent or no text. */
  text(...path: readonly string[]): string | undefined;
  at(...path: readonly (string | number)[]): Node | undefined;
}
