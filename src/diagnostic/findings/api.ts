import { kind } from './kind.ts';

/** APIs in front of the components that publish and consume. */
export const apiFindings = {
  'api/answer-too-late': kind(
    'error',
    'A function that calls a model may answer later than its API waits',
    (p: { name: string; timeout: number; api: string; limit: number }) =>
      `${p.name} calls a model and may take ${p.timeout} s; ${p.api} waits ${p.limit} s and answers 504`,
  ),
} as const;
