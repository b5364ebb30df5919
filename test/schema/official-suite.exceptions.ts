/** What is not decided, or not as the suite has it, each with its reason. */
export const exceptions = {
  /** Up to draft-07 keywords beside `$ref` are to be ignored; validators apply them, and so do we, with a warning. */
  wrong: ['ref overrides any sibling keywords: ref valid, maxItems ignored'],
  undecided: {
    'vocabulary.json': 'a `$schema` of its own may give keywords another meaning',
    'dynamicRef.json': 'where the part of the suite at hand lacks the files it refers to',
  },
} as const;
