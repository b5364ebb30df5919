import { posix } from 'node:path';
import type { Span } from '../../json/document.ts';
import { hole, printHoles } from '../../json/holes.ts';
import type { Node } from '../../json/node.ts';
import { textNode } from '../cloudformation/values.ts';
import type { ModuleCall, ModuleConfig } from './config.ts';
import { evaluate } from './hcl/evaluate.ts';
import type { Names, Step } from './hcl/names.ts';
import { listNode, objectOf, usedAt } from './hcl/nodes.ts';
import type { Expression } from './hcl/syntax.ts';
import type { Instance, Key, Module, Own, World } from './model.ts';
import { referenced } from './references.ts';
import { keysOf } from './written.ts';

/** One instance of a module: what its variables are given, and what its names mean. */
export class ModuleInstance implements Module {
  readonly world: World;
  readonly address: string;
  readonly config: ModuleConfig | undefined;
  readonly parent: Module | undefined;
  readonly call: ModuleCall | undefined;
  readonly key: Key | undefined;
  private readonly busy = new Set<string>();
  private readonly known = new Map<string, Node | undefined>();

  constructor(
    world: World,
    address: string,
    config: ModuleConfig | undefined,
    from?: { readonly parent: Module; readonly call: ModuleCall | undefined; readonly key: Key | undefined },
  ) {
    this.world = world;
    this.address = address;
    this.config = config;
    this.parent = from?.parent;
    this.call = from?.call;
    this.key = from?.key;
  }

  evaluate(expression: Expression, own?: Own): Node {
    return evaluate(expression, this.names(own));
  }

  names(own: Own | undefined): Names {
    return {
      lookUp: (root, steps, span) => this.lookUp(root, steps, span, own),
      referenced: (to, span) => referenced(to, span, this, own),
      unknown: (text, span) => this.unknown(text, span, own),
      file: (path) => this.world.file(path),
      spend: (steps) => this.world.spend(steps),
    };
  }

  /** What a plan cannot tell is the same wherever it stands: what depends on an instance is its own. */
  unknown(text: string, span: Span, own?: Own): Node {
    const shared = /^(?:var|local|module|data|path|terraform)\.[\w.-]+$/.test(text) || !own;
    const key = `${this.address === '' ? '' : `${this.address}.`}${printHoles(text)}`;
    const about = shared ? '' : ` of ${printHoles(own.address)}`;
    return textNode(hole(`${this.world.id}#${key}${about}`), span);
  }

  /** The instances of a module it calls. */
  children(name: string): readonly Module[] {
    const call = this.config?.calls.get(name);
    const keys = call ? keysOf(call, this) : undefined;
    return (keys ?? [undefined]).map((key) => this.world.child(this, name, key));
  }

  output(name: string, span: Span): Node | undefined {
    const expression = this.config?.outputs.get(name);
    return expression && this.once(`output.${name}`, span, () => this.evaluate(expression));
  }

  private lookUp(
    root: string,
    steps: readonly Step[],
    span: Span,
    own: Own | undefined,
  ): { readonly node: Node; readonly used: number } | undefined {
    const item = own?.items?.get(root);
    if (item) return { node: item, used: 0 };
    const [first, second] = steps;
    const one = (node: Node | undefined) => node && { node: usedAt(node, span), used: 1 };
    switch (root) {
      case 'var':
        return one(this.variable(String(first), span));
      case 'local':
        return one(this.local(String(first), span));
      case 'each':
      case 'count':
        return one(this.each(String(first), span, own));
      case 'path':
        return one(this.path(String(first), span));
      case 'self':
      case 'terraform':
        return undefined;
      case 'module':
        return this.moduleValue(steps, span, own);
      case 'data':
        return this.resource(`data.${first}.${second}`, steps, 2, span);
      default:
        return this.resource(`${root}.${first}`, steps, 1, span);
    }
  }

  private variable(name: string, span: Span): Node | undefined {
    return this.once(`var.${name}`, span, () => {
      const given = this.parent ? undefined : this.world.variables.get(name);
      if (given) return given;
      const input = this.call?.inputs.get(name);
      if (input && this.parent) return this.parent.evaluate(input, this.callOwn());
      // The root module's variables may be given at the command line; a default is what they are otherwise.
      const fallback = this.config?.variables.get(name);
      return fallback && this.evaluate(fallback);
    });
  }

  /** `each` and `count` in the arguments of a module call are those of the call. */
  private callOwn(): Own {
    return { address: this.address, key: this.key, forEach: this.call?.forEach };
  }

