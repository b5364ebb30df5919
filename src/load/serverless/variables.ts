import { posix } from 'node:path';
import { hole, printHoles } from '../../json/holes.ts';
import { type Node, nodeAt } from '../../json/node.ts';
import { scalarText, textNode } from '../cloudformation/values.ts';

/** A variable without another one inside: `${self:custom.stage}`, `${opt:stage, 'dev'}`, `${file(x.yml):key}`. */
const variable = /\$\{([a-z][A-Za-z0-9-]*(?:\([^(){}]*\))?(?::(?!:)[^${}]*|,[^${}]*)?)\}/;
const sources = /^(?:self|opt|env|file|param|sls|cf|ssm|s3|aws|git|terraform|doppler|vault)\b/;

const maxDepth = 20;

/**
 * Replaces the variables of the Serverless Framework: those that point into the service's own files and those with
 * a default by what they give, all others by unknown text that is the same wherever the variable stands.
 *
 * https://www.serverless.com/framework/docs/guides/variables
 */
export class ServerlessVariables {
  /** Variables that stay unknown. */
  readonly unknown = new Set<string>();
  private readonly root: Node;
  private readonly folder: string;
  private readonly fileAt: (path: string) => Node | undefined;
  private work = 1_000_000;

  constructor(root: Node, path: string, fileAt: (path: string) => Node | undefined) {
    this.root = root;
    this.folder = posix.dirname(path);
    this.fileAt = fileAt;
  }

  replace(node: Node, depth = 0): Node {
    if (--this.work < 0) return node;
    switch (node.kind) {
      case 'array':
        return { ...node, items: node.items.map((item) => this.replace(item, depth)) };
      case 'object':
        return {
          ...node,
          members: node.members.map((item) => ({ ...item, value: this.replace(item.value, depth) })),
        };
      case 'string':
        return node.value.includes('${') ? this.text(node, depth) : node;
      default:
        return node;
    }
  }

  private text(node: Node & { kind: 'string' }, depth: number): Node {
    let text = node.value;
    for (let round = 0; round < 50; round++) {
      const match = variable.exec(text);
      if (!match || !sources.test(match[1]!)) return text === node.value ? node : textNode(text, node.span);
      const value = this.value(match[1]!, depth);
      if (match[0] === text.trim() && value)
        return value.kind === 'string' ? textNode(value.value, node.span) : value;
      const shown = scalarText(value) ?? this.unknownText(match[1]!);
      text = text.slice(0, match.index) + shown + text.slice(match.index + match[0].length);
    }
    return textNode(text, node.span);
  }

  /** The first alternative that is known; undefined when none is. */
  private value(written: string, depth: number): Node | undefined {
    if (depth >= maxDepth) return undefined;
    for (const alternative of split(written)) {
      const found = this.alternative(alternative, depth);
      if (found) return this.replace(found, depth + 1);
    }
    return undefined;
  }

  private alternative(text: string, depth: number): Node | undefined {
    const literal =
      /^(['"])(.*)\1$/.exec(text)?.[2] ?? (/^(?:true|false|[0-9.]+)$/.test(text) ? text : undefined);
    if (literal !== undefined) return textNode(literal, this.root.span);
    const own = /^self:(.*)$/.exec(text)?.[1];
    if (own !== undefined) return this.at(this.root, own, depth);
    const told = this.told(text, depth);
    if (told) return told;
    const file = /^file\(([^)]*)\)(?::(.*))?$/.exec(text);
    const read = file && this.fileAt(posix.normalize(posix.join(this.folder, file[1]!.trim())));
    return read ? this.at(read, file[2] ?? '', depth) : undefined;
  }

  /** What the service says of itself under other names, and what templates resolve as well. */
  private told(text: string, depth: number): Node | undefined {
    const [, source, name = ''] = /^(param|sls|aws|ssm):(.*)$/.exec(text) ?? [];
    const { span } = this.root;
    switch (source) {
      case 'param': {
        const stage = scalarText(this.stage(depth)) ?? '';
        return (
          this.at(this.root, `params.${stage}.${name}`, depth) ??
          this.at(this.root, `params.default.${name}`, depth)
        );
      }
      case 'sls':
        return name === 'stage' ? this.stage(depth) : undefined;
      case 'aws':
        if (name === 'region') return this.at(this.root, 'provider.region', depth);
        return name === 'accountId' ? textNode(hole('AWS::AccountId'), span) : undefined;
      case 'ssm':
        // Of secrets nothing is known; a path may be that of a parameter that another file declares.
        return /^\/[\w./-]+$/.test(name) ? textNode(`{{resolve:ssm:${name}}}`, span) : undefined;
      default:
        return undefined;
    }
  }

  private stage(depth: number): Node {
    const given = this.at(this.root, 'provider.stage', depth);
    return given ? this.replace(given, depth + 1) : textNode('dev', this.root.span);
  }

  /** A path may lead through a variable: `self:custom.tables` where `custom` is `${file(…)}`. */
  private at(root: Node, path: string, depth: number): Node | undefined {
    let node: Node | undefined = root;
    for (const key of path.split('.').filter((part) => part !== '')) {
      if (node?.kind === 'string') node = this.replace(node, depth + 1);
      node = nodeAt(node, key);
    }
    return node?.kind === 'null' ? undefined : node;
  }

  private unknownText(written: string): string {
    this.unknown.add(written);
    return hole(`sls ${printHoles(written)}`);
  }
}

/** Alternatives are divided by commas that stand outside of quotes and parentheses. */
function split(text: string): string[] {
  const parts = text.match(/(?:'[^']*'|"[^"]*"|\([^)]*\)|[^,])+/g) ?? [text];
  return parts.map((part) => part.trim());
}
