import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run predict -- IMAGE…: what a checkpoint's network takes picture files for.
await main(async () => {
  await prepare(trainerParts, ['trainer']);
  return runNode('trainer/predict.js', process.argv.slice(2));
});