  private local(name: string, span: Span): Node | undefined {
    const expression = this.config?.locals.get(name);
    return expression && this.once(`local.${name}`, span, () => this.evaluate(expression));
  }

  private each(name: string, span: Span, own: Own | undefined): Node | undefined {
    if (!own || own.key === undefined) return undefined;
    if (name !== 'value') return textNode(String(own.key), span);
    const over = own.forEach && this.evaluate(own.forEach);
    if (over?.kind === 'array') return textNode(String(own.key), span);
    return over?.kind === 'object' ? over.members.find(({ key }) => key === own.key)?.value : undefined;
  }

  private path(name: string, span: Span): Node | undefined {
    if (name === 'root' || name === 'cwd') return textNode('.', span);
    const { folder } = this.config ?? {};
    if (name !== 'module' || folder === undefined) return undefined;
    return textNode(posix.relative(this.world.folder, folder) || '.', span);
  }

  private moduleValue(steps: readonly Step[], span: Span, own: Own | undefined) {
    const [name, second, third] = steps;
    const call = this.config?.calls.get(String(name));
    if (!call) return undefined;
    const keyed = call.count !== undefined || call.forEach !== undefined;
    const outputOf = (key: Key | undefined, output: Step | undefined) =>
      output === undefined
        ? undefined
        : this.world.child(this, String(name), key).output(String(output), span);
    if (!keyed) {
      const node = outputOf(undefined, second);
      return node && { node: usedAt(node, span), used: 2 };
    }
    if (third !== undefined) {
      const node = outputOf(second as Key, third);
      return node && { node: usedAt(node, span), used: 3 };
    }
    const keys = keysOf(call, this);
    // A plan tells `module.m` where `module.m[each.key].output` stands: the one of the same key is meant.
    if (
      second === undefined &&
      own?.key !== undefined &&
      keys?.includes(own.key) &&
      this.config?.folder === undefined
    )
      return undefined;
    const outputs = [...(this.world.child(this, String(name), keys?.[0]).config?.outputs.keys() ?? [])];
    const objects = keys?.map((key): [string, Node] => [
      String(key),
      objectOf(
        outputs.flatMap((output) => {
          const node = outputOf(key, output);
          return node ? [[output, node] as const] : [];
        }),
        span,
      ),
    ]);
    if (!objects) return undefined;
    const node =
      call.count === undefined
        ? objectOf(objects, span)
        : listNode(
            objects.map(([, object]) => object),
            span,
          );
    return { node, used: 1 };
  }

  /** `T.n`, then perhaps a key, then an attribute. `named`: how many of the steps are the name. */
  private resource(key: string, steps: readonly Step[], named: number, span: Span) {
    const instances = this.world.instances(this, key);
    if (instances.length === 0) return undefined;
    const [step, attribute] = steps.slice(named);
    const several = instances.some((each) => each.key !== undefined);
    if (!several) {
      const [only] = instances;
      // A resource whose `count` is not known stands for its first instance.
      const zero = step === 0 || step === '0';
      const wanted = zero && only!.conditional ? attribute : step;
      if (wanted === undefined) return { node: only!.whole(span), used: named + (zero ? 1 : 0) };
      const node = only!.reference(String(wanted), span);
      return { node, used: named + (wanted === step ? 1 : 2) };
    }
    const chosen = instances.find((each) => String(each.key) === String(step));
    if (chosen && step !== undefined) {
      if (attribute === undefined) return { node: chosen.whole(span), used: named + 1 };
      return { node: chosen.reference(String(attribute), span), used: named + 2 };
    }
    if (step !== undefined) return undefined;
    return { node: wholeOf(instances, span), used: named };
  }

  /** A value that must not need itself. */
  private once(key: string, span: Span, read: () => Node | undefined): Node | undefined {
    if (this.known.has(key)) return this.known.get(key);
    if (this.busy.has(key) || this.world.depth > 200) return this.unknown(key, span);
    this.busy.add(key);
    this.world.depth++;
    try {
      const node = read();
      this.known.set(key, node);
      return node;
    } finally {
      this.world.depth--;
      this.busy.delete(key);
    }
  }
}

function wholeOf(instances: readonly Instance[], span: Span): Node {
  if (instances.every(({ key }) => typeof key === 'number'))
    return listNode(
      instances.map((each) => each.whole(span)),
      span,
    );
  return objectOf(
    instances.map((each) => [String(each.key), each.whole(span)] as const),
    span,
  );
}
