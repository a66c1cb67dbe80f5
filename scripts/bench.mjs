import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';

// npm run bench -- ARGUMENTS: examples a second, against the same network run op by op.
await main(async () => {
  await prepare(trainerParts, ['bench']);
  return runNode('bench/main.js', process.argv.slice(2));
});
