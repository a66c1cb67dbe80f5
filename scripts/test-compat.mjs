import './setup/node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryFolder } from './setup/cache.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { prepare, trainerParts } from './setup/index.mjs';
import { newerNode, newerVersion } from './setup/node-npm.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/progress.mjs';
import { oldest, tensorFlowFromWheel, wheelName } from './setup/tensorflow-wheel.mjs';
import { pythonLibrary } from './testing/python-library.mjs';
import { runStages } from './testing/run-stages.mjs';
import { stages } from './testing/stages.mjs';

/** The tests that TensorFlow's version can affect; the others test files, words and processes. */
const ofTensorFlow = [
  'graph/',
  'training/',
  'start/precision',
  'checkpoint/bundle',
  'checkpoint/exact',
  'service/commands',
  'service/questions',
  'tensorflow/',
].map((place) => `test/engine/${place}`);
/** Graphs are computed by TensorFlow, so Node's version does not affect these tests. */
const notOfNode = ['--exclude', 'test/engine/graph/**'];

// npm run test:compat: runs the engine's tests on the TensorFlow that tfjs-node's own installer brings, and under the Node that
// newer Electrons carry.
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
  // The oldest TensorFlow is part of a Python module and needs a Python library to load; that of any Python will do.
  const env = {
    LD_PRELOAD: await pythonLibrary(`TensorFlow ${oldest.version} is loaded with`),
  };
  const folder =
    entryFolder(wheelName(oldest)) ??
    (await tensorFlowFromWheel(oldest, { ...process.env, ...env }));
  const node = await newerNode();
  const preload = pathToFileURL(join(root, 'scripts/testing/other-binding.mjs')).href;
  say(`Ready: TensorFlow ${oldest.version} and Node ${newerVersion}.`);
  return runStages([
    {
      ...engine,
      name: `engine on TensorFlow ${oldest.version}`,
      program: [...engine.program, ...ofTensorFlow],
      env: {
        ...env,
        FIRSTLAYER_BINDING: join(folder, 'lib/napi-v8/tfjs_binding.node'),
        NODE_OPTIONS: `--import ${preload}`,
      },
    },
    {
      ...engine,
      name: `engine under Node ${newerVersion}`,
      program: [...engine.program, ...notOfNode],
      node,
    },
  ]);
});
