import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run checkpoints -- COMMAND: shows or changes a checkpoint folder in the terminal. Only proving one needs TensorFlow.
await main(async () => {
  const proves = process.argv.includes('prove');
  await prepare(proves ? trainerParts : ['packages'], ['trainer']);
  return runNode('trainer/checkpoints.js', process.argv.slice(2));
});
