import { createWriteStream, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './failure.mjs';
import { Progress } from './progress.mjs';
import { failed, run } from './run.mjs';

/** A host that accepts no connection within these milliseconds counts as unreachable. */
const REACH_LIMIT = 4_000;
/** A host that has accepted the connection has this long to begin its answer. */
const ANSWER_LIMIT = 15_000;
/** A download that brings nothing for this long is given up. */
const STALL_LIMIT = 60_000;

/** The proxy that ordinary clients would use, if there is one. */
export const proxy = () => [process.env.HTTPS_PROXY, process.env.https_proxy].find(Boolean) ?? '';

/**
 * Tests within seconds whether the host of an address (or the proxy before it) accepts a connection.
 * @param {string} address
 * @returns {Promise<string | null>} why not; null when it does
 */
export function unreachable(address) {
  const { hostname, port, protocol } = new URL(proxy() || address);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'http:' ? 80 : 443),
    });
    // Not socket.setTimeout: a name that does not resolve has no socket yet.
    const timer = setTimeout(() => {
      answer(`${hostname} did not answer within ${REACH_LIMIT / 1000} s`);
    }, REACH_LIMIT);
    /** @param {string | null} reason */
    const answer = (reason) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reason);
    };
    socket.once('connect', () => {
      answer(null);
    });
    socket.on('error', (error) => {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      answer(`${hostname} is not reachable (${code ?? error.message})`);
    });
  });
}

/** Fetches an address into a file. @param {string} label @param {string} address @param {string} file */
export async function fetchFile(label, address, file) {
  const abort = new AbortController();
  const { hostname } = new URL(address);
  /** @param {number} limit */
  const giveUpAfter = (limit) =>
    setTimeout(() => {
      abort.abort(new Error(`nothing came from ${hostname} for ${limit / 1000} s`));
    }, limit);
  let timer = giveUpAfter(ANSWER_LIMIT);
  /** @type {Progress | null} */
  let progress = null;
  let bytes = 0;
  try {
    const response = await fetch(address, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`${hostname} answered ${response.status}`);
    const shown = new Progress(label, Number(response.headers.get('content-length')) || null);
    progress = shown;
    await pipeline(
      Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body)),
      async function* (/** @type {AsyncIterable<Uint8Array>} */ chunks) {
        for await (const chunk of chunks) {
          clearTimeout(timer);
          timer = giveUpAfter(STALL_LIMIT);
          shown.update((bytes += chunk.length));
          yield chunk;
        }
      },
      createWriteStream(file),
      { signal: abort.signal },
    );
  } finally {
    clearTimeout(timer);
    progress?.end();
  }
}

/** Bytes below a folder that another program is writing into. @param {string} folder @returns {number} */
function weight(folder) {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      bytes += entry.isDirectory() ? weight(path) : statSync(path).size;
    }
  } catch {
    // It was renamed or removed meanwhile.
  }
  return bytes;
}

/**
 * Has a program download into `folder`, shows its progress by what it has written, and gives it up when it stalls.
 * @param {string} label
 * @param {number | null} total bytes, when known
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
export async function downloadWith(label, total, folder, command, args, options) {
  const abort = new AbortController();
  const progress = new Progress(label, total);
  let bytes = 0;
  let grown = Date.now();
  const watch = setInterval(() => {
    const now = weight(folder);
    if (now !== bytes) grown = Date.now();
    bytes = now;
    if (Date.now() - grown > STALL_LIMIT) abort.abort();
    else progress.update(bytes);
  }, 500);
  try {
    const { code, output } = await run(command, args, { ...options, signal: abort.signal });
    if (abort.signal.aborted)
      throw new SetupError(
        `${label}: nothing came for ${STALL_LIMIT / 1000} s.`,
        [command, ...args].join(' '),
        'Look at the network and run the same command again.',
      );
    if (code !== 0) throw failed(label, command, args, output);
  } finally {
    clearInterval(watch);
    progress.end();
  }
}
