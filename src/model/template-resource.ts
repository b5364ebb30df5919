import type { Span } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import type { Condition } from './component.ts';

/** One entry of a template's `Resources`, for whoever needs more of a template than routes and components. */
export interface TemplateResource {
  /** `template path#LogicalId`, of what is deployed the ARN, as the component has it that the template resource is. */
  readonly id: string;
  readonly template: string;
  readonly logicalId: string;
  readonly type: string;
  /** Every text (with holes) by which others may name it; an unknown name is a hole with the key `res:` + id. */
  readonly addresses: readonly string[];
  /** Its attributes beside the type (`Properties`, `Metadata`, `Connectors`), intrinsic functions resolved. */
  readonly attributes: Node;
  readonly condition?: Condition;
  /** The folder that paths of its code count from; the template's if not given. */
  readonly folder?: string;
  /** What made it, where CDK did and tells. */
  readonly construct?: ConstructPlace | undefined;
  readonly span: Span;
}

/** Where in a CDK app a template resource comes from. */
export interface ConstructPlace {
  /** `Stage/Stack/Rule`: the construct's path, without the `Resource` inside it that nobody wrote. */
  readonly construct: string;
  /** The user's own line that made it. */
  readonly source?: { readonly path: string; readonly line: number; readonly column: number };
}
