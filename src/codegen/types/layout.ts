const WIDTH = 110;

/**
 * Indents the declarations that json-schema-to-typescript writes flush left, ends members with semicolons and breaks
 * long unions. Comments are kept as they are; texts inside literal types do not count as brackets.
 */
export function layOut(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let inComment = false;
  for (const raw of text.trim().split('\n')) {
    const line = raw.trim();
    if (inComment || line.startsWith('/**')) {
      const margin = inComment ? ' ' : '';
      lines.push(`${'  '.repeat(depth)}${margin}${line}`.trimEnd());
      inComment = !line.endsWith('*/');
      continue;
    }
    if (line === '') continue;
    const { closing, change } = brackets(line);
    const level = Math.max(0, depth - closing);
    depth = Math.max(0, depth + change);
    lines.push(...broken(`${'  '.repeat(level)}${line}${terminator(line, depth)}`));
  }
  return `${lines.join('\n')}\n`;
}

/** Declarations that were laid out one after the other, with their comments, by the names they declare. */
export function declarationsByName(text: string): Map<string, string> {
  const declarations = new Map<string, string>();
  const lines = text.split('\n');
  let start = 0;
  let name: string | undefined;
  for (const [at, line] of lines.entries()) {
    const begins = line.startsWith('/**') || line.startsWith('export ');
    if (begins && name !== undefined) {
      declarations.set(name, `${lines.slice(start, at).join('\n')}\n`);
      [start, name] = [at, undefined];
    }
    if (line.startsWith('export ')) name = /^export \w+ (\w+)/.exec(line)?.[1];
  }
  if (name !== undefined) declarations.set(name, lines.slice(start).join('\n'));
  return declarations;
}

/** A member or an alias ends with a semicolon; a line that opens something does not, nor does an interface's end. */
function terminator(line: string, depthAfter: number): string {
  if (/[{(|&,]$/.test(line)) return '';
  return depthAfter > 0 || line.startsWith('export type') || /[)\]]$/.test(line) ? ';' : '';
}

/** Brackets that a line closes before it opens any, and by how much the depth is another after it. */
function brackets(line: string): { closing: number; change: number } {
  let change = 0;
  let closing = 0;
  const code = line.replace(/"(?:[^"\\]|\\.)*"/g, '');
  for (const character of code) {
    if (character === '{') change++;
    else if (character === '}') {
      change--;
      closing = Math.max(closing, -change);
    }
  }
  return { closing, change };
}

/** A union needs no brackets round all of it; on one long line it becomes a line for each member. */
function broken(line: string): string[] {
  const start = /^(\s*)(.*?(?::| =)) \((.*)\)((?:\[\])?;?)$/.exec(line);
  if (!start) return [line];
  const [, margin = '', head = '', union = '', end = ''] = start;
  const members = splitUnion(union);
  if (members.length < 2) return [line];
  const short = end.startsWith('[]') ? line : `${margin}${head} ${union}${end}`;
  if (short.length <= WIDTH) return [short];
  const inner = members.map((member) => `${margin}    | ${member}`);
  if (end.startsWith('[]')) return [`${margin}${head} (`, ...inner, `${margin}  )${end}`];
  return [`${margin}${head}`, ...inner.slice(0, -1), `${inner.at(-1)}${end}`];
}

/** The members of `"a" | "b | c" | D`; nothing is split inside brackets or texts. */
function splitUnion(union: string): string[] {
  const members: string[] = [];
  let [depth, start, quoted] = [0, 0, false];
  for (let at = 0; at < union.length; at++) {
    const character = union[at]!;
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if ('({[<'.includes(character)) depth++;
    else if (')}]>'.includes(character)) depth--;
    else if (character === '|' && depth === 0) {
      members.push(union.slice(start, at).trim());
      start = at + 1;
    }
    if (depth < 0) return [];
  }
  members.push(union.slice(start).trim());
  return members;
}
