import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run inspect -- ARGUMENTS: looks into the network of a checkpoint, in the terminal.
await main(async () => {
  await prepare(trainerParts, ['trainer']);
  return runNode('trainer/inspect.js', process.argv.slice(2));
});
