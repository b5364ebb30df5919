import { expect, it } from 'vitest';
import { progressOf } from '../../src/cli/progress.ts';

function lines(
  during: (tell: ReturnType<typeof progressOf>, pass: (milliseconds: number) => void) => void,
): string[] {
  const told: string[] = [];
  let time = 0;
  during(
    progressOf({ progress: (text) => void told.push(text) }, () => time),
    (milliseconds) => {
      time += milliseconds;
    },
  );
  return told;
}

it('says nothing of what takes less than a second', () => {
  expect(
    lines((tell, pass) => {
      tell('one', 5);
      pass(900);
      tell('two', 5);
      tell('');
    }),
  ).toEqual([]);
});

it('says from then on what is being done, and takes its line away', () => {
  expect(
    lines((tell, pass) => {
      tell('one', 5);
      pass(1100);
      tell('two', 5);
      tell('');
    }),
  ).toEqual(['two', '']);
});

it('says at once what will take long', () => {
  expect(lines((tell) => tell('one', 5000))).toEqual(['one']);
});

it('is silent where there is no terminal', () => {
  expect(() => progressOf({})('one', 5000)).not.toThrow();
});
