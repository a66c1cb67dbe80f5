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

/** Milliseconds without a byte until a host is given up. */
const PATIENCE = 60_000;

/**
 * Gets a file from its host into a folder, unless it is there. What has come stays where it is stopped or fails, and the next time goes on
 * from there; it takes its name once its checksum is that which was published. No If-Range is asked for: the checksum says which file it is.
 * @param watch is told bytes
 * @throws FailureError naming the cause, the address and what to do; the signal's reason where it is stopped
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
    // The disk that failed may fail again: another time finds the file where it is, too.
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
    // More than there is to come was never this file.
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

/** For reading and writing, and nothing of what is there is lost. */
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
 * Which byte the answer begins with: a host may not know of ranges, and send all.
 * @throws AnswerError where it is not the file
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

/** No archive begins so, but every web page does, whatever it is called. */
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

/** Null where there is no such file. */
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
