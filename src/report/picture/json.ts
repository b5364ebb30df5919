import { printHoles } from '../../json/holes.ts';
import type { JsonObject } from '../../json/value.ts';
import type { Picture } from './picture.ts';

/** A picture as JSON text, for other tools to draw. Keys are stable between runs; texts that are not known are `${name}`. */
export function printPictureJson({ nodes, edges }: Picture, version: string): string {
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    nodes: nodes.map(({ key, kind, label, bus, loop }) => ({
      key,
      kind,
      label: [...label],
      ...(bus === undefined ? {} : { bus }),
      ...(loop === undefined ? {} : { loop }),
    })),
    edges: edges.map(({ from, to, certainty, label, loop }) => ({
      from,
      to,
      certainty,
      ...(label === undefined ? {} : { label }),
      ...(loop === undefined ? {} : { loop }),
    })),
  };
  return `${printHoles(JSON.stringify(value, undefined, 2))}\n`;
}
