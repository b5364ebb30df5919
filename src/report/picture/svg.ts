import { printHoles } from '../../json/holes.ts';
import { xml } from '../xml.ts';
import { loopColors } from './colors.ts';
import { type Box, fontSize, type Layout, lineHeight, type PlacedEdge } from './layout.ts';
import type { Certainty, LoopKind, PictureNode, PictureNodeKind } from './picture.ts';

const fills: Readonly<Record<PictureNodeKind, string>> = {
  event: '#ddf4ff',
  rule: '#fff8c5',
  component: '#f6f8fa',
};
const borders: Readonly<Record<PictureNodeKind, string>> = {
  event: '#54aeff',
  rule: '#d4a72c',
  component: '#8c959f',
};
const dashes: Readonly<Record<Certainty, string>> = {
  sure: '',
  perhaps: ' stroke-dasharray="6 4"',
  never: ' stroke-dasharray="2 3"',
};
const PLAIN = '#57606a';
const LEGEND = 30;

/** A picture that was laid out as an SVG file, with a legend of what is in it. Linear in the size of the picture. */
export function printSvg(layout: Layout): string {
  const legend = legendOf(layout);
  const width = Math.max(layout.width, legend.width);
  const height = layout.height + LEGEND;
  const colors = [...new Set(layout.edges.map(colorOf))].sort();
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif">`,
    '<title>event flow</title>',
    '<defs>',
    ...colors.flatMap(markers),
    '</defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...layout.clusters.flatMap(({ bus, ...box }) => cluster(printHoles(bus), box)),
    // Loops last: what matters lies on top.
    ...[...layout.edges].sort((a, b) => weight(a) - weight(b)).map(line),
    ...layout.nodes.flatMap(({ node, ...box }) => nodeLines(node, box)),
    ...layout.edges.flatMap(labelLine),
    ...legend.lines.map((each) => `<g transform="translate(0 ${layout.height})">${each}</g>`),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function cluster(bus: string, box: Box): string[] {
  const { left, top } = corner(box);
  return [
    `<rect x="${left}" y="${top}" width="${number(box.width)}" height="${number(box.height)}" rx="6" fill="#fbfcfd" stroke="#d0d7de"/>`,
    `<text x="${number(left + 8)}" y="${number(top + 15)}" font-size="${fontSize.bus}" font-weight="bold" fill="${PLAIN}">${xml(`bus ${bus}`)}</text>`,
  ];
}

function nodeLines({ label, kind, loop }: PictureNode, box: Box): string[] {
  const { left, top } = corner(box);
  const { width, height } = box;
  const stroke = loop ? `stroke="${loopColors[loop]}" stroke-width="2.5"` : `stroke="${borders[kind]}"`;
  const round = kind === 'event' ? number(height / 2) : 3;
  const bars =
    kind === 'component'
      ? [
          `<path d="M${number(left + 6)} ${top}v${number(height)}M${number(left + width - 6)} ${top}v${number(height)}" ${stroke} fill="none"/>`,
        ]
      : [];
  const first = box.y - ((label.length - 1) * lineHeight) / 2 + 4;
  return [
    `<rect x="${left}" y="${top}" width="${number(width)}" height="${number(height)}" rx="${round}" fill="${fills[kind]}" ${stroke}/>`,
    ...bars,
    ...label.map(
      (text, i) =>
        `<text x="${number(box.x)}" y="${number(first + i * lineHeight)}" text-anchor="middle" font-size="${i === 0 ? fontSize.node : fontSize.edge + 1}" fill="${i === 0 ? '#1f2328' : PLAIN}">${xml(text)}</text>`,
    ),
  ];
}

function colorOf({ edge: { loop } }: PlacedEdge): string {
  return loop ? loopColors[loop] : PLAIN;
}

function weight({ edge: { loop } }: PlacedEdge): number {
  return loop === undefined ? 1 : loop === 'endless' ? 3 : 2;
}

function line(placed: PlacedEdge): string {
  const color = colorOf(placed);
  const { certainty } = placed.edge;
  const end = `${certainty === 'never' ? 'bar' : 'arrow'}-${color.slice(1)}`;
  return `<path d="${curve(placed.points)}" fill="none" stroke="${color}" stroke-width="${weight(placed) === 1 ? 1.2 : weight(placed)}"${dashes[certainty]} marker-end="url(#${end})"/>`;
}

/** A line through the middles between the points, rounded at them. */
function curve(points: PlacedEdge['points']): string {
  const [first, ...rest] = points;
  const last = rest.pop()!;
  let path = `M${number(first!.x)} ${number(first!.y)}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1] ?? last;
    const end = i === rest.length - 1 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    path += `Q${number(point.x)} ${number(point.y)} ${number(end.x)} ${number(end.y)}`;
  });
  return rest.length > 0 ? path : `${path}L${number(last.x)} ${number(last.y)}`;
}

function labelLine({ edge, label }: PlacedEdge): string[] {
  if (!label || edge.label === undefined) return [];
  const color = edge.loop ? loopColors[edge.loop] : PLAIN;
  return [
    `<text x="${number(label.x)}" y="${number(label.y + 3)}" text-anchor="middle" font-size="${fontSize.edge}" fill="${color}" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${xml(printHoles(edge.label))}</text>`,
  ];
}

function markers(color: string): string[] {
  const id = color.slice(1);
  const common = 'viewBox="0 0 10 10" refX="9" refY="5" orient="auto" markerUnits="userSpaceOnUse"';
  return [
    `<marker id="arrow-${id}" ${common} markerWidth="10" markerHeight="10"><path d="M0 1L9 5L0 9z" fill="${color}"/></marker>`,
    `<marker id="bar-${id}" ${common} markerWidth="12" markerHeight="12"><path d="M8 0v10" stroke="${color}" stroke-width="2"/></marker>`,
  ];
}

const loopNames: Readonly<Record<LoopKind, string>> = {
  endless: 'endless loop',
  possible: 'possible loop',
  bounded: 'bounded loop',
  refuted: 'stopped loop',
};
const certaintyNames = { perhaps: 'not known', never: 'never happens' } as const;

/** The colours and lines that are in the picture. */
function legendOf({ edges }: Layout): { readonly width: number; readonly lines: string[] } {
  const rows: (readonly [string, string, string])[] = [];
  for (const kind of Object.keys(loopNames) as LoopKind[]) {
    if (edges.some(({ edge }) => edge.loop === kind))
      rows.push([loopNames[kind], loopColors[kind], ' stroke-width="3"']);
  }
  for (const kind of ['perhaps', 'never'] as const) {
    if (edges.some(({ edge }) => edge.certainty === kind))
      rows.push([certaintyNames[kind], PLAIN, dashes[kind]]);
  }
  const lines = rows.map(([name, color, more], i) => {
    const x = 16 + i * 130;
    return `<path d="M${x} 10h24" stroke="${color}"${more}/><text x="${x + 30}" y="14" font-size="11" fill="${PLAIN}">${name}</text>`;
  });
  return { width: 16 + rows.length * 130, lines };
}

function corner({ x, y, width, height }: Box): { left: number; top: number } {
  return { left: number(x - width / 2), top: number(y - height / 2) };
}

/** To a tenth of a pixel. */
function number(value: number): number {
  return Math.round(value * 10) / 10;
}
