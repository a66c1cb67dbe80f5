import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFrom } from './cache.mjs';
import { demandSum, sumOf } from './checksum.mjs';
import { downloadWith } from './download.mjs';
import { root } from './places.mjs';
import { Progress } from './progress.mjs';
import { answers, must } from './run.mjs';
import { unzip } from './unzip.mjs';

const wheel = {
  name: 'tensorflow-cpu',
  version: '2.21.0',
  // Named, so that whichever Python is here will do: it only downloads.
  platform: 'manylinux_2_27_x86_64',
  python: '3.11',
  abi: 'cp311',
  bytes: 273_829_956,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};
const fileName = `tensorflow_cpu-${wheel.version}-${wheel.abi}-${wheel.abi}-${wheel.platform}.whl`;
const home = join(root, 'node_modules/@tensorflow/tfjs-node');

/** The number counts changes of how it is put together. */
export const wheelName = () => `tensorflow-${wheel.version}-wheel-1`;

/** @returns {string | undefined} */
export const compiler = () =>
  ['g++', 'c++', 'clang++'].find((command) => answers(command, ['--version']));

/** @returns {[string, ...string[]] | undefined} command and first arguments */
export function pip() {
  /** @type {[string, ...string[]][]} */
  const names = [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']];
  return names.find(([command, ...args]) => answers(command, [...args, '--version']));
}

/** Takes the C library out of TensorFlow's Python package and compiles tfjs-node's binding against it. */
export function tensorFlowFromWheel() {
  return publishFrom(wheelName(), download, async (archive, folder) => {
    await unzip(`TensorFlow ${wheel.version}: unpacking`, join(archive, fileName), folder, place);
    await compile(folder);
    await rm(join(folder, 'build'), { recursive: true });
    await writeFile(join(folder, 'version'), await loadedVersion(folder));
  });
}

/** @param {string} folder */
async function download(folder) {
  const [command = '', ...first] = pip() ?? [];
  const { name, version, platform, python, abi } = wheel;
  const args = [
    ...['download', '--no-deps', '--no-cache-dir', '--only-binary=:all:', '--progress-bar=off'],
    ...['--platform', platform, '--python-version', python, '--implementation', 'cp', '--abi', abi],
    ...['--dest', folder, `${name}==${version}`],
  ];
  const label = `TensorFlow ${version}: downloading`;
  await downloadWith(label, wheel.bytes, folder, command, [...first, ...args], {
    cwd: folder,
    // pip downloads there first.
    env: { ...process.env, TMPDIR: folder },
  });
  const sum = await sumOf(join(folder, fileName), 'sha256', 'hex');
  demandSum(`${name} ${version}`, 'pip', sum, wheel.sha256);
}

const headers =
  /^tensorflow\/include\/((tensorflow\/c|tensorflow\/core\/platform|tsl|xla\/tsl)\/.*)/;

/** @param {string} path */
function place(path) {
  const library = /^tensorflow\/(libtensorflow_(cc|framework)\.so\.2)$/.exec(path)?.[1];
  if (library) return `deps/lib/${library}`;
  const header = headers.exec(path)?.[1];
  return header ? `build/include/${header}` : null;
}

/** @param {string} folder */
async function compile(folder) {
  const label = `TensorFlow ${wheel.version}: compiling tfjs-node's binding`;
  const progress = new Progress(label, null);
  // The compiler sees one folder only, and no path of this machine gets into the binding.
  await cp(join(home, 'binding'), join(folder, 'build/binding'), { recursive: true });
  await cp(join(root, 'node_modules/node-api-headers/include'), join(folder, 'build/node'), {
    recursive: true,
  });
  await mkdir(join(folder, 'lib/napi-v8'), { recursive: true });
  const args = [
    ...['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'],
    ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-I.', '-Iinclude', '-Inode'],
    ...['-L../deps/lib', '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
    ...['-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', '../lib/napi-v8/tfjs_binding.node'],
  ];
  try {
    await must(label, compiler() ?? 'g++', args, { cwd: join(folder, 'build') });
  } finally {
    progress.end();
  }
}

/** Loads what was made, in a process of its own. @param {string} folder @returns {Promise<string>} such as 2.21.0 */
export async function loadedVersion(folder) {
  const binding = join(folder, 'lib/napi-v8/tfjs_binding.node');
  // It reports through a file: TensorFlow may print what it likes.
  const report = join(folder, '.version');
  const code = `require('fs').writeFileSync(process.argv[2], require(process.argv[1]).TF_Version)`;
  await must('Loading TensorFlow', process.execPath, ['-e', code, binding, report]);
  const version = await readFile(report, 'utf8');
  await rm(report);
  return version;
}
