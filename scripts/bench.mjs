import './setup/node-version.mjs';
import { runNode } from './node-program.mjs';
import { main } from './setup/failure.mjs';
import { appParts, appTargets, prepare, trainerParts } from './setup/index.mjs';
import { peersPython } from './setup/peers.mjs';
import { withScreen } from './testing/screen.mjs';

// npm run bench -- ARGUMENTS: measures the engine's speed and, with --peers, that of its peers.
await main(async () => {
  const args = process.argv.slice(2);
  // The window is measured in the real app, on a screen.
  const needsApp = args.includes('--window') || args.join(' ').includes('--only window');
  if (needsApp) await prepare([...appParts, 'screen'], [...appTargets, 'bench']);
  else await prepare(trainerParts, ['bench']);
  const at = args.indexOf('--peers');
  if (at >= 0) {
    const python = args.includes('--help') ? null : await peersPython();
    args.splice(at, 1, ...(python === null ? [] : [`--peers=${python}`]));
  }
  const measure = () => runNode('bench/main.js', args);
  return needsApp ? withScreen(measure) : measure();
});
