import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { publishFrom } from './cache.mjs';
import { demandSum, sumOf } from './checksum.mjs';
import { downloadWith } from './download.mjs';
import { lookUpOwnNamesFirst } from './own-names-first.mjs';
import { root } from './places.mjs';
import { Progress } from './progress.mjs';
import { answers, must } from './run.mjs';
import { unzip } from './unzip.mjs';

/**
 * A TensorFlow as a Python package. It names its platform and Python, because it is downloaded by whichever Python is here.
 * @typedef {object} Wheel
 * @property {string} version
 * @property {string} platform
 * @property {string} tags how the file's name ends
 * @property {string} python
 * @property {string} abi
 * @property {number} bytes
 * @property {string} sha256
 * @property {[string, string]} libraries paths of the C library and the framework's in the package
 * @property {string[]} link more arguments for the compiler
 */

/** @type {Wheel} */
const newest = {
  version: '2.21.0',
  platform: 'manylinux_2_27_x86_64',
  tags: 'manylinux_2_27_x86_64',
  python: '3.11',
  abi: 'cp311',
  bytes: 273_829_956,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  libraries: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'],
  link: [],
};

/**
 * The version that tfjs-node's own installer brings. In its package the C library is part of the Python module, so a Python
 * library must be loaded first.
 * @type {Wheel}
 */
export const oldest = {
  version: '2.9.1',
  platform: 'manylinux2014_x86_64',
  tags: 'manylinux_2_17_x86_64.manylinux2014_x86_64',
  python: '3.10',
  abi: 'cp310',
  bytes: 207_453_921,
  sha256: '6666ddeae45e1f41da788cb4bdea3435aba16edb0bc17b7ac00631c7c9eb052e',
  libraries: [
    'tensorflow/python/_pywrap_tensorflow_internal.so',
    'tensorflow/libtensorflow_framework.so.2',
  ],
  link: ['-Wl,--unresolved-symbols=ignore-all'],
};

/** @param {Wheel} wheel */
const fileName = ({ version, abi, tags }) => `tensorflow_cpu-${version}-${abi}-${abi}-${tags}.whl`;
const home = join(root, 'node_modules/@tensorflow/tfjs-node');

/** The last number goes up when the steps that make this TensorFlow change. */
export const wheelName = (wheel = newest) => `tensorflow-${wheel.version}-wheel-3`;

/** @returns {string | undefined} */
export const compiler = () =>
  ['g++', 'c++', 'clang++'].find((command) => answers(command, ['--version']));

/** @returns {[string, ...string[]] | undefined} command and first arguments */
export function pip() {
  /** @type {[string, ...string[]][]} */
  const names = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']];
  return names.find(([command, ...args]) => answers(command, [...args, '--version']));
}

/**
 * Takes the C library out of TensorFlow's Python package and compiles tfjs-node's binding against it.
 * @param {Wheel} wheel
 * @param {NodeJS.ProcessEnv} [env] the environment to load it in
 */
export function tensorFlowFromWheel(wheel = newest, env = process.env) {
  return publishFrom(
    wheelName(wheel),
    (folder) => download(wheel, folder),
    async (archive, folder) => {
      const label = `TensorFlow ${wheel.version}: unpacking`;
      await unzip(label, join(archive, fileName(wheel)), folder, (path) => place(wheel, path));
      await lookUpOwnNamesFirst(join(folder, 'deps/lib', basename(wheel.libraries[0])));
      await compile(wheel, folder);
      await rm(join(folder, 'build'), { recursive: true });
      await writeFile(join(folder, 'version'), await loadedVersion(folder, env));
    },
  );
}

/** @param {Wheel} wheel @param {string} folder */
async function download(wheel, folder) {
  const [command = '', ...first] = pip() ?? [];
  const name = 'tensorflow-cpu';
  const { version, platform, python, abi } = wheel;
  const args = [
    ...['download', '--no-deps', '--no-cache-dir', '--only-binary=:all:', '--progress-bar=off'],
    ...['--platform', platform, '--python-version', python, '--implementation', 'cp', '--abi', abi],
    ...['--dest', folder, `${name}==${version}`],
  ];
  const label = `TensorFlow ${version}: downloading`;
  await downloadWith(label, wheel.bytes, folder, command, [...first, ...args], {
    cwd: folder,
    // pip downloads into TMPDIR first.
    env: { ...process.env, TMPDIR: folder },
  });
  const sum = await sumOf(join(folder, fileName(wheel)), 'sha256', 'hex');
  demandSum(`${name} ${version}`, 'pip', sum, wheel.sha256);
}

const headers =
  /^tensorflow\/include\/((tensorflow\/c|tensorflow\/core\/platform|tsl|xla\/tsl)\/.*)/;

/** Licences, which npm run dist packs; tfjs-node's own installer puts them into deps/, too. */
const licences = ['tensorflow/include/LICENSE', 'tensorflow/THIRD_PARTY_NOTICES.txt'];

/** @param {Wheel} wheel @param {string} path */
function place({ libraries }, path) {
  if (libraries.includes(path)) return `deps/lib/${basename(path)}`;
  if (licences.includes(path)) return `deps/${basename(path)}`;
  const header = headers.exec(path)?.[1];
  return header ? `build/include/${header}` : null;
}

/** @param {Wheel} wheel @param {string} folder */
async function compile(wheel, folder) {
  const label = `TensorFlow ${wheel.version}: compiling tfjs-node's binding`;
  const progress = new Progress(label, null);
  // Everything is copied into one folder, so that no path of this machine gets into the binding.
  await cp(join(home, 'binding'), join(folder, 'build/binding'), { recursive: true });
  await cp(join(root, 'node_modules/node-api-headers/include'), join(folder, 'build/node'), {
    recursive: true,
  });
  await mkdir(join(folder, 'lib/napi-v8'), { recursive: true });
  const args = [
    ...['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'],
    ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-I.', '-Iinclude', '-Inode'],
    ...['-L../deps/lib', ...wheel.libraries.map((path) => `-l:${basename(path)}`), ...wheel.link],
    ...['-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', '../lib/napi-v8/tfjs_binding.node'],
  ];
  try {
    await must(label, compiler() ?? 'g++', args, { cwd: join(folder, 'build') });
  } finally {
    progress.end();
  }
}

/**
 * Loads the binding in a process of its own and asks it for TensorFlow's version.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} such as 2.21.0
 */
export async function loadedVersion(folder, env = process.env) {
  const binding = join(folder, 'lib/napi-v8/tfjs_binding.node');
  // The version comes back in a file, because TensorFlow itself may print anything.
  const report = join(folder, '.version');
  const code = `require('fs').writeFileSync(process.argv[2], require(process.argv[1]).TF_Version)`;
  await must('Loading TensorFlow', process.execPath, ['-e', code, binding, report], { env });
  const version = await readFile(report, 'utf8');
  await rm(report);
  return version;
}
