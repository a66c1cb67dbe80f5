import './setup/node-version.mjs';
import { foreground } from './foreground.mjs';
import { runNode } from './node-program.mjs';
import { hasDisplay } from './setup/desktop.mjs';
import { electronArguments, electronExecutable } from './setup/electron-path.mjs';
import { main } from './setup/failure.mjs';
import { appParts, appTargets, prepare, trainerParts } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/progress.mjs';

// npm start [-- ARGUMENTS OF THE APP]: opens the window; without a screen it trains in the terminal.
await main(async () => {
  const args = process.argv.slice(2);
  if (!hasDisplay()) {
    say('No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): training in the terminal.');
    await prepare(trainerParts, ['trainer']);
    return runNode('trainer/train.js', args, { input: args.includes('--commands') });
  }
  await prepare(appParts, appTargets);
  if (process.getuid?.() === 0) say("Running as root: Chromium's sandbox is off (--no-sandbox).");
  return foreground(electronExecutable(), [...electronArguments(), root, ...args], { cwd: root });
});
