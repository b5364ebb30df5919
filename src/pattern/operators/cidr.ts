import { parseAddress, parseCidr, printCidr, withinAddresses } from '../addresses.ts';
import type { CidrChoice } from '../pattern.ts';
import { describeNode } from '../reading.ts';
import { defineOperator, quote } from './operator.ts';

export const cidr = defineOperator<CidrChoice>({
  kind: 'cidr',
  read(argument, at) {
    if (argument.kind !== 'string') {
      const problem = `"cidr" takes a string such as "10.0.0.0/24", not ${describeNode(argument)}`;
      return at.refuse(argument.span, problem, 'prefix match pattern must be a string');
    }
    const range = parseCidr(argument.value);
    if (typeof range !== 'string')
      return { kind: 'cidr', value: argument.value, ...range, span: argument.span };
    const problem = `${quote(argument.value)} is not an address block such as "10.0.0.0/24": ${range}`;
    return at.refuse(argument.span, problem, range);
  },
  accepts({ low, high }, leaf) {
    const address = leaf.type === 'string' ? parseAddress(leaf.value) : undefined;
    return address !== undefined && withinAddresses(address, low, high);
  },
  print: ({ value }) => value,
  canonical: (choice) => ({ ...choice, value: printCidr(choice.low, choice.high) }),
  describe: ({ value }) => `an IP address in ${value}`,
});
