import clean from 'semver/functions/clean.js';
import * as v from 'valibot';
import { FailureError } from '../../shared/ipc.ts';
import { messageOf } from '../../shared/system-errors.ts';

/** As the platform's. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** Milliseconds until the whole answer is there. */
const PATIENCE = 10_000;
/** Bytes: the description and the list of files of a release, each as long as GitHub allows. */
const MOST = 1_000_000;

/** Of what GitHub answers, all that is looked at. */
const releaseSchema = v.object({ tag_name: v.pipe(v.string(), v.maxLength(100)) });

/**
 * Asks which version is the newest that was published. Nothing but the address is sent; redirects are not followed.
 * @throws FailureError that names cause, address and remedy
 */
export async function newestRelease(
  address: string,
  fetch: Fetch,
  patience = PATIENCE,
): Promise<string> {
  try {
    return await inTime(patience, async (signal) => {
      const answer = await fetch(address, {
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        headers: { accept: 'application/vnd.github+json', 'user-agent': 'Firstlayer' },
        signal,
      });
      if (answer.status === 404) throw new Error('no version is published there');
      if (!answer.ok) throw new Error(`the host answers ${answer.status}`);
      const { tag_name: tag } = v.parse(releaseSchema, JSON.parse(await textOf(answer)));
      const version = clean(tag);
      if (version === null) throw new Error('what came names no version');
      return version;
    });
  } catch (error) {
    throw new FailureError(
      {
        what: `Whether there is a newer version is not known: ${whyOf(error)}.`,
        where: address,
        remedy: 'Nothing needs to be done: it is asked again tomorrow, or at the next start then.',
      },
      { cause: error },
    );
  }
}

/**
 * Ends what takes longer, and waits for it no more, even where its end does not reach it.
 * @throws DOMException named TimeoutError, or what `work` throws
 */
async function inTime<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException(undefined, 'TimeoutError');
      reject(reason);
      ending.abort(reason);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(ending.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Error if it is longer than an answer may be */
async function textOf(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    // Leaving the loop ends the request.
    if (bytes > MOST) throw new Error('more comes than such an answer has');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function whyOf(error: unknown): string {
  if (error instanceof SyntaxError || error instanceof v.ValiError)
    return 'what came is no description of a version';
  if (error instanceof Error && error.name === 'TimeoutError')
    return 'the host took too long to answer';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return messageOf(cause);
}
