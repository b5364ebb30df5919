import { differenceWords } from '../contract/difference-words.ts';
import type { JsonValue } from '../json/value.ts';
import type { Applied, SchemaFate } from '../registry/apply.ts';
import type { JsonDifference } from '../registry/json-difference.ts';
import { isEmptyPlan, type Plan, type PlanItem } from '../registry/plan.ts';
import { exactnessOf } from '../schema/convert/loss.ts';
import { type Style, styleOf } from './style.ts';

const MOST_DIFFERENCES = 12;
const MOST_ORPHANS = 20;

/** What a plan would do, for people: a line for each schema, what changes in it, the totals. */
export function planText(plan: Plan, color: boolean): string {
  const style = styleOf(color);
  const { registry, type, create, items } = plan;
  const lines: string[] = [];
  if (create) lines.push(`  ${style.green('+ create')}  the registry ${registry}`);
  const orphans = items.filter(({ action }) => action === 'orphan');
  for (const item of items) {
    if (item.action !== 'orphan' && item.action !== 'keep') lines.push(...itemLines(item, style));
  }
  for (const { name } of orphans.slice(0, MOST_ORPHANS))
    lines.push(
      `  ${style.yellow('? orphan')}  ${name}: not in the repository; left (--delete-orphans deletes it)`,
    );
  if (orphans.length > MOST_ORPHANS) lines.push(`  … and ${orphans.length - MOST_ORPHANS} more orphans`);
  const head = `Registry ${registry} (${type})`;
  const body = lines.length === 0 ? '' : `\n\n${lines.join('\n')}`;
  return `${head}${body}\n\n${totals(plan)}\n`;
}

function totals(plan: Plan): string {
  const count = (action: PlanItem['action']) => plan.items.filter((item) => item.action === action).length;
  const rest = [
    `${count('keep')} in step`,
    ...(count('orphan') > 0 ? [`${count('orphan')} not in the repository`] : []),
  ];
  if (isEmptyPlan(plan)) return `Nothing to do: ${rest.join(', ')}.`;
  const parts = [
    `${count('create')} to create`,
    `${count('update')} to update`,
    `${count('tag')} to tag`,
    `${count('delete')} to delete`,
  ];
  return `Plan: ${parts.join(', ')}; ${rest.join(', ')}.`;
}

function itemLines(item: PlanItem, style: Style): string[] {
  switch (item.action) {
    case 'create': {
      const exactness = exactnessOf(item.losses);
      return [`  ${style.green('+ create')}  ${item.name}${exactness === 'exact' ? '' : ` (${exactness})`}`];
    }
    case 'update': {
      const { name, basis, differences, prune, tags } = item;
      const shown = differences
        .slice(0, MOST_DIFFERENCES)
        .map((each) => `      ${differenceLine(each, style)}`);
      const more = differences.length - shown.length;
      return [
        `  ${style.yellow('~ update')}  ${name} (now version ${basis.version}): ${compatibility(item, style)}`,
        ...shown,
        ...(more > 0 ? [`      … and ${more} more differences`] : []),
        ...tagLines(tags),
        ...(prune.length > 0
          ? [
              `      ${style.red('-')} deletes ${prune.length === 1 ? 'version' : 'versions'} ${prune.join(', ')} to make room`,
            ]
          : []),
      ];
    }
    case 'tag':
      return [`  ${style.yellow('~ tag')}     ${item.name}`, ...tagLines(item.tags)];
    case 'delete':
      return [`  ${style.red('- delete')}  ${item.name}, with all its versions`];
    default:
      return [];
  }
}

function tagLines(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags).map(([key, value]) => `      + tag ${key} = ${JSON.stringify(value)}`);
}

function compatibility(
  { compatibility: answer }: Extract<PlanItem, { action: 'update' }>,
  style: Style,
): string {
  if (!answer) return style.yellow('what is there describes no such event');
  switch (answer.verdict) {
    case 'compatible':
      return style.green('compatible');
    case 'broken':
      return style.red(`breaks its consumers: ${differenceWords(answer.break)}`);
    case 'unknown':
      return style.yellow(`whether it breaks its consumers was not decided: ${answer.reason.text}`);
  }
}

function differenceLine({ pointer, before, after }: JsonDifference, style: Style): string {
  const where = pointer === '' ? 'the content' : pointer;
  if (before === undefined) return `${style.green('+')} ${where}: ${short(after)}`;
  if (after === undefined) return `${style.red('-')} ${where}: ${short(before)}`;
  return `${style.yellow('~')} ${where}: ${short(before)} → ${short(after)}`;
}

function short(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const told: Readonly<Record<SchemaFate['fate'], string>> = {
  created: 'created',
  updated: 'updated',
  tagged: 'tagged',
  deleted: 'deleted',
  unchanged: 'was so already',
  kept: 'in step',
  orphan: 'not in the repository, left',
  failed: 'failed',
};

/** What became of each schema that was to be changed, and the totals. */
export function appliedText({ registry, fates }: Applied, name: string, color: boolean): string {
  const style = styleOf(color);
  const lines: string[] = [];
  if (registry === 'created') lines.push(`  ${style.green('created')}  the registry ${name}`);
  else if (registry !== 'there')
    lines.push(`  ${style.red('failed')}  the registry ${name}: ${registry.failed}`);
  for (const fate of fates) {
    if (fate.fate === 'kept' || fate.fate === 'orphan') continue;
    if (fate.fate === 'failed') lines.push(`  ${style.red(told.failed)}  ${fate.name}: ${fate.reason}`);
    else {
      const pruned = fate.pruned
        ? `, and deleted ${fate.pruned.length} old version${fate.pruned.length === 1 ? '' : 's'}`
        : '';
      lines.push(`  ${style.green(told[fate.fate])}  ${fate.name}${pruned}`);
    }
  }
  const counts = (Object.keys(told) as SchemaFate['fate'][])
    .map((fate) => [fate, fates.filter((each) => each.fate === fate).length] as const)
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => `${count} ${told[fate]}`);
  lines.push(...(lines.length > 0 ? [''] : []), `Applied: ${counts.join('; ') || 'nothing to do'}.`);
  return `${lines.join('\n')}\n`;
}
