import './setup/node-version.mjs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foreground } from './foreground.mjs';
import { electronFolder, electronVersion } from './setup/electron-path.mjs';
import { main } from './setup/failure.mjs';
import { appParts, appTargets, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';

// npm run dist -- ARGUMENTS OF electron-builder: packs the app with the Electron that set-up has brought.
await main(async () => {
  await prepare(appParts, appTargets);
  await rm(join(root, 'dist/bench'), { recursive: true, force: true });
  const args = [
    '--publish=never',
    `--config.electronDist=${electronFolder() ?? ''}`,
    `--config.electronVersion=${electronVersion()}`,
    `--config.afterPack=${fileURLToPath(new URL('./packing/after-pack.mjs', import.meta.url))}`,
  ];
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  return foreground(process.execPath, [builder, ...args, ...process.argv.slice(2)], { cwd: root });
});
