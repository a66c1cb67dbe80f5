import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run data -- COMMAND: what sets of images there are, and what is in one.
await main(async () => {
  await prepare(trainerParts, ['trainer']);
  return runNode('trainer/data.js', process.argv.slice(2));
});
