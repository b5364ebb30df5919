/**
 * `busproof/schema`: what can be decided about JSON Schemas and event patterns. Every question takes compiled schemas
 * (`compileSchema`) and patterns (`compilePattern`), so that they are read once and asked any number of times.
 */

export { type CompiledPattern, compilePattern } from '../pattern/compile.ts';
export { describe } from '../sets/describe.ts';
export type { Proof } from '../sets/proof.ts';
export type { No, Reason, Unknown, Verdict, Yes } from '../sets/verdict.ts';
export { Candidates } from './candidates.ts';
export { type CompiledSchema, type CompileOptions, compileSchema } from './compiled.ts';
export { decide } from './decide.ts';
export { empty } from './empty.ts';
export { alwaysMatches, includes } from './includes.ts';
export { type MaxSize, maxSize } from './max-size.ts';
export { overlap, subsumes } from './overlap.ts';
export type { QuestionOptions } from './question.ts';
export { type Satisfiable, satisfiable } from './satisfiable.ts';
