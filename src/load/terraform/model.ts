import type { Span } from '../../json/document.ts';
import type { Node } from '../../json/node.ts';
import type { Environment } from '../cloudformation/arn.ts';
import type { Physical } from '../cloudformation/identity.ts';
import type { ModuleCall, ModuleConfig, ResourceConfig } from './config.ts';
import type { Names } from './hcl/names.ts';
import type { Expression } from './hcl/syntax.ts';
import type { TerraformKind } from './kinds/kind.ts';
import type { Planned } from './planned.ts';

/** The key of one of several instances of a resource or a module. */
export type Key = string | number;

/** The names that `each` and `count` stand for, where an expression is evaluated. */
export interface Own {
  readonly address: string;
  readonly key: Key | undefined;
  readonly forEach?: Expression | undefined;
  /** The attribute the value is for, if it is for one: where a resource is named, its ARN or its name is meant. */
  readonly attribute?: string;
  /** Iterators of dynamic blocks. */
  readonly items?: ReadonlyMap<string, Node>;
}

/** One root module with everything below it. */
export interface World {
  /** What tells its resources from those of other templates: the path of the plan, or of the folder. */
  readonly id: string;
  /** The folder of the root module. */
  readonly folder: string;
  /** Values given to the variables of the root module. */
  readonly variables: ReadonlyMap<string, Node>;
  /** All instances of its resources. */
  readonly all: readonly Instance[];
  /** How deep values need other values just now. */
  depth: number;
  /** Takes some work from the budget; false when none is left. */
  spend(steps: number): boolean;
  /** The text of a file, by its path from the root module. */
  file(path: string): string | undefined;
  /** The instances of a resource of a module, by `T.n` or `data.T.n`. */
  instances(module: Module, key: string): readonly Instance[];
  /** The module that another one calls. */
  child(parent: Module, name: string, key: Key | undefined): Module;
  /** Account and Region of the provider that a resource is made with. */
  environmentOf(module: Module, config: ResourceConfig | undefined): Environment;
}

/** One instance of a module: what its variables are given, and what its names mean. */
export interface Module {
  readonly world: World;
  /** Empty for the root module. */
  readonly address: string;
  readonly config: ModuleConfig | undefined;
  readonly parent: Module | undefined;
  readonly call: ModuleCall | undefined;
  readonly key: Key | undefined;
  /** The value of an expression that stands in this module. */
  evaluate(expression: Expression, own?: Own): Node;
  names(own: Own | undefined): Names;
  /** A value of which nothing is known; the same for the same text. */
  unknown(text: string, span: Span, own?: Own): Node;
  output(name: string, span: Span): Node | undefined;
}

/** One instance of a `resource` or `data` block. */
export interface Instance {
  readonly module: Module;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: Key | undefined;
  readonly address: string;
  readonly config: ResourceConfig | undefined;
  readonly planned: Planned | undefined;
  /** Whether it is not known that it is there: its `count` or `for_each` is not known. */
  readonly conditional: boolean;
  /** Where the block's type and labels stand, or else its address in the plan. */
  readonly head: Span;
  readonly span: Span;
  readonly kind: TerraformKind | undefined;
  readonly environment: Environment;
  /** What it is called once it is deployed; undefined for types whose names are not known to the tool. */
  readonly physical: Physical | undefined;
  /** An argument or attribute; undefined when it is absent. What is not known is text with holes. */
  attribute(name: string): Node | undefined;
  /** What `address.name` means elsewhere. */
  reference(name: string, span: Span): Node;
  /** The resource itself, with the attributes that others may ask for. */
  whole(span: Span): Node;
}
