import { hasHole, splitHoles } from '../json/holes.ts';
import type { AnythingButChoice, Choice, Pattern } from './pattern.ts';

/**
 * The pattern widened so that it matches at least every event that some filling of its holes matches: `abc${x}`
 * becomes the wildcard `abc*`, an anything-but that excludes an unknown text becomes `exists: true`. Undefined when
 * the pattern has no holes and is what it is.
 */
export function holesOpened(pattern: Pattern): Pattern | undefined {
  let opened = false;
  const alternatives = pattern.alternatives.map(({ conditions }) => ({
    conditions: conditions.map((condition) => {
      if (!condition.choices.some(choiceHasHole)) return condition;
      opened = true;
      return { ...condition, choices: condition.choices.map(open) };
    }),
  }));
  return opened ? { ...pattern, alternatives } : undefined;
}

/**
 * The pattern narrowed so that what it matches as written, it matches for every filling of its holes. Two texts with
 * the same hole are equal whatever fills it, so positive choices may stay; an anything-but about an unknown text (or,
 * with `eventHasHoles`, any anything-but) promises nothing and is left out.
 */
export function holesClosed(pattern: Pattern, eventHasHoles: boolean): Pattern {
  const promises = (choice: Choice): boolean =>
    choice.kind !== 'anything-but' || !(eventHasHoles || choiceHasHole(choice));
  const alternatives = pattern.alternatives.flatMap(({ conditions }) => {
    const kept = conditions.map((condition) => {
      const choices = condition.choices.filter(promises);
      return choices.length === condition.choices.length ? condition : { ...condition, choices };
    });
    return kept.some(({ choices }) => choices.length === 0) ? [] : [{ conditions: kept }];
  });
  return { ...pattern, alternatives };
}

function choiceHasHole(choice: Choice): boolean {
  return textsOf(choice).some(hasHole);
}

function textsOf(choice: Choice): readonly string[] {
  if (choice.kind === 'anything-but') return textsOfExcluded(choice);
  return 'value' in choice && typeof choice.value === 'string' ? [choice.value] : [];
}

function textsOfExcluded({ of }: AnythingButChoice): readonly string[] {
  if (of.kind === 'numbers') return [];
  if (of.kind === 'wildcard') return of.values.map(({ value }) => value);
  return of.values;
}

function open(choice: Choice): Choice {
  if (!choiceHasHole(choice)) return choice;
  const { span } = choice;
  switch (choice.kind) {
    case 'string':
    case 'exactly':
      return wildcard(starred(choice.value), span);
    case 'wildcard':
      return wildcard(choice.parts.flatMap(starred), span);
    case 'prefix':
      return wildcard([...starred(choice.value), ''], span);
    case 'suffix':
      return wildcard(['', ...starred(choice.value)], span);
    case 'equals-ignore-case':
    case 'cidr':
      return { kind: 'prefix', value: '', ignoreCase: false, span };
    default:
      return { kind: 'exists', value: true, span };
  }
}

/** Literal parts between holes: each hole is any run of text. Stars that are in the text already stay text. */
function starred(text: string): string[] {
  const parts = [''];
  for (const part of splitHoles(text)) {
    if ('hole' in part) parts.push('');
    else parts[parts.length - 1] += part.literal;
  }
  return parts;
}

function wildcard(parts: readonly string[], span: Choice['span']): Choice {
  // Two neighbouring stars are one; the text form is only for showing.
  const merged = parts.filter((part, i) => part !== '' || i === 0 || i === parts.length - 1);
  const value = merged.map((part) => part.replaceAll('\\', '\\\\').replaceAll('*', '\\*')).join('*');
  return { kind: 'wildcard', value, parts: merged.length > 0 ? merged : ['', ''], span };
}
