import { hasHole, printHoles } from '../json/holes.ts';

/** Names for a shell: what is known in quotes where it needs them, what is not as a variable that a comment explains. */
export class ShellNames {
  private readonly variables = new Map<string, { readonly name: string; readonly how: string }>();

  /** Lines that set the variables. */
  get lines(): readonly string[] {
    return [...this.variables.values()].map(({ name, how }) => `${name}=${how}`);
  }

  /** A text as one word of a command line; one with a part that is not known is a variable of its own. */
  word(text: string, kind: string): string {
    return hasHole(text)
      ? this.variable(text, kind, `  # ${kind.toLowerCase()} ${printHoles(text)}`)
      : quoted(text);
  }

  /** The name that CloudFormation gave a template resource, which only the stack knows. */
  physical(logicalId: string, kind: string): string {
    const query = '--query StackResourceDetail.PhysicalResourceId --output text';
    const ask = `aws cloudformation describe-stack-resource --stack-name "$STACK" --logical-resource-id ${quoted(logicalId)} ${query}`;
    // Of a rule on a bus of its own it is `bus|rule`.
    return this.variable(logicalId, kind, `$(${ask}${kind === 'RULE' ? " | sed 's/.*|//'" : ''})`);
  }

  private variable(key: string, kind: string, how: string): string {
    const id = `${kind} ${key}`;
    const count = [...this.variables.keys()].filter((known) => known.startsWith(`${kind} `)).length;
    const known = this.variables.get(id) ?? { name: `${kind}_${count + 1}`, how };
    this.variables.set(id, known);
    return `"$${known.name}"`;
  }
}

function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
