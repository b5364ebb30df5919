import type { Picture, PictureEdge, PictureNode } from './picture.ts';
import { textWidth } from './text-width.ts';

/** A picture with places, in pixels from the top left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly clusters: readonly (Box & { readonly bus: string })[];
  readonly nodes: readonly (Box & { readonly node: PictureNode })[];
  readonly edges: readonly PlacedEdge[];
}

/** By its middle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: PictureEdge;
  /** From the border of one node to that of the other. */
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label?: Point;
}

export const fontSize = { node: 12, edge: 10, bus: 12 } as const;
export const lineHeight = 15;

const MARGIN = 16;
const PADDING = 14;
/** The room for the name of a bus. */
const HEADING = 32;
const GAP = 24;
const BESIDE = 90;
/** Nodes of a frame beyond which their order is found in the quick way. */
const LARGE = 400;

/** What is used of the package `@dagrejs/dagre`. */
export type Dagre = typeof import('@dagrejs/dagre');

/** The package that lays out, if it is installed: it is optional, and loaded only for a drawing. */
export async function importDagre(): Promise<Dagre | undefined> {
  try {
    return await import('@dagrejs/dagre');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Places each bus in a frame of its own, events from left to right in the order in which they lead to each other, the
 * frames below each other. A component stands in the frame of the bus that it has most to do with, or beside them.
 */
export function layOut(picture: Picture, dagre: Dagre): Layout {
  const groups = groupsOf(picture);
  const places = new Map<string, Box>();
  const edges = new Map<PictureEdge, PlacedEdge>();
  const clusters: (Box & { bus: string })[] = [];
  let [width, bottom] = [0, MARGIN];
  const place = (group: Picture, left: number, top: number): { width: number; height: number } => {
    const part = layOutGroup(group, dagre);
    for (const { node, ...box } of part.nodes) places.set(node.key, moved(box, left, top));
    for (const { edge, points, label } of part.edges) {
      const at = label ? { label: moved(label, left, top) } : {};
      edges.set(edge, { edge, points: points.map((point) => moved(point, left, top)), ...at });
    }
    return part;
  };
  for (const [bus, group] of groups) {
    if (bus === undefined) continue;
    const part = place(group, MARGIN + PADDING, bottom + HEADING);
    const size = { width: part.width + 2 * PADDING, height: part.height + HEADING + PADDING };
    clusters.push({ bus, x: MARGIN + size.width / 2, y: bottom + size.height / 2, ...size });
    width = Math.max(width, MARGIN + size.width);
    bottom += size.height + GAP;
  }
  const shared = groups.get(undefined);
  if (shared) {
    const left = width === 0 ? MARGIN : width + BESIDE;
    const part = place(shared, left, MARGIN + HEADING);
    width = left + part.width;
    bottom = Math.max(bottom, MARGIN + HEADING + part.height + GAP);
  }
  return {
    width: Math.ceil(width + MARGIN),
    height: Math.ceil(bottom - GAP + MARGIN),
    clusters,
    nodes: picture.nodes.map((node) => ({ node, ...places.get(node.key)! })),
    edges: picture.edges.map((edge) => edges.get(edge) ?? across(edge, places)),
  };
}

/** Nodes and edges by the bus whose frame they stand in; undefined: they belong to none. */
function groupsOf({ nodes, edges }: Picture): ReadonlyMap<string | undefined, Picture> {
  const busOf = new Map(nodes.map(({ key, bus }) => [key, bus]));
  const near = new Map<string, Map<string, number>>();
  for (const { from, to } of edges) {
    for (const [key, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const bus = busOf.get(other);
      const counts = near.get(key) ?? new Map<string, number>();
      near.set(key, counts);
      if (bus !== undefined) counts.set(bus, (counts.get(bus) ?? 0) + 1);
    }
  }
  const groupOf = (key: string): string | undefined =>
    busOf.get(key) ?? [...(near.get(key) ?? [])].sort(([, a], [, b]) => b - a)[0]?.[0];
  const groups = new Map<string | undefined, { nodes: PictureNode[]; edges: PictureEdge[] }>();
  for (const node of nodes) {
    const bus = groupOf(node.key);
    const group = groups.get(bus) ?? { nodes: [], edges: [] };
    groups.set(bus, group);
    group.nodes.push(node);
  }
  for (const edge of edges) {
    const bus = groupOf(edge.from);
    if (bus === groupOf(edge.to)) groups.get(bus)!.edges.push(edge);
  }
  return groups;
}

function layOutGroup({ nodes, edges }: Picture, { Graph, layout }: Dagre) {
  const graph = new Graph();
  const ranker = nodes.length > LARGE ? 'tight-tree' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 36, edgesep: 10, ranker });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Map(nodes.map(({ key }, i) => [key, `n${i}`]));
  for (const node of nodes) graph.setNode(ids.get(node.key)!, sizeOf(node));
  for (const { from, to, label } of edges) {
    const width = label === undefined ? 0 : textWidth(label, fontSize.edge) + 8;
    const size = { width, height: label === undefined ? 0 : fontSize.edge + 4, labelpos: 'c' };
    graph.setEdge(ids.get(from)!, ids.get(to)!, size);
  }
  layout(graph);
  const { width, height } = graph.graph() as unknown as Box;
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const placed = graph.node(ids.get(node.key)!) as unknown as Box;
      return { node, x: placed.x, y: placed.y, width: placed.width, height: placed.height };
    }),
    edges: edges.map((edge): PlacedEdge => {
      const placed = graph.edge(ids.get(edge.from)!, ids.get(edge.to)!) as unknown as Point & {
        points: Point[];
      };
      return {
        edge,
        points: placed.points,
        ...(edge.label === undefined ? {} : { label: { x: placed.x, y: placed.y } }),
      };
    }),
  };
}

/** An edge from one frame to another: from side to side. */
function across(edge: PictureEdge, places: ReadonlyMap<string, Box>): PlacedEdge {
  const [from, to] = [places.get(edge.from)!, places.get(edge.to)!];
  const right = to.x >= from.x ? 1 : -1;
  const start = { x: from.x + (right * from.width) / 2, y: from.y };
  const end = { x: to.x - (right * to.width) / 2, y: to.y };
  const middle = (start.x + end.x) / 2;
  const points = [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
  return {
    edge,
    points,
    ...(edge.label === undefined ? {} : { label: { x: middle, y: (start.y + end.y) / 2 } }),
  };
}

function moved<T extends Point>(point: T, right: number, down: number): T {
  return { ...point, x: point.x + right, y: point.y + down };
}

function sizeOf({ label, kind }: PictureNode): { width: number; height: number } {
  const widest = Math.max(...label.map((line) => textWidth(line, fontSize.node)));
  return { width: Math.ceil(widest + (kind === 'rule' ? 20 : 30)), height: label.length * lineHeight + 12 };
}
