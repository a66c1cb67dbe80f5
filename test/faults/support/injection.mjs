// @ts-check
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import threads from 'node:worker_threads';
import { parseJson } from '../../../scripts/setup/json.mjs';

/**
 * Stands between the trainer and the disk: every operation that changes a folder, or asks the disk to keep it, is numbered, and can be
 * recorded, made to fail, or be the last one of the process. Production code knows nothing of it. Used in two ways: imported into a test's
 * own process, or with `--import` before the trainer's command line, where FIRSTLAYER_FAULT says what to do. It also stands in each thread
 * that such a process starts: all of them count together, and go by one plan.
 */

/** @typedef {'open' | 'write' | 'sync' | 'truncate' | 'rename' | 'unlink' | 'mkdir'} Operation */

/**
 * One operation as it was done. Paths are below the folder.
 * @typedef {object} Entry
 * @property {Operation | 'acknowledged'} operation
 * @property {string} path
 * @property {string} [to] of a rename
 * @property {string} [data] of a write, base64
 * @property {number} [at] where a write begins
 * @property {boolean} [emptied] an open that emptied the file
 * @property {number} [size] of a truncation
 * @property {number} [step] of the checkpoint acknowledged
 */

/**
 * @typedef {object} Plan
 * @property {string} folder
 * @property {string} [log] file to append every operation to, a line of JSON each
 * @property {number} [killAt] number of the operation, from 1
 * @property {'before' | 'middle' | 'after'} [killWhen] middle: half of a write is done
 * @property {number} [failAt]
 * @property {boolean} [failForGood] every later one too
 * @property {string} [code] such as ENOSPC
 * @property {number} [clockOffset] milliseconds that Date is wrong by
 */

/** Where the threads of this process find the plan, and a list of what was made to fail. */
const SHARED = 'firstlayer-faults';

/** @returns {{ numbers: Int32Array, plan: string, failed: string }} */
function shared() {
  const there = threads.getEnvironmentData(SHARED);
  if (typeof there === 'object')
    return /** @type {{ numbers: Int32Array, plan: string, failed: string }} */ (there);
  const folder = fs.mkdtempSync(join(tmpdir(), 'firstlayer-faults-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const made = {
    numbers: new Int32Array(new SharedArrayBuffer(8)),
    plan: join(folder, 'plan.json'),
    failed: join(folder, 'failed.txt'),
  };
  // Each thread that begins from now on has it.
  threads.setEnvironmentData(SHARED, /** @type {any} */ (made));
  return made;
}

const common = shared();
/** In `common.numbers`: how often the plan has changed, and the operations so far. */
const [CHANGES, COUNT] = [0, 1];

let known = 0;
/** @type {Plan | null} */
let plan = null;

/** The plan in force; null: nothing is to be done. */
function active() {
  const changes = Atomics.load(common.numbers, CHANGES);
  if (changes !== known)
    plan = /** @type {Plan | null} */ (parseJson(fs.readFileSync(common.plan, 'utf8')));
  known = changes;
  return plan;
}

/** @param {Plan | null} next */
function setPlan(next) {
  fs.writeFileSync(common.plan, JSON.stringify(next));
  fs.writeFileSync(common.failed, '');
  Atomics.store(common.numbers, COUNT, 0);
  Atomics.add(common.numbers, CHANGES, 1);
}

const numbers = { ENOSPC: -28, EIO: -5, EACCES: -13, EROFS: -30 };

/** @param {string} code @param {string} operation @param {string} path */
function failure(code, operation, path) {
  const error = /** @type {NodeJS.ErrnoException} */ (
    new Error(`${code}: injected failure, ${operation} '${path}'`)
  );
  error.code = code;
  error.errno = numbers[/** @type {keyof typeof numbers} */ (code)];
  error.path = path;
  return error;
}

const die = () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing more may happen.
  for (;;);
};

/** @param {unknown} path */
const below = (path) => {
  const folder = active()?.folder;
  if (folder === undefined || typeof path !== 'string') return null;
  const full = resolve(path);
  if (full === folder) return '';
  return full.startsWith(folder + sep) ? full.slice(folder.length + 1) : null;
};

/** @param {Entry} entry */
function record(entry) {
  const log = active()?.log;
  if (log !== undefined) fs.appendFileSync(log, `${JSON.stringify(entry)}\n`);
}

/**
 * @template T
 * @param {Entry} entry
 * @param {() => Promise<T>} act
 * @param {() => void} [half] does half of it
 * @returns {Promise<T>}
 */
async function operate(entry, act, half) {
  const current = active();
  if (!current) return act();
  const count = Atomics.add(common.numbers, COUNT, 1) + 1;
  const { folder, killAt, killWhen, failAt, failForGood, code } = current;
  if (count === killAt && killWhen === 'before') die();
  if (count === killAt && killWhen === 'middle') {
    half?.();
    die();
  }
  if (failAt !== undefined && (count === failAt || (failForGood && count > failAt))) {
    fs.appendFileSync(common.failed, `${entry.operation} ${entry.path}\n`);
    throw failure(code ?? 'EIO', entry.operation, join(folder, entry.path));
  }
  try {
    const result = await act();
    record(entry);
    return result;
  } finally {
    // Also after one that found nothing, such as the first look for a file.
    if (count === killAt) die();
  }
}

