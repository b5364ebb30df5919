import { printClock } from '../../simulate/quantities.ts';
import type { Simulation } from '../../simulate/simulate.ts';
import { type Curve, curvesOf } from './curves.ts';
import { dollars, joined, shown } from './plot.ts';

const WIDTH = 860;
const LEFT = 170;
const RIGHT = 30;
const HEIGHT = 56;
const GAP = 22;
const TOP = 44;
const POINTS = 400;

const colors: Readonly<Record<string, string>> = {
  events: '#2563eb',
  invocations: '#0d9488',
  concurrency: '#7c3aed',
  throttles: '#dc2626',
  rejected: '#dc2626',
  failed: '#dc2626',
  queued: '#b45309',
  deadLetters: '#7f1d1d',
  cost: '#15803d',
};

/** A simulation as a picture: one small plot above the other, on one axis of time; alarms are lines across. */
export function simulationSvg(simulation: Simulation): string {
  const curves = curvesOf(simulation);
  const bottom = TOP + curves.length * (HEIGHT + GAP);
  const x = (time: number): number => LEFT + (time / simulation.end) * (WIDTH - LEFT - RIGHT);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 30}" width="${WIDTH}" height="${bottom + 30}" font-family="system-ui, sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<text x="${LEFT}" y="24" font-size="14" font-weight="600" fill="#111827">${escaped(title(simulation))}</text>`,
    ...curves.flatMap((curve, i) => plot(curve, TOP + i * (HEIGHT + GAP), simulation)),
    ...simulation.trips.flatMap(({ disabled, breaker }) => [
      `<line x1="${at(x(disabled))}" x2="${at(x(disabled))}" y1="${TOP - 6}" y2="${bottom - GAP}" stroke="#f59e0b" stroke-dasharray="4 3"/>`,
      `<text x="${at(x(disabled) + 4)}" y="${TOP - 8}" fill="#b45309" font-size="11">${escaped(breaker.name)}</text>`,
    ]),
    ...ticks(simulation.end).map(
      (time) =>
        `<text x="${at(x(time))}" y="${bottom + 2}" text-anchor="middle" fill="#6b7280">${printClock(time)}</text>`,
    ),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function title({ totals, end, scenario }: Simulation): string {
  const cost = totals.cost > 0 ? `, ${dollars(totals.cost)}` : '';
  return `${shown(totals.accepted)} events in ${printClock(end)}${cost} (seed ${scenario.seed})`;
}

function plot(
  { label, measure, values, perSecond }: Curve,
  top: number,
  { end, scenario }: Simulation,
): string[] {
  const highest = Math.max(...values);
  const points = joined(values, POINTS, perSecond ? 'mean' : 'highest');
  const scale = points.length === values.length ? scenario.step : end / points.length;
  const x = (i: number): number => LEFT + (Math.min(i * scale, end) / end) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => top + HEIGHT - (value / highest) * HEIGHT;
  // Steps, as the values hold for a whole step.
  const way = points
    .map((value, i) => `L${at(x(i))} ${at(y(value))}L${at(x(i + 1))} ${at(y(value))}`)
    .join('');
  const color = colors[measure] ?? '#374151';
  const most = measure === 'cost' ? dollars(highest) : shown(highest);
  return [
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${top + HEIGHT}" y2="${top + HEIGHT}" stroke="#d1d5db"/>`,
    `<path d="M${LEFT} ${top + HEIGHT}${way}L${WIDTH - RIGHT} ${top + HEIGHT}Z" fill="${color}" fill-opacity="0.18" stroke="${color}" stroke-width="1.2"/>`,
    `<text x="${LEFT - 12}" y="${top + HEIGHT / 2 - 2}" text-anchor="end" fill="#111827">${escaped(label)}</text>`,
    `<text x="${LEFT - 12}" y="${top + HEIGHT / 2 + 14}" text-anchor="end" fill="#6b7280">up to ${most}</text>`,
  ];
}

/** Six to ten round times. */
function ticks(end: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400].map(
    (s) => s * 1000,
  );
  const step = steps.find((each) => end / each <= 10) ?? end / 8;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
