import type { LoopVerdict } from '../../graph/loop.ts';

/** A drawing of events, rules and components, before it becomes a diagram language. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

export type PictureNodeKind = 'event' | 'rule' | 'component';

export interface PictureNode {
  /** The same for the same thing; of any characters. */
  readonly key: string;
  readonly kind: PictureNodeKind;
  /** One or two lines. */
  readonly label: readonly string[];
  /** The bus it is drawn in; components stand outside. */
  readonly bus?: string;
  /** The worst of the loops through it. */
  readonly loop?: LoopKind;
}

/** sure: it happens. perhaps: nobody knows. never: something stops it. */
export type Certainty = 'sure' | 'perhaps' | 'never';

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly certainty: Certainty;
  /** Evidence and verdict, in a few words. */
  readonly label?: string;
  readonly loop?: LoopKind;
}

export type LoopKind = LoopVerdict['kind'];

const worstFirst: readonly LoopKind[] = ['endless', 'possible', 'bounded', 'refuted'];

/** The more alarming of two verdicts. */
export function worse(a: LoopKind | undefined, b: LoopKind | undefined): LoopKind | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return worstFirst.indexOf(a) <= worstFirst.indexOf(b) ? a : b;
}

/** Collects nodes and edges; what is met twice is kept once, with the worse of its loops. */
export class PictureBuilder {
  private readonly nodes = new Map<string, PictureNode>();
  private readonly edges = new Map<string, PictureEdge>();

  node(node: PictureNode): string {
    const known = this.nodes.get(node.key);
    const loop = worse(known?.loop, node.loop);
    this.nodes.set(node.key, { ...(known ?? node), ...(loop ? { loop } : {}) });
    return node.key;
  }

  edge(edge: PictureEdge): void {
    const key = JSON.stringify([edge.from, edge.to]);
    const known = this.edges.get(key);
    this.edges.set(key, known ? merged(known, edge) : edge);
  }

  build(): Picture {
    return { nodes: [...this.nodes.values()], edges: [...this.edges.values()] };
  }
}

const stoppedFirst: readonly Certainty[] = ['never', 'perhaps', 'sure'];

/**
 * Two edges between the same nodes: the one of the worse loop is drawn. Of two alike, the one that says where it is
 * stopped; but what happens outside of a loop that is stopped, happens.
 */
function merged(a: PictureEdge, b: PictureEdge): PictureEdge {
  const loop = worse(a.loop, b.loop);
  const [first, second] = a.loop === loop ? [a, b] : [b, a];
  const label = first.label ?? second.label;
  return {
    ...first,
    certainty: certaintyOf(first, second),
    ...(label === undefined ? {} : { label }),
  };
}

function certaintyOf(first: PictureEdge, second: PictureEdge): Certainty {
  if (first.loop !== undefined && second.loop !== undefined && first.loop !== second.loop)
    return first.certainty;
  const sureFirst = first.loop !== second.loop;
  const both = [first.certainty, second.certainty].sort(
    (x, y) => stoppedFirst.indexOf(x) - stoppedFirst.indexOf(y),
  );
  return both[sureFirst ? 1 : 0]!;
}
