import { loopWords } from '../graph/words.ts';
import type { DisabledRule, IncidentPlan } from '../incident/plan.ts';
import type { RunbookStep } from '../incident/runbook.ts';
import { printHoles } from '../json/holes.ts';
import { styleOf } from './style.ts';

/** The plan and its steps for people; `possible`: how many possible loops it leaves. The steps are a script. */
export function incidentText(
  plan: IncidentPlan,
  steps: readonly RunbookStep[],
  { color, possible }: { readonly color: boolean; readonly possible: number | 'broken' },
): string {
  const style = styleOf(color);
  if (plan.loops.length === 0) {
    if (possible === 'broken') return 'no endless or possible loop was found: there is no rule to disable\n';
    const them = possible === 1 ? 'it' : 'them';
    const hint = possible === 0 ? '' : `; ${count(possible, 'possible loop')}: --possible breaks ${them}`;
    return `no endless loop was found: there is no rule to disable${hint}\n`;
  }
  const { disabled, loops, exact } = plan;
  const lines = [
    style.bold(`${count(disabled.length, 'rule')} to disable, to break ${count(loops.length, 'loop')}`) +
      (exact ? '' : ' (perhaps fewer rules would do: the search was cut short)'),
    '',
  ];
  for (const rule of disabled) lines.push(...ruleLines(rule), '');
  for (const { hops } of plan.unbroken) {
    lines.push(`no rule of this loop can be disabled: ${loopWords(hops)}`, '');
  }
  steps.forEach(({ title, why, commands }, i) => {
    lines.push(style.bold(`# ${i + 1}. ${title}`), `#    ${why}`, ...commands, '');
  });
  return `${lines.map(printHoles).join('\n')}`;
}

function ruleLines({ route, breaks, delivers }: DisabledRule): string[] {
  const bus = route.from.kind === 'bus' ? route.from.bus : '';
  return [
    `${route.name} on ${bus} breaks`,
    ...breaks.map(({ hops, verdict }) => `    ${verdict.kind}: ${loopWords(hops)}`),
    '  meanwhile it does not deliver',
    ...delivers.map(
      ({ event, to, round }) =>
        `    ${event === '*' ? 'some event' : event} to ${to.join(', ')}${round ? ' (goes round)' : ''}`,
    ),
  ];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

export function incidentJson(plan: IncidentPlan, steps: readonly RunbookStep[], version: string): string {
  const { disabled, loops, exact, unbroken } = plan;
  const json = {
    tool: { name: 'busproof', version },
    exact,
    loops: loops.map(({ id, verdict, hops }) => ({ id, verdict: verdict.kind, path: loopWords(hops) })),
    disable: disabled.map(({ route, breaks, delivers }) => ({
      rule: printHoles(route.name),
      bus: route.from.kind === 'bus' ? printHoles(route.from.bus) : null,
      breaks: breaks.map(({ id }) => id),
      undelivered: delivers.map(({ event, to, round }) => ({
        event: printHoles(event),
        to: to.map(printHoles),
        goesRound: round,
      })),
    })),
    unbroken: unbroken.map(({ id }) => id),
    steps: steps.map(({ title, why, commands }) => ({ title, why, commands: commands.map(printHoles) })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
