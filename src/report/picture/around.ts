import type { Picture, PictureEdge } from './picture.ts';

/**
 * The part of a picture around some of its nodes: what leads to them from the last events before, and what they lead
 * to up to the next ones.
 */
export function around(picture: Picture, keys: ReadonlySet<string>): Picture {
  const kinds = new Map(picture.nodes.map(({ key, kind }) => [key, kind]));
  const isEvent = (key: string): boolean => kinds.get(key) === 'event';
  const forward = reach(picture.edges, keys, isEvent, ({ from, to }) => [from, to]);
  const backward = reach(picture.edges, keys, isEvent, ({ from, to }) => [to, from]);
  const edges = picture.edges.filter((edge) => forward.has(edge) || backward.has(edge));
  const shown = new Set([...keys, ...edges.flatMap(({ from, to }) => [from, to])]);
  return { nodes: picture.nodes.filter(({ key }) => shown.has(key)), edges };
}

/** Edges on the way from the given nodes, as far as the next event. */
function reach(
  edges: readonly PictureEdge[],
  starts: ReadonlySet<string>,
  isEnd: (key: string) => boolean,
  ends: (edge: PictureEdge) => readonly [near: string, far: string],
): Set<PictureEdge> {
  const leaving = new Map<string, PictureEdge[]>();
  for (const edge of edges) {
    const [near] = ends(edge);
    const list = leaving.get(near);
    if (list) list.push(edge);
    else leaving.set(near, [edge]);
  }
  const found = new Set<PictureEdge>();
  const seen = new Set(starts);
  const open = [...starts];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const edge of leaving.get(key) ?? []) {
      found.add(edge);
      const [, far] = ends(edge);
      if (seen.has(far)) continue;
      seen.add(far);
      if (!isEnd(far)) open.push(far);
    }
  }
  return found;
}
