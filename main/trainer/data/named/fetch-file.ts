import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { FailureError } from '../../../../shared/ipc.ts';
import { piecesOf, withFile } from '../../files/bounded-file.ts';
import { hasCode } from '../../files/durable-files.ts';
import type { ReadingWatch } from '../raw-dataset.ts';
import { AnswerError, openDownload } from './download.ts';
import { damagedFetch, failedFetch, wrongFileThere } from './fetch-failures.ts';
import { claimPart, type PartFile } from './part-file.ts';
import type { PublishedFile } from './set-list.ts';

/** Milliseconds without a byte after which a host is given up. */
const PATIENCE = 60_000;

/**
 * Fetches a file into a folder, unless it is there. What has come stays there after a stop or a failure, and the next time goes on from it.
 * The file gets its name once its checksum is the published one. If-Range is not used: the checksum says which file it is.
 * @param watch is told bytes
 * @throws FailureError that names cause, address and remedy; the signal's reason if it is aborted
 */
export async function fetchFile(
  file: PublishedFile,
  folder: string,
  watch: ReadingWatch,
  patience = PATIENCE,
): Promise<void> {
  const path = join(folder, file.name);
  try {
    watch.signal.throwIfAborted();
    const there = await sha256If(path, watch.signal);
    if (there !== null && there !== file.sha256) throw wrongFileThere(file, path);
    if (there === null) await fetchAnew(file, path, watch, patience);
    watch.progress(file.bytes, file.bytes, 'bytes');
  } catch (error) {
    watch.signal.throwIfAborted();
    throw error instanceof FailureError ? error : failedFetch(file, path, error);
  }
}

async function fetchAnew(
  file: PublishedFile,
  path: string,
  watch: ReadingWatch,
  patience: number,
): Promise<void> {
  const part = await claimPart(path);
  try {
    await download(file, part, watch, patience);
    const sha256 = await sha256If(part.path, watch.signal);
    if (sha256 !== file.sha256) {
      await part.remove();
      throw damagedFetch(file, path, sha256 ?? '');
    }
    await part.finish();
  } catch (error) {
    // The disk that failed may fail again; the next start finds the file where it is, too.
    await part.putBack().catch(() => undefined);
    throw error;
  }
}

async function download(
  file: PublishedFile,
  part: PartFile,
  watch: ReadingWatch,
  patience: number,
): Promise<void> {
  const into = await openToWrite(part.path);
  try {
    const { size } = await into.stat();
    // A part larger than the published file was never this file.
    const from = size > file.bytes ? 0 : size;
    await into.truncate(from);
    watch.progress(from, file.bytes, 'bytes');
    if (from === file.bytes) return;
    const answer = await openDownload({ url: file.url, from, signal: watch.signal, patience });
    try {
      const begin = firstByte(answer, from, file);
      await into.truncate(begin);
      await writeAnswer(answer, into, begin, file, watch);
    } finally {
      answer.destroy();
    }
    await into.sync();
  } finally {
    await into.close();
  }
}

/** Opens a file for reading and writing without losing what it holds. */
async function openToWrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    return open(path, 'wx+');
  }
}

const PARTIAL = 206;

/**
 * The number of the answer's first byte: a host that does not support ranges sends the whole file.
 * @throws AnswerError if the answer is not the file
 */
function firstByte(answer: IncomingMessage, from: number, file: PublishedFile): number {
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200 && statusCode !== PARTIAL)
    throw new AnswerError(`the host answers ${statusCode} ${answer.statusMessage ?? ''}`.trim());
  if (/^(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) throw webPage();
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  const begin = statusCode === PARTIAL ? Number(range?.[1]) : 0;
  if (begin !== 0 && begin !== from)
    throw new AnswerError('the host sends another part of the file than was asked for');
  const length = headers['content-length'];
  const whole = length === undefined ? file.bytes : begin + Number(length);
  if (whole !== file.bytes)
    throw new AnswerError(
      `the host has another file there, of ${whole} bytes; the one that was published has ${file.bytes}`,
    );
  return begin;
}

const webPage = (): AnswerError =>
  new AnswerError(
    'a web page came in its place, as from a network that wants you to sign in first',
  );

/** No archive begins like this, but every web page does, whatever its content type. */
const isMarkup = (piece: Buffer): boolean => /^\s*</.test(piece.toString('latin1', 0, 64));

async function writeAnswer(
  answer: IncomingMessage,
  into: FileHandle,
  begin: number,
  file: PublishedFile,
  watch: ReadingWatch,
): Promise<void> {
  let at = begin;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    watch.signal.throwIfAborted();
    if (at === 0 && isMarkup(piece)) throw webPage();
    if (at + piece.length > file.bytes)
      throw new AnswerError(`more comes than the ${file.bytes} bytes that were published`);
    let written = 0;
    while (written < piece.length) {
      const { bytesWritten } = await into.write(piece, written, piece.length - written, at);
      written += bytesWritten;
      at += bytesWritten;
    }
    watch.progress(at, file.bytes, 'bytes');
  }
  if (at < file.bytes)
    throw new AnswerError(`the connection ended after ${at} of ${file.bytes} bytes`);
}

/** Null if there is no such file. */
async function sha256If(path: string, signal: AbortSignal): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await withFile(path, async (file) => {
      for await (const piece of piecesOf(file)) {
        signal.throwIfAborted();
        hash.update(piece);
      }
    });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  return hash.digest('hex');
}
