import './setup/node-version.mjs';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { foreground } from './foreground.mjs';
import { withTemporary } from './setup/cache.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { appParts, appTargets, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { withScreens } from './testing/screen.mjs';

// npm run test:packaged [-- --output FOLDER] [SPEC…]: looks into the folder that npm run dist has packed, and runs the end-to-end tests, or
// those named, with the packed app.
await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { output: { type: 'string', default: join(root, 'release') } },
  });
  await prepare([...appParts, 'screen'], appTargets);
  const { packedFolder } = await import('./packing/targets.mjs');
  const { drivenCopy } = await import('./packing/driven-copy.mjs');
  const output = resolve(values.output);
  if (!existsSync(output))
    throw new SetupError(
      'There is no packed app.',
      output,
      'Make it with npm run dist -- --dir, or name where it is with --output.',
    );
  const packed = packedFolder(output);
  let code = 0;
  await withTemporary(output, 'driven', async (folder) => {
    process.env.FIRSTLAYER_PACKED = packed;
    process.env.FIRSTLAYER_APP = await drivenCopy(packed, join(folder, 'app'));
    /** @param {string[]} program */
    const node = (program) => foreground(process.execPath, program, { cwd: root });
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const playwright = join(root, 'node_modules/playwright/cli.js');
    code = await node([vitest, 'run', '--project', 'packaged']);
    const config = 'test/e2e/playwright.config.ts';
    code ||= await withScreens(() => node([playwright, 'test', '-c', config, ...positionals]));
  });
  return code;
});
