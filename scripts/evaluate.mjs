import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run evaluate -- ARGUMENTS: how well a checkpoint's network does on any images.
await main(async () => {
  await prepare(trainerParts, ['trainer']);
  return runNode('trainer/evaluate.js', process.argv.slice(2));
});
