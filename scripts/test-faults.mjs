// npm run test:faults: tries every fault of the checkpoint folder at every point, in some twenty minutes. `npm test` tries a
// sample.
process.env.FIRSTLAYER_FAULTS = 'long';
process.argv[2] = 'faults';
await import('./test.mjs');
