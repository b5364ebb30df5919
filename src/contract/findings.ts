import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { loopWords } from '../graph/words.ts';
import { printPointer } from '../json/pointer.ts';
import type { Contract } from '../model/contract.ts';
import type { Answer, Break, Change, ReaderAnswer } from './change.ts';
import { differenceWords } from './difference-words.ts';
import type { Expectation } from './expectation.ts';
import type { OpenedLoop } from './loops.ts';
import { SchemaFiles, withFilePointers } from './places.ts';
import type { RuleEffect } from './rules.ts';

/** Two versions of the contracts: what the old one is called, and the files of both. */
export interface Versions {
  /** The old version as people call it: `main`, `v1.2.0`, `../old/schemas`. */
  readonly against: string;
  readonly oldFiles: SchemaFiles;
  readonly newFiles: SchemaFiles;
  /** What consumers say they read, by event type. */
  readonly expectations?: ReadonlyMap<string, readonly Expectation[]>;
}

/** What is to be said about the change of one event type. */
export function findingsOf(change: Change, versions: Versions): Diagnostic[] {
  const { against } = versions;
  switch (change.kind) {
    case 'unchanged':
    case 'added':
      return [];
    case 'removed':
      return [removed(change.before, change.before, 'gone', versions)];
    case 'emptied':
      return [removed(change.before, change.after, 'empty', versions)];
    case 'renamed': {
      const { before, after } = change;
      const related = [{ span: before.span, message: 'the old name' }];
      const params = { eventType: before.id, against, name: after.id };
      const notes = readersOf(before.id, versions);
      return [finding('contract/renamed', params, { span: after.span, related, notes, identity: before.id })];
    }
    case 'changed':
      if (change.readers)
        return change.readers.flatMap((reader) =>
          readerFinding(reader, change.before, change.after, versions),
        );
      return change.answers.flatMap((answer) => answered(answer, change.before, change.after, versions));
  }
}

function readersOf(eventType: string, { expectations }: Versions): readonly string[] {
  const readers = [...new Set((expectations?.get(eventType) ?? []).map(({ consumer }) => consumer))];
  return readers.length === 0 ? [] : [`${readers.join(', ')} ${readers.length === 1 ? 'reads' : 'read'} it`];
}

function removed(before: Contract, place: Contract, how: 'gone' | 'empty', versions: Versions): Diagnostic {
  const { against } = versions;
  return finding(
    'contract/removed',
    { eventType: before.id, against, how },
    { span: place.span, notes: readersOf(before.id, versions), identity: before.id },
  );
}

function answered(answer: Answer, before: Contract, after: Contract, versions: Versions): Diagnostic[] {
  const { against } = versions;
  const { direction } = answer;
  const identity = `${after.id} ${direction}`;
  if (answer.verdict === 'compatible') return [];
  if (answer.verdict === 'unknown') {
    const params = { eventType: after.id, against, direction, reason: withFilePointers(answer.reason.text) };
    return [finding('contract/undecided', params, { span: after.span, identity })];
  }
  const { event, at, keyword, tokens } = answer.break;
  const { oldFiles, newFiles } = versions;
  const [refusing, other, otherContract] =
    direction === 'backward' ? [oldFiles, newFiles, after] : [newFiles, oldFiles, before];
  const refusal = refusing.keyword(tokens, keyword);
  const counterpart = other.nearest(otherContract, at, keyword);
  const [span, oldSpan] = direction === 'backward' ? [counterpart, refusal] : [refusal, counterpart];
  return [
    finding(
      'contract/broken',
      { eventType: after.id, against, direction, where: differenceWords(answer.break) },
      {
        span: span ?? after.span,
        ...(oldSpan ? { related: [{ span: oldSpan, message: `${against} says` }] } : {}),
        witness: event,
        notes: [pointersNote(answer.break, refusing)],
        identity,
      },
    ),
  ];
}

