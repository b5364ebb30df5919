import { Collector, type Diagnostic, finding, type Outcome, outcome } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../json/document.ts';
import { itemsOf, membersOf, type Node, nodeAt, textOf, valueOf } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import {
  type ApiItem,
  type GlobalList,
  globalLists,
  type RegionList,
  type RegionSnapshot,
  regionLists,
  type Snapshot,
  type StackName,
  snapshotKey,
  snapshotVersion,
  type Unseen,
} from './snapshot.ts';

/**
 * Reads a saved snapshot. What is not in its form is a finding at its place in the file, and is left out; a file that is no
 * snapshot of this version has no value.
 */
export function readSnapshot(document: Document): Outcome<Snapshot | undefined> {
  const collector = new Collector();
  const root = collector.take(parseData(document));
  if (!root) return outcome(undefined, collector.diagnostics);
  const version = nodeAt(root, snapshotKey);
  if (version?.kind !== 'number' || version.value !== snapshotVersion) {
    const found = version ? JSON.stringify(valueOf(version)) : 'none';
    const params = { found, known: String(snapshotVersion) };
    collector.add(finding('snapshot/version', params, { span: (version ?? root).span }));
    return outcome(undefined, collector.diagnostics);
  }
  const reader = new SnapshotReader(collector);
  return outcome(reader.snapshot(root), collector.diagnostics);
}

class SnapshotReader {
  private readonly collector: Collector;

  constructor(collector: Collector) {
    this.collector = collector;
  }

  snapshot(root: Node): Snapshot {
    const account = this.text(root, 'account', /^[0-9]{12}$/, 'an account id of twelve digits');
    return {
      [snapshotKey]: snapshotVersion,
      takenAt: textOf(nodeAt(root, 'takenAt')) ?? '',
      account: account ?? '000000000000',
      regions: this.list(root, 'regions', '').map(({ node, where }) => this.region(node, where)),
      ...this.lists(root, globalLists, ''),
      unseen: this.list(root, 'unseen', '', false).flatMap(({ node }) => unseenOf(node) ?? []),
    };
  }

  private region(node: Node, where: string): RegionSnapshot {
    const region = this.text(node, 'region', /^[a-z0-9-]+$/, 'the name of a Region', where);
    return { region: region ?? 'unknown', names: this.names(node), ...this.lists(node, regionLists, where) };
  }

  private lists<L extends RegionList | GlobalList>(
    node: Node,
    names: readonly L[],
    where: string,
  ): Record<L, ApiItem[]> {
    const lists = names.map((name) => {
      const items = this.list(node, name, where, false);
      return [name, items.map(({ node: item }) => valueOf(item) as ApiItem)] as const;
    });
    return Object.fromEntries(lists) as Record<L, ApiItem[]>;
  }

  /** The items of a list that are objects. */
  private list(node: Node, key: string, within: string, needed = true): { node: Node; where: string }[] {
    const where = within === '' ? key : `${within}.${key}`;
    const value = nodeAt(node, key);
    if (!value) {
      if (needed) this.refuse(node, where, 'a list');
      return [];
    }
    if (value.kind !== 'array') this.refuse(value, where, 'a list');
    return itemsOf(value).flatMap((item, index) => {
      if (item.kind === 'object') return [{ node: item, where: `${where}[${index}]` }];
      this.refuse(item, `${where}[${index}]`, 'an object');
      return [];
    });
  }

  private text(node: Node, key: string, form: RegExp, expected: string, within = ''): string | undefined {
    const value = nodeAt(node, key);
    const text = textOf(value);
    if (text !== undefined && form.test(text)) return text;
    this.refuse(value ?? node, within === '' ? key : `${within}.${key}`, expected);
    return undefined;
  }

  private names(node: Node): Record<string, StackName> {
    const entries = membersOf(nodeAt(node, 'names')).flatMap(({ key, value }): [string, StackName][] => {
      const logicalId = textOf(nodeAt(value, 'logicalId'));
      const stack = textOf(nodeAt(value, 'stack'));
      return logicalId ? [[key, { logicalId, ...(stack === undefined ? {} : { stack }) }]] : [];
    });
    return Object.fromEntries(entries);
  }

  private refuse(node: Node, where: string, expected: string): void {
    const found = node.kind === 'null' ? 'nothing' : node.kind === 'string' ? 'a text' : `a ${node.kind}`;
    this.collector.add(finding('snapshot/shape', { where, expected, found }, { span: node.span }));
  }
}

const reasons: readonly Unseen['reason'][] = ['not-permitted', 'no-client', 'failed', 'limit'];

function unseenOf(node: Node): Unseen | undefined {
  const reason = reasons.find((each) => each === textOf(nodeAt(node, 'reason')));
  const what = textOf(nodeAt(node, 'what'));
  const effect = textOf(nodeAt(node, 'effect'));
  const problem = textOf(nodeAt(node, 'problem'));
  const count = nodeAt(node, 'count');
  if (!reason || what === undefined || effect === undefined) return undefined;
  return {
    reason,
    what,
    effect,
    count: count?.kind === 'number' ? count.value : 1,
    regions: itemsOf(nodeAt(node, 'regions')).flatMap((each) => textOf(each) ?? []),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** What could not be looked at, as findings: each missing permission once. */
export function unseenFindings(unseen: readonly Unseen[]): Diagnostic[] {
  return unseen.map(({ reason, what, effect, regions, problem }) => {
    const params = { what, effect, regions: regions.join(', '), problem: problem ?? '' };
    switch (reason) {
      case 'not-permitted':
        return finding('account/not-permitted', params, { identity: what });
      case 'no-client':
        return finding('account/no-client', params, { identity: what });
      case 'limit':
        return finding('account/left-out', params, { identity: what });
      default:
        return finding('account/call-failed', params, { identity: what });
    }
  });
}
