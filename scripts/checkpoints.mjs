import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare } from './setup/index.mjs';

// npm run checkpoints -- COMMAND: shows or changes a checkpoint folder in the terminal. Needs no TensorFlow.
await main(async () => {
  await prepare(['packages'], ['trainer']);
  return runNode('trainer/checkpoints.js', process.argv.slice(2));
});
