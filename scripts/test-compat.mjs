import './setup/node-version.mjs';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryFolder } from './setup/cache.mjs';
import { need } from './setup/debian.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';
import { newerNode } from './setup/node-npm.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/progress.mjs';
import { must } from './setup/run.mjs';
import { oldest, tensorFlowFromWheel, wheelName } from './setup/tensorflow-wheel.mjs';
import { runStages } from './testing/run-stages.mjs';
import { stages } from './testing/stages.mjs';

// npm run test:compat: the engine's tests on the TensorFlow that tfjs-node's own installer brings, and under the Node that newer
// Electrons carry.
await main(async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(
      'Both can be had for Linux x86-64 only.',
      `${process.platform} ${process.arch}`,
      'Run it on such a machine, or in a container of one.',
    );
  await prepare(trainerParts, ['trainer']);
  const [engine] = stages(['engine']);
  if (!engine) throw new Error('there is no stage called engine');
  const env = await withPython();
  const folder =
    entryFolder(wheelName(oldest)) ??
    (await tensorFlowFromWheel(oldest, { ...process.env, ...env }));
  const node = await newerNode();
  const preload = pathToFileURL(join(root, 'scripts/testing/other-binding.mjs')).href;
  say(
    `Ready: TensorFlow ${oldest.version} and Node ${await must('Asking Node for its version', node, ['-p', 'process.version'])}`.trim(),
  );
  return runStages([
    {
      ...engine,
      name: `engine on TensorFlow ${oldest.version}`,
      env: {
        ...env,
        FIRSTLAYER_BINDING: join(folder, 'lib/napi-v8/tfjs_binding.node'),
        NODE_OPTIONS: `--import ${preload}`,
      },
    },
    { ...engine, name: 'engine under Node 24', node },
  ]);
});

/** The oldest TensorFlow's library lies inside Python's: any Python's library will do to load it. */
async function withPython() {
  const find = () => {
    const folder = '/usr/lib/x86_64-linux-gnu';
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const name = names.find((each) => /^libpython3\.\d+\.so\.1\.0$/.test(each));
    return name === undefined ? null : join(folder, name);
  };
  if (!find())
    await need(
      ['libpython3.11'],
      'The library of a Python, which TensorFlow 2.9.1 is loaded with, is missing.',
    );
  const library = find();
  if (!library)
    throw new SetupError(
      'The library of a Python is not where Debian has it.',
      '/usr/lib/x86_64-linux-gnu',
      'Install libpython3.11 and run the same command again.',
    );
  return { LD_PRELOAD: library };
}
