import type { Units } from './skip.ts';

/** A field that is not asked about; fields that are have slots from 0 up. */
export const NO_SLOT = -1;

/** Children of one length beyond which a map is quicker than comparing with each of them. */
const FEW = 4;

/**
 * The paths that patterns ask about, as a tree of field names. A path is cut at its dots: `a.b` is the same path
 * whether an event nests it or spells it in one name.
 */
export class Wanted {
  readonly name: string;
  /** Where the values found here are collected, if the path is asked about itself. */
  slot = NO_SLOT;
  private readonly parent: Wanted | undefined;
  private readonly units: Units;
  private readonly children = new Map<string, Wanted>();
  /** The children by length of name: most names of an event are told apart by that alone. */
  private readonly byLength: Wanted[][] = [];

  constructor(name = '', parent?: Wanted) {
    this.name = name;
    this.parent = parent;
    this.units = Uint16Array.from({ length: name.length }, (_, i) => name.charCodeAt(i));
  }

  /** The number of names asked about inside an object at this place. */
  get size(): number {
    return this.children.size;
  }

  /** The node of a path below this one, made if it is not there. */
  reach(path: string): Wanted {
    let node: Wanted = this;
    for (const name of path.split('.')) node = node.children.get(name) ?? node.addChild(name);
    return node;
  }

  private addChild(name: string): Wanted {
    const child = new Wanted(name, this);
    this.children.set(name, child);
    while (this.byLength.length <= name.length) this.byLength.push([]);
    this.byLength[name.length]!.push(child);
    return child;
  }

  /** Ends the interest in this path, and cuts off the part of the tree that led only here. */
  forget(): void {
    this.slot = NO_SLOT;
    let node: Wanted = this;
    while (node.parent && node.slot === NO_SLOT && node.children.size === 0) {
      const { parent, name } = node;
      parent.children.delete(name);
      const peers = parent.byLength[name.length]!;
      peers.splice(peers.indexOf(node), 1);
      node = parent;
    }
  }

  /** The child that a name of an event leads to. The name may hold dots, and then leads further down. */
  child(name: string): Wanted | undefined {
    const direct = this.children.get(name);
    if (direct || !name.includes('.')) return direct;
    let node: Wanted | undefined = this;
    for (const part of name.split('.')) node = node?.children.get(part);
    return node;
  }

  /** The same for a name without dots and escapes that stands in a text between two indexes. */
  childAt(units: Units, start: number, end: number, text: string): Wanted | undefined {
    const peers = this.byLength[end - start];
    if (peers === undefined || peers.length === 0) return undefined;
    if (peers.length > FEW) return this.children.get(text.slice(start, end));
    for (let i = 0; i < peers.length; i++) {
      const peer = peers[i]!;
      if (sameUnits(units, start, peer.units)) return peer;
    }
    return undefined;
  }
}

function sameUnits(units: Units, start: number, name: Units): boolean {
  for (let i = name.length - 1; i >= 0; i--) if (units[start + i] !== name[i]) return false;
  return true;
}
