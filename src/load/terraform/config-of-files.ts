import type { ModuleCall, ModuleConfig, ResourceConfig } from './config.ts';
import { resourceKey } from './config.ts';
import type { Block, Body, Expression } from './hcl/syntax.ts';

/** The module that the files of a folder make together. */
export function configOfFiles(folder: string, files: readonly Body[]): ModuleConfig {
  const resources = new Map<string, ResourceConfig>();
  const variables = new Map<string, Expression | undefined>();
  const locals = new Map<string, Expression>();
  const outputs = new Map<string, Expression>();
  const calls = new Map<string, ModuleCall>();
  const providers = new Map<string, Body>();
  const all = files.flatMap(({ blocks }) => blocks);
  for (const block of [...all.filter((each) => !isOverride(each)), ...all.filter(isOverride)]) {
    const [first, second] = block.labels;
    const argument = (name: string): Expression | undefined => block.body.attributes.get(name)?.value;
    if ((block.type === 'resource' || block.type === 'data') && first !== undefined && second !== undefined) {
      const mode = block.type === 'data' ? 'data' : 'managed';
      const key = resourceKey(mode, first, second);
      const read = resourceOf(block, mode, first, second);
      const known = resources.get(key);
      // Files called …_override.tf add to what others say; of two that say the same otherwise the first counts.
      if (!known) resources.set(key, read);
      else if (isOverride(block)) resources.set(key, overridden(known, read));
    } else if (block.type === 'variable' && first !== undefined) variables.set(first, argument('default'));
    else if (block.type === 'locals')
      for (const { name, value } of block.body.attributes.values()) locals.set(name, value);
    else if (block.type === 'output' && first !== undefined) {
      const value = argument('value');
      if (value) outputs.set(first, value);
    } else if (block.type === 'module' && first !== undefined) calls.set(first, callOf(block, first));
    else if (block.type === 'provider' && first !== undefined) {
      const alias = plainText(argument('alias'));
      const key = alias === undefined ? first : `${first}.${alias}`;
      const known = providers.get(key);
      providers.set(key, known ? overriddenBody(known, block.body) : block.body);
    }
  }
  return { folder, resources, variables, locals, outputs, calls, providers };
}

/** https://developer.hashicorp.com/terraform/language/files/override */
function isOverride({ span }: Block): boolean {
  return /(?:^|\/|_)override\.tf$/.test(span.document.path);
}

function overridden(known: ResourceConfig, by: ResourceConfig): ResourceConfig {
  return {
    ...known,
    body: overriddenBody(known.body, by.body),
    count: by.count ?? known.count,
    forEach: by.forEach ?? known.forEach,
    provider: by.provider ?? known.provider,
  };
}

function overriddenBody(known: Body, by: Body): Body {
  const types = new Set(by.blocks.map(({ type }) => type));
  return {
    attributes: new Map([...known.attributes, ...by.attributes]),
    blocks: [...known.blocks.filter(({ type }) => !types.has(type)), ...by.blocks],
  };
}

/** Arguments that say how often and by whom, not what. */
const meta: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'source',
  'version',
]);

function resourceOf(block: Block, mode: ResourceConfig['mode'], type: string, name: string): ResourceConfig {
  const { attributes, blocks } = block.body;
  return {
    mode,
    type,
    name,
    body: {
      attributes: new Map(
        [...attributes].filter(([key]) => !['count', 'for_each', 'provider', 'depends_on'].includes(key)),
      ),
      blocks: blocks.filter((each) => !/^(?:lifecycle|provisioner|connection|timeouts)$/.test(each.type)),
    },
    count: attributes.get('count')?.value,
    forEach: attributes.get('for_each')?.value,
    provider: pathText(attributes.get('provider')?.value),
    span: block.span,
    head: block.head,
  };
}

function callOf(block: Block, name: string): ModuleCall {
  const { attributes } = block.body;
  const given = attributes.get('providers')?.value;
  const providers = new Map<string, string>();
  for (const { key, value } of given?.kind === 'object' ? given.members : []) {
    const [inner, outer] = [pathText(key), pathText(value)];
    if (inner !== undefined && outer !== undefined) providers.set(inner, outer);
  }
  return {
    name,
    source: plainText(attributes.get('source')?.value),
    inputs: new Map(
      [...attributes].flatMap(([key, { value }]) =>
        meta.has(key) || key === 'providers' ? [] : [[key, value] as const],
      ),
    ),
    count: attributes.get('count')?.value,
    forEach: attributes.get('for_each')?.value,
    providers,
    span: block.head,
  };
}

/** A text without anything put in. */
function plainText(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'template') return undefined;
  const texts = expression.parts.map((part) => (part.kind === 'text' ? part.value : undefined));
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** `aws.west` as an expression, or as a text. */
function pathText(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'name') return expression.name;
  if (expression?.kind === 'value')
    return expression.node.kind === 'string' ? expression.node.value : undefined;
  if (expression?.kind !== 'attribute') return plainText(expression);
  const of = pathText(expression.of);
  return of === undefined ? undefined : `${of}.${expression.name}`;
}
