import type { World } from '../../io/world.ts';
import { linesOf } from '../../io/world.ts';
import { documentOf } from '../../json/document.ts';
import { member, type Node } from '../../json/node.ts';
import { parseJson } from '../../json/parse-json.ts';
import { matchNode, matchText, parsePattern, parsePatternNode } from '../../pattern/index.ts';

/** Text kept back before it is written out; what is kept is written as soon as no further line is at hand. */
const BUFFER = 65_536;

/** The line's own object around a pattern or an event adds a level. */
const MAX_DEPTH = 1001;

/**
 * Answers lines `{"id", "pattern", "event"}` with lines `{"id", "valid", "match"}`, in order, as they come. Pattern
 * and event are taken as they stand in the line, digits, order and repeated keys included, or as the JSON text in a
 * string. A line that cannot be answered yields `{"id", "error"}`.
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
  if (root.kind !== 'object')
    return answer('null', { error: 'a line is an object {"id", "pattern", "event"}' });
  const id = member(root, 'id')?.value;
  const idText = id ? line.slice(id.span.start, id.span.end) : 'null';
  const pattern = member(root, 'pattern')?.value;
  const event = member(root, 'event')?.value;
  if (!pattern || !event) return answer(idText, { error: `"${pattern ? 'event' : 'pattern'}" is missing` });
  return answer(idText, verdict(pattern, event));
}

function answer(idText: string, rest: object): string {
  return `{"id":${idText},${JSON.stringify(rest).slice(1)}`;
}

function verdict(pattern: Node, event: Node): object {
  const options = { accepted: true };
  const { value } =
    pattern.kind === 'string'
      ? parsePattern(documentOf('pattern', pattern.value), options)
      : parsePatternNode(pattern, options);
  if (!value) return { valid: false, match: false };
  const matched = event.kind === 'string' ? matchText(value, event.value) : matchNode(value, event);
  if (matched.value === undefined) return { error: matched.diagnostics[0]!.message };
  return { valid: true, match: matched.value };
}

/** Collects lines, so that a long input is not a write for each of them. */
export class BufferedOutput {
  private text = '';
  private written: Promise<void> = Promise.resolve();
  private scheduled = false;
  private readonly world: Pick<World, 'out'>;

  constructor(world: Pick<World, 'out'>) {
    this.world = world;
  }

  async write(text: string): Promise<void> {
    this.text += text;
    if (this.text.length >= BUFFER) {
      await this.end();
    } else if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.flush();
      });
    }
  }

  /** Resolves when all that was written is out; fails if a write failed. */
  async end(): Promise<void> {
    this.flush();
    await this.written;
  }

  private flush(): void {
    if (this.text === '') return;
    const { text } = this;
    this.text = '';
    const write = this.world.out(text);
    this.written = Promise.all([this.written, write]).then(() => undefined);
    // A failure is reported by end(), which is always called; it must not count as unhandled before.
    this.written.catch(() => undefined);
  }
}
