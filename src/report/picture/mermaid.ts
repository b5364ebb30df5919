import { printHoles } from '../../json/holes.ts';
import { loopColors } from './colors.ts';
import type { Certainty, LoopKind, Picture, PictureNode, PictureNodeKind } from './picture.ts';

/** What Mermaid draws without further settings; beyond, it shows an error instead of the picture. */
export const mermaidLimits = { edges: 500, characters: 50_000 } as const;

const shapes: Readonly<Record<PictureNodeKind, readonly [open: string, close: string]>> = {
  event: ['([', '])'],
  rule: ['[', ']'],
  component: ['[[', ']]'],
};

const arrows: Readonly<Record<Certainty, string>> = { sure: '-->', perhaps: '-.->', never: '-.-x' };

/** A picture as a Mermaid flowchart, one subgraph a bus. Linear in the size of the picture. */
export function printMermaid({ nodes, edges }: Picture): string {
  const ids = new Map(nodes.map(({ key }, i) => [key, `n${i}`]));
  const buses = [...new Set(nodes.flatMap(({ bus }) => (bus === undefined ? [] : [bus])))];
  const lines = ['flowchart LR'];
  for (const [i, bus] of buses.entries()) {
    lines.push(`  subgraph bus${i}["${escape(`bus ${printHoles(bus)}`)}"]`);
    for (const node of nodes) if (node.bus === bus) lines.push(`    ${nodeLine(node, ids)}`);
    lines.push('  end');
  }
  for (const node of nodes) if (node.bus === undefined) lines.push(`  ${nodeLine(node, ids)}`);
  for (const { from, to, certainty, label } of edges) {
    const text = label === undefined ? '' : `|"${escape(label)}"|`;
    lines.push(`  ${ids.get(from)} ${arrows[certainty]}${text} ${ids.get(to)}`);
  }
  if (nodes.length === 0) lines.push('  n0["nothing to show"]');
  return `${[...lines, ...styleLines({ nodes, edges }, ids)].join('\n')}\n`;
}

function nodeLine({ key, kind, label }: PictureNode, ids: ReadonlyMap<string, string>): string {
  const [open, close] = shapes[kind];
  return `${ids.get(key)}${open}"${label.map(escape).join('<br/>')}"${close}`;
}

function styleLines({ nodes, edges }: Picture, ids: ReadonlyMap<string, string>): string[] {
  return (Object.keys(loopColors) as LoopKind[]).flatMap((loop) => {
    const inLoop = nodes.filter((node) => node.loop === loop).map(({ key }) => ids.get(key));
    const links = edges.flatMap((edge, i) => (edge.loop === loop ? [i] : []));
    const width = loop === 'endless' ? 3 : 2;
    const style = `stroke:${loopColors[loop]},stroke-width:${width}px`;
    return [
      ...(inLoop.length > 0 ? [`  classDef ${loop} ${style}`, `  class ${inLoop.join(',')} ${loop}`] : []),
      ...(links.length > 0 ? [`  linkStyle ${links.join(',')} ${style}`] : []),
    ];
  });
}

/** Mermaid's own entity codes: what could end a label, or begin markup in it. */
function escape(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .replace(/["#<>&`;]/g, (mark) => `#${mark.charCodeAt(0)};`);
}
