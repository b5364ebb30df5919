import type { Below, ClassValue, Scope, Value } from './values.ts';

/** A value a function returns, and what is known of the received depth there. */
export interface Returned {
  readonly value: Value;
  readonly below: Below | undefined;
}

/** Where something is evaluated. */
export interface Frame {
  readonly scope: Scope;
  readonly self: Value | undefined;
  /** The path of its file. */
  readonly module: string;
  readonly python: boolean;
  readonly returned: Returned[];
  /** What holds of the received depth when the function ends without an exception. */
  readonly ensured: { below?: Below };
  /** What a generator gave. */
  readonly yielded: Value[];
  /** The class whose method runs. */
  readonly home?: ClassValue;
}

/** What an evaluation asks of its surroundings, and tells them. */
export interface Surroundings {
  /** The value of a module by what an import says: a module of the project, or a native one. */
  imported(from: string, importer: string, python: boolean): Value;
  /** A name of a module of the project. */
  exported(module: string, name: string): Value;
  environment(name: string): Value;
  /** PutEvents is called with this input. */
  publishes(input: Value, at: number, end: number, module: string): void;
  /** Something native is called or created: `npm:@aws-sdk/client-bedrock-runtime.InvokeModelCommand`. */
  uses(path: string): void;
  /** A call of which nobody knows where it goes. */
  lost(at: number, module: string): void;
  /** An export of the module that is being run. */
  exports(module: string, name: string, value: () => Value): void;
  reexports(module: string, from: string, imported: string, local: string): void;
}

/** `super`, of the class that the method which runs is written in. */
export function superOf({ self = [], home }: Frame): Value {
  return [{ kind: 'native', path: 'super', of: self, ...(home ? { home } : {}) }];
}

/** Where a function, a class's fields or a module begin. */
export function frameOf(scope: Scope, module: string, self?: Value, home?: ClassValue): Frame {
  return {
    scope,
    self,
    module,
    python: module.endsWith('.py'),
    returned: [],
    yielded: [],
    ensured: {},
    ...(home ? { home } : {}),
  };
}
