import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';
import { peersPython } from './setup/peers.mjs';

// npm run bench -- ARGUMENTS: measures the engine's speed and, with --peers, that of its peers.
await main(async () => {
  await prepare(trainerParts, ['bench']);
  const args = process.argv.slice(2);
  const at = args.indexOf('--peers');
  if (at >= 0) {
    const python = args.includes('--help') ? null : await peersPython();
    args.splice(at, 1, ...(python === null ? [] : [`--peers=${python}`]));
  }
  return runNode('bench/main.js', args);
});
