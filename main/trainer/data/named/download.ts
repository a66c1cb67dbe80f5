import { get as getPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getSecure } from 'node:https';

/**
 * Downloads a file byte for byte. `fetch` is not used, since it unpacks what a host declares as packed, as many hosts do with a .gz: then
 * neither the checksum nor a range would be that of the file.
 */

/** The host has answered, but not with the file. The message follows a colon. */
export class AnswerError extends Error {}

/** No byte has come for too long. */
export class SilenceError extends Error {}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface Asked {
  url: string;
  /** Number of the first byte that is wanted. */
  from: number;
  signal: AbortSignal;
  /** Milliseconds without a byte after which the download is given up. */
  patience: number;
}

/**
 * Requests a file and follows redirects: by HTTPS to any host, by HTTP only to the host that was asked first.
 * @returns the last answer, whatever its status, with its body unread
 * @throws Error of the system or the network; AnswerError; SilenceError
 */
export async function openDownload(asked: Asked): Promise<IncomingMessage> {
  const first = new URL(asked.url);
  let url = first;
  for (let count = 0; count <= MOST_REDIRECTS; count++) {
    const answer = await getOnce(url, asked);
    const { statusCode = 0, headers } = answer;
    if (!REDIRECTS.has(statusCode) || headers.location === undefined) return answer;
    answer.destroy();
    if (!URL.canParse(headers.location, url.href))
      throw new AnswerError('the host sends on to an address that is none');
    url = new URL(headers.location, url);
    const isAllowed =
      url.protocol === 'https:' || (url.protocol === 'http:' && url.host === first.host);
    if (!isAllowed)
      throw new AnswerError(
        `the host sends on to ${url.protocol}//${url.host}, which is not taken: only HTTPS is, or the host itself`,
      );
  }
  throw new AnswerError(`the host sends on more than ${MOST_REDIRECTS} times`);
}

function getOnce(url: URL, { from, signal, patience }: Asked): Promise<IncomingMessage> {
  const options: RequestOptions = {
    signal,
    timeout: patience,
    headers: {
      'accept-encoding': 'identity',
      ...(from > 0 ? { range: `bytes=${from}-` } : {}),
    },
  };
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | null = null;
    const request = (url.protocol === 'https:' ? getSecure : getPlain)(url, options, (incoming) => {
      answer = incoming;
      resolve(incoming);
    });
    request.on('timeout', () => {
      (answer ?? request).destroy(
        new SilenceError(`nothing has come for ${Math.round(patience / 1_000)} s`),
      );
    });
    request.on('error', reject);
  });
}
