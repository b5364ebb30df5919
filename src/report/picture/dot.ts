import { printHoles } from '../../json/holes.ts';
import { loopColors } from './colors.ts';
import type { Certainty, Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.ts';

const shapes: Readonly<Record<PictureNodeKind, string>> = {
  event: 'shape=box, style=rounded',
  rule: 'shape=box',
  component: 'shape=component',
};

const lineStyles: Readonly<Record<Certainty, string>> = {
  sure: 'solid',
  perhaps: 'dashed',
  never: 'dotted',
};

/** A picture in the DOT language of Graphviz, one cluster a bus. Linear in the size of the picture. */
export function printDot({ nodes, edges }: Picture): string {
  const ids = new Map(nodes.map(({ key }, i) => [key, `n${i}`]));
  const buses = [...new Set(nodes.flatMap(({ bus }) => (bus === undefined ? [] : [bus])))];
  const lines = [
    'digraph "event flow" {',
    '  rankdir=LR;',
    '  node [fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=9];',
  ];
  for (const [i, bus] of buses.entries()) {
    lines.push(
      `  subgraph cluster_${i} {`,
      `    label=${quoted(`bus ${printHoles(bus)}`)};`,
      '    color="#8c959f";',
    );
    for (const node of nodes) if (node.bus === bus) lines.push(`    ${nodeLine(node, ids)}`);
    lines.push('  }');
  }
  for (const node of nodes) if (node.bus === undefined) lines.push(`  ${nodeLine(node, ids)}`);
  for (const edge of edges) lines.push(`  ${edgeLine(edge, ids)}`);
  return `${[...lines, '}'].join('\n')}\n`;
}

function nodeLine({ key, kind, label, loop }: PictureNode, ids: ReadonlyMap<string, string>): string {
  const color = loop ? `, color="${loopColors[loop]}", penwidth=2` : '';
  return `${ids.get(key)} [label=${quoted(label.join('\n'))}, ${shapes[kind]}${color}];`;
}

function edgeLine(
  { from, to, certainty, label, loop }: PictureEdge,
  ids: ReadonlyMap<string, string>,
): string {
  const color = loop ? `, color="${loopColors[loop]}", penwidth=${loop === 'endless' ? 3 : 2}` : '';
  const text = label === undefined ? '' : `, label=${quoted(label)}`;
  const head = certainty === 'never' ? ', arrowhead=tee' : '';
  return `${ids.get(from)} -> ${ids.get(to)} [style=${lineStyles[certainty]}${head}${text}${color}];`;
}

/** A quoted DOT string: a backslash would begin an escape (`\N` is the node's name). */
function quoted(text: string): string {
  const safe = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return `"${safe}"`;
}
