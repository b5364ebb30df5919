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
  readonly span: Span;
}