/** What is to be said to a consumer that says what it reads. */
function readerFinding(
  { expectation, answer, before: held }: ReaderAnswer,
  before: Contract,
  after: Contract,
  { oldFiles, newFiles }: Versions,
): Diagnostic[] {
  const { consumer, contract, document } = expectation;
  const { direction } = answer;
  const identity = `${after.id} ${direction} ${consumer}`;
  if (answer.verdict === 'compatible') return [];
  if (answer.verdict === 'unknown') {
    const params = {
      eventType: after.id,
      against: `what ${consumer} reads`,
      direction: 'backward' as const,
      reason: withFilePointers(answer.reason.text),
    };
    return [finding('contract/undecided', params, { span: after.span, identity })];
  }
  const { event, at, keyword, tokens } = answer.break;
  const files = new SchemaFiles([document]);
  const asked = files.keyword(tokens, keyword) ?? contract.span;
  const [given, givenFiles] = direction === 'backward' ? [after, newFiles] : [before, oldFiles];
  const code = held === 'no' ? 'contract/expectation-unmet' : 'contract/expectation-broken';
  return [
    finding(
      code,
      { eventType: after.id, consumer, direction, where: differenceWords(answer.break) },
      {
        span: givenFiles.nearest(given, at, keyword),
        related: [{ span: asked, message: `${consumer} asks for this` }],
        witness: event,
        identity,
      },
    ),
  ];
}

function pointersNote({ at, keyword, tokens }: Break, files: SchemaFiles): string {
  const value = printPointer(at);
  const inFile = printPointer([...files.tokensInFile(tokens), ...(keyword === '' ? [] : [keyword])]);
  return `first difference: ${value === '' ? 'the whole event' : value} in the event, #${inFile} in the schema`;
}

/** What is to be said about what a change does to a rule. */
export function ruleFinding(effect: RuleEffect, newFiles: SchemaFiles): Diagnostic {
  const { route, event } = effect;
  const params = { rule: route.name, eventType: event };
  const extra = { span: route.filter.kind === 'pattern' ? route.filter.span : route.span };
  const identity = `${route.name} ${event}`;
  switch (effect.kind) {
    case 'gains':
      return finding('contract/rule-newly-matches', params, { ...extra, identity, witness: effect.witness });
    case 'undecided': {
      const reason = withFilePointers(effect.reason.text);
      return finding('contract/rule-undecided', { ...params, reason }, { ...extra, identity });
    }
    case 'loses': {
      const { reason, others, witness, now } = effect;
      const code = others.length === 0 ? 'contract/rule-dies' : 'contract/rule-loses';
      const notes = [
        'the example is an event that it took before',
        ...(others.length > 0 ? [`it still takes ${listed(others)}`] : []),
      ];
      const path = reason.path?.split('.') ?? [];
      const inSchema = now && (newFiles.at(reason.keyword) ?? newFiles.nearest(now, path, ''));
      const related = inSchema ? [{ span: inSchema, message: 'the new schema' }] : [];
      return finding(
        code,
        { ...params, reason: withFilePointers(reason.text) },
        { ...extra, identity, related, witness, notes },
      );
    }
  }
}

function listed(names: readonly string[]): string {
  const most = 5;
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What is to be said about a loop that a change opens. */
export function loopFinding({ loop, was }: OpenedLoop): Diagnostic {
  const { verdict, hops, id } = loop;
  const events = verdict.kind === 'endless' || verdict.kind === 'possible' ? verdict.events() : [];
  const witness = events.find((event) => event !== undefined);
  return finding(
    'contract/loop-opens',
    { path: loopWords(hops), was: was ?? 'no candidate', now: verdict.kind },
    {
      span: hops[0]!.route.span,
      severity: verdict.kind === 'endless' ? 'error' : 'warning',
      identity: id,
      ...(witness === undefined ? {} : { witness }),
    },
  );
}
