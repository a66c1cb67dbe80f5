import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run checkpoints -- COMMAND: shows or changes a checkpoint folder in the terminal. Proving one needs TensorFlow; a report has no images of
// mistakes without it.
await main(async () => {
  const [proves, reports] = ['prove', 'report'].map((command) => process.argv.includes(command));
  const prepared = prepare(proves || reports ? trainerParts : ['packages'], ['trainer']);
  await (reports ? prepared.catch(() => prepare(['packages'], ['trainer'])) : prepared);
  return runNode('trainer/checkpoints.js', process.argv.slice(2));
});
