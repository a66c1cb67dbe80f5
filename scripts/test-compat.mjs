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
  'tensorflow/',
  'training/any-config',
  'training/diagnostics',
  'training/divergence',
  'training/evaluate',
  'training/many-classes',
  'start/precision',
  'checkpoint/bundle',
  'checkpoint/exact',
  'service/commands',
  'service/questions',
].map((place) => `test/engine/${place}`);
/** What TensorFlow computes, and what is done between two steps, does not depend on Node's version. */
const notOfNode = ['graph', 'tensorflow', 'training'].flatMap((room) => [
  '--exclude',
  `test/engine/${room}/**`,
]);

// npm run test:compat: runs the engine's tests on the TensorFlow that tfjs-node's own installer brings, and under the Node that
// newer Electrons carry. Arguments name test files, in place of those that can tell.
await main(async () => {
  const asked = process.argv.slice(2);
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
      program: [...engine.program, ...(asked.length > 0 ? asked : ofTensorFlow)],
      env: {
        ...env,
        FIRSTLAYER_BINDING: join(folder, 'lib/napi-v8/tfjs_binding.node'),
        NODE_OPTIONS: `--import ${preload}`,
      },
    },
    {
      ...engine,
      name: `engine under Node ${newerVersion}`,
      program: [...engine.program, ...(asked.length > 0 ? asked : notOfNode)],
      node,
    },
  ]);
});
