import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './failure.mjs';

/** @param {string} file @param {'sha256' | 'sha512'} kind @param {'hex' | 'base64'} form */
export async function sumOf(file, kind, form) {
  const hash = createHash(kind);
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest(form);
}

/**
 * @param {string} what
 * @param {string} registry the registry that served it
 * @param {string} sum the file's actual checksum
 * @param {string} expected
 */
export function demandSum(what, registry, sum, expected) {
  if (sum !== expected)
    throw new SetupError(
      `${what} is not the file it should be: its checksum is ${sum} instead of ${expected}.`,
      what,
      `Look at which registry ${registry} is set up for, and run the same command again.`,
    );
}
