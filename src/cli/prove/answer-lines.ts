import { linesOf, type World } from '../../io/world.ts';
import { documentOf } from '../../json/document.ts';
import { member, type Node, valueOf } from '../../json/node.ts';
import { parseJson } from '../../json/parse-json.ts';
import { isObject } from '../../json/value.ts';
import { compilePattern } from '../../pattern/compile.ts';
import { parsePatternNode } from '../../pattern/index.ts';
import { type CompiledSchema, compileSchema } from '../../schema/compiled.ts';
import { includes } from '../../schema/includes.ts';
import { satisfiable } from '../../schema/satisfiable.ts';
import { BufferedOutput } from '../match/answer-lines.ts';

/** The line's own object around a schema adds a level. */
const MAX_DEPTH = 1001;
const SHAPE = 'a line is an object {"id", "schema", "pattern"} or {"id", "sub", "super"}';

/**
 * Answers lines `{"id", "schema", "pattern"}` and `{"id", "sub", "super"}` in order, as they come. A line that cannot
 * be answered yields `{"id", "error"}`, and the next one is read.
 */
export async function answerLines(world: Pick<World, 'stdin' | 'out'>): Promise<void> {
  const output = new BufferedOutput(world);
  for await (const line of linesOf(world.stdin)) {
    if (line.trim() === '') continue;
    await output.write(`${answerLine(line)}\n`);
  }
  await output.end();
}

/** One line's answer, without a line end. */
export function answerLine(line: string): string {
  const { value: root, diagnostics } = parseJson(documentOf('line', line), { maxDepth: MAX_DEPTH });
  if (!root) return answer('null', { error: diagnostics[0]!.message });
  if (root.kind !== 'object') return answer('null', { error: SHAPE });
  const id = member(root, 'id')?.value;
  const idText = id ? line.slice(id.span.start, id.span.end) : 'null';
  return answer(idText, decideLine(root));
}

function answer(idText: string, rest: object): string {
  return `{"id":${idText},${JSON.stringify(rest).slice(1)}`;
}

function decideLine(root: Node): object {
  const part = (name: string) => member(root, name)?.value;
  const [schema, pattern, sub, sup] = ['schema', 'pattern', 'sub', 'super'].map(part);
  const options = part('options') ? valueOf(part('options')!) : {};
  const formatAssertion = isObject(options) && options['formatAssertion'] === true;
  if (schema && pattern) return satisfiableLine(schema, pattern, formatAssertion);
  if (sub && sup) return containmentLine(sub, sup, formatAssertion);
  return { error: SHAPE };
}

function satisfiableLine(schemaNode: Node, patternNode: Node, formatAssertion: boolean): object {
  const schema = read(schemaNode, 'schema', formatAssertion);
  if ('error' in schema) return schema;
  const { value: pattern, diagnostics } = parsePatternNode(patternNode, { accepted: true });
  if (!pattern) return { error: `the pattern is invalid: ${diagnostics[0]!.message}` };
  const verdict = satisfiable(schema, compilePattern(pattern));
  if (verdict.answer !== 'yes') return { answer: verdict.answer, reason: verdict.reason.text };
  const { witness, onlyWithDottedKeys } = verdict;
  return { answer: 'yes', witness, ...(onlyWithDottedKeys ? { onlyWithDottedKeys } : {}) };
}

function containmentLine(subNode: Node, supNode: Node, formatAssertion: boolean): object {
  const sub = read(subNode, 'sub', formatAssertion);
  if ('error' in sub) return sub;
  const sup = read(supNode, 'super', formatAssertion);
  if ('error' in sup) return sup;
  const proof = includes(sub, sup);
  switch (proof.answer) {
    case 'yes':
      return { answer: 'yes' };
    case 'no':
      return { answer: 'no', witness: proof.counterexample, reason: proof.reason.text };
    case 'unknown':
      return { answer: 'unknown', reason: proof.reason.text };
  }
}

function read(
  node: Node,
  name: string,
  formatAssertion: boolean,
): CompiledSchema | { readonly error: string } {
  const { value, diagnostics } = compileSchema(valueOf(node), { formatAssertion });
  if (value) return value;
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  return { error: `${name} is not a valid JSON Schema: ${problem?.message}` };
}
