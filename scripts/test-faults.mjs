// npm run test:faults: every fault of the checkpoint folder, at every point; some twenty minutes. `npm test` tries a sample of them.
process.env.FIRSTLAYER_FAULTS = 'long';
process.argv[2] = 'faults';
await import('./test.mjs');
