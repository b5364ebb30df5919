import fc from 'fast-check';

/**
 * Random cases are the same in every run, so that a landing does not depend on luck; `BUSPROOF_SEED` looks for others.
 * What a seed finds becomes a case of its own.
 */
fc.configureGlobal({ seed: Number(process.env['BUSPROOF_SEED'] ?? 20261123) });
