import type { Fix } from '../diagnostic/diagnostic.ts';
import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Hop, Loop, Stop } from '../graph/loop.ts';
import { depthPath, stagePath } from '../graph/settings.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import { canonicalText } from '../pattern/print.ts';
import { placeOfDeclaration } from './declaring.ts';

/** How to say what decides a possible loop: for each thing that is not known a text to put into the config. */
export function waysToSettle(
  { hops }: Loop,
  doubts: readonly Stop[],
  analysis: LoopAnalysis,
): readonly [Fix, ...Fix[]] {
  const texts = new Set(doubts.map((doubt) => wayToSettle(hops, doubt, analysis)));
  const [first = 'declare what is published', ...others] = texts;
  return [{ text: first }, ...others.map((text) => ({ text }))];
}

function wayToSettle(
  hops: readonly Hop[],
  { hop: index, layer, reason }: Stop,
  analysis: LoopAnalysis,
): string {
  const hop = hops[index]!;
  const { context } = analysis;
  // What a rule cannot see is what the hop before published.
  const before = hops[(index + hops.length - 1) % hops.length]!;
  const open = (path: string): boolean => reason.includes(`what is published in ${path} `);
  if (layer === 'disabled rule' || layer === 'condition') {
    const parameter = `set the parameter it depends on: parameters: { ${parameterIn(reason) ?? 'NAME'}: VALUE }`;
    return layer === 'condition' ? `${parameter}, so that the condition is decided` : parameter;
  }
  if (layer === 'chain depth' || open(depthPath(context.settings)))
    return declare(before, 'depth: increment');
  if (open(stagePath(context.settings))) return declare(before, 'stage: processed');
  const field = /what is published in detail\.(\S+) is not known/.exec(reason)?.[1];
  if (field !== undefined) return declare(before, `fields: { ${field}: { set: VALUE } }`);
  const unseen = /has no schema that says what (.+) can be/.exec(reason)?.[1];
  if (unseen !== undefined && hop.from.type) return schemaOf(hop, unseen);
  if (layer === 'evidence') {
    const guessed = !hop.emission || ['iam', 'unknown'].includes(hop.emission.evidence.kind);
    if (!guessed && reason.startsWith('to which bus')) return declare(hop, 'bus: NAME');
    return guessed ? declare(hop, '') : declare(hop, 'probability: 1');
  }
  if (layer === 'hop limit') return 'let a function publish the event anew, or forward it once only';
  const parameter = parameterIn(routeText(hop));
  return parameter === undefined
    ? declare(hop, '')
    : `set the parameter: parameters: { ${parameter}: VALUE }`;
}

/** `publishes: [{ event: source@DetailType, depth: increment }]`, where it belongs. */
function declare({ emission, delivery }: Hop, rest: string): string {
  const component = delivery.component;
  const event = emission?.event ? printHoles(printEventType(emission.event)) : 'source@DetailType';
  const publication = rest === '' ? event : `{ event: ${event}, ${rest} }`;
  const name = printHoles(component?.name ?? 'the component');
  return `say what ${name} publishes, ${placeOfDeclaration(component, `publishes: [${publication}]`)}`;
}

/** A schema that decides what a pattern asks for. */
function schemaOf({ from }: Hop, fields: string): string {
  const { source, detailType } = from.type!;
  const names = fields
    .split(', ')
    .filter((path) => path.startsWith('detail.'))
    .map((path) => path.slice('detail.'.length));
  const properties = names.map((name) => `"${name}": { "enum": [VALUES] }`).join(', ');
  const schema = `{ "x-amazon-events-source": "${source}", "x-amazon-events-detail-type": "${detailType}", "type": "object", "properties": { ${properties} } }`;
  return `give it a schema, in schemas/${detailType}.json: ${printHoles(schema)}`;
}

/** The first value of the deployment that a text holds: `${Stage}`. */
function parameterIn(text: string): string | undefined {
  return /\$\{(?:param:)?([A-Za-z0-9]+)\}/.exec(printHoles(text))?.[1];
}

function routeText({ route: { filter }, from }: Hop): string {
  const pattern = filter.kind === 'pattern' ? canonicalText(filter.pattern) : '';
  return `${pattern} ${from.type ? printEventType(from.type) : ''} ${from.bus}`;
}
