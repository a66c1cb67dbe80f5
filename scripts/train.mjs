import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run train -- ARGUMENTS: the trainer in the terminal.
await main(async () => {
  await prepare(trainerParts, ['trainer']);
  const args = process.argv.slice(2);
  return runNode('trainer/train.js', args, { input: args.includes('--commands') });
});
