import type { Span } from '../../json/document.ts';
import type { Body, Expression } from './hcl/syntax.ts';

/** A module as it is written: in `.tf` files, or in the `configuration` of a plan. */
export interface ModuleConfig {
  /** Its folder, for the files it names; undefined when only a plan tells of it. */
  readonly folder: string | undefined;
  readonly resources: ReadonlyMap<string, ResourceConfig>;
  readonly variables: ReadonlyMap<string, Expression | undefined>;
  readonly locals: ReadonlyMap<string, Expression>;
  readonly outputs: ReadonlyMap<string, Expression>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  /** Settings of providers by their key: `aws`, `aws.west`. */
  readonly providers: ReadonlyMap<string, Body>;
}

/** A `resource` or `data` block. */
export interface ResourceConfig {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly body: Body;
  readonly count?: Expression | undefined;
  readonly forEach?: Expression | undefined;
  /** `aws`, or `aws.west`; undefined: the provider's default. */
  readonly provider?: string | undefined;
  readonly span: Span;
  readonly head: Span;
}

/** A `module` block. */
export interface ModuleCall {
  readonly name: string;
  readonly source: string | undefined;
  readonly inputs: ReadonlyMap<string, Expression>;
  readonly count?: Expression | undefined;
  readonly forEach?: Expression | undefined;
  /** Which of the caller's providers stands for which of the module's own. */
  readonly providers: ReadonlyMap<string, string>;
  readonly span: Span;
  /** What a plan says the module is; for files it is looked up by the source. */
  readonly config?: ModuleConfig | undefined;
}

/** Under which a resource is found in its module: `aws_sqs_queue.q`, `data.aws_sqs_queue.q`. */
export function resourceKey(mode: ResourceConfig['mode'], type: string, name: string): string {
  return mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
}