/** @param {import('node:fs/promises').FileHandle} handle @param {string} path @param {boolean} appends */
function wrapHandle(handle, path, appends) {
  const writeFile = handle.writeFile.bind(handle);
  const sync = handle.sync.bind(handle);
  const truncate = handle.truncate.bind(handle);
  let at = appends ? null : 0;
  handle.writeFile = (data, ...rest) => {
    const bytes =
      typeof data === 'string' ? Buffer.from(data) : Buffer.from(/** @type {Uint8Array} */ (data));
    const begin = at ?? fs.fstatSync(handle.fd).size;
    const entry = /** @type {Entry} */ ({
      operation: 'write',
      path,
      at: begin,
      ...(active()?.log === undefined ? {} : { data: bytes.toString('base64') }),
    });
    if (at !== null) at += bytes.length;
    return operate(
      entry,
      () => writeFile(data, ...rest),
      () => fs.writeSync(handle.fd, bytes, 0, bytes.length >> 1),
    );
  };
  handle.sync = () => operate({ operation: 'sync', path }, () => sync());
  handle.truncate = (size = 0) =>
    operate({ operation: 'truncate', path, size }, () => truncate(size));
  return handle;
}

const real = { open: fsp.open, rename: fsp.rename, rm: fsp.rm, mkdir: fsp.mkdir };

fsp.open = async (path, flags = 'r', mode) => {
  const name = below(path);
  // By number, as files are opened that are only looked at.
  if (name === null || typeof flags === 'number') return real.open(path, flags, mode);
  const writes = flags !== 'r';
  const open = async () => real.open(path, flags, mode);
  const handle = await operate(
    { operation: 'open', path: name, ...(writes && { emptied: flags === 'w' }) },
    open,
  );
  return wrapHandle(handle, name, flags.startsWith('a'));
};
fsp.rename = (from, to) => {
  const [name, target] = [below(from), below(to)];
  if (name === null || target === null) return real.rename(from, to);
  return operate({ operation: 'rename', path: name, to: target }, () => real.rename(from, to));
};
fsp.rm = (path, options) => {
  const name = below(path);
  if (name === null || !fs.existsSync(String(path))) return real.rm(path, options);
  return operate({ operation: 'unlink', path: name }, () => real.rm(path, options));
};
/** @type {typeof fsp.mkdir} */
// @ts-expect-error One of its overloads.
fsp.mkdir = (path, options) => {
  const name = below(path);
  const make = () => real.mkdir(path, options);
  if (name === null || fs.existsSync(String(path))) return make();
  return operate({ operation: 'mkdir', path: name }, make);
};
const { Worker } = threads;
threads.Worker = class extends Worker {
  /** @param {string | URL} file @param {import('node:worker_threads').WorkerOptions} [options] */
  constructor(file, options) {
    super(file, { ...options, execArgv: ['--import', import.meta.url] });
  }
};
syncBuiltinESMExports();

/** What the trainer tells the outside is part of the order of things. @param {number} step */
export const acknowledge = (step) => record({ operation: 'acknowledged', path: '', step });

/** @param {Plan} wanted @returns what there is to ask about it, and its end */
export function inject(wanted) {
  setPlan({ ...wanted, folder: fs.realpathSync(wanted.folder) });
  return {
    /** How many operations there were. */
    get count() {
      return Atomics.load(common.numbers, COUNT);
    },
    /** Those that were made to fail. */
    get failed() {
      return fs.readFileSync(common.failed, 'utf8').split('\n').slice(0, -1);
    },
    /** Ends it: how many there were, and which failed, is told as it was. */
    end() {
      const { count, failed } = this;
      setPlan(null);
      return { count, failed };
    },
  };
}

/** @param {number} offset */
function setClock(offset) {
  const RealDate = Date;
  const now = () => RealDate.now() + offset;
  const wrong = {
    construct: (/** @type {DateConstructor} */ _, /** @type {unknown[]} */ args) =>
      args.length === 0
        ? new RealDate(now())
        : /** @type {Date} */ (Reflect.construct(RealDate, args)),
    get: (/** @type {DateConstructor} */ target, /** @type {string | symbol} */ key) =>
      key === 'now' ? now : /** @type {unknown} */ (Reflect.get(target, key)),
  };
  globalThis.Date = new Proxy(RealDate, wrong);
}

const asked = process.env.FIRSTLAYER_FAULT;
if (asked !== undefined) {
  const wanted = /** @type {Plan} */ (parseJson(asked));
  if (wanted.clockOffset !== undefined) setClock(wanted.clockOffset);
  if (threads.isMainThread) beginProcess(wanted);
}

/** @param {Plan} wanted */
function beginProcess(wanted) {
  inject(wanted);
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (/** @type {string | Uint8Array} */ text) => {
    for (const line of String(text).split('\n')) {
      const step = /^\{"type":"saved".*"step":(\d+)/.exec(line)?.[1];
      if (step !== undefined) acknowledge(Number(step));
    }
    return write(text);
  };
}
