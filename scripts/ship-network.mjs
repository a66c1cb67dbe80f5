import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import './setup/node-version.mjs';
import { main } from './setup/failure.mjs';
import { root } from './setup/places.mjs';

// npm run ship-network: trains the small network that the app ships with, on MNIST, and puts its last checkpoint into main/trainer/shipped.
await main(async () => {
  const shipped = join(root, 'main/trainer/shipped');
  const folder = await mkdtemp(join(tmpdir(), 'firstlayer-ship-'));
  try {
    const options = ['--config', join(shipped, 'run.json'), '--checkpoint-dir', folder];
    const { status } = spawnSync(process.execPath, [join(root, 'scripts/train.mjs'), ...options], {
      stdio: 'inherit',
    });
    if (status !== 0) return status ?? 1;
    const step = Math.max(
      ...readdirSync(folder).map((name) =>
        Number(/^model\.ckpt-(\d+)\.index$/.exec(name)?.[1] ?? 0),
      ),
    );
    /** @param {string} end */
    const textOf = (end) =>
      readFileSync(join(folder, `model.ckpt-${step}.${end}`)).toString('base64');
    const network = { step, index: textOf('index'), data: textOf('data-00000-of-00001') };
    writeFileSync(join(shipped, 'network.json'), `${JSON.stringify(network, null, 2)}\n`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
