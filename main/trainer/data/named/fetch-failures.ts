import { dirname } from 'node:path';
import { formatBytes } from '../../../../shared/format.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import { printable } from '../../../../shared/shown.ts';
import { messageOf, systemFault } from '../../../../shared/system-errors.ts';
import { AnswerError, SilenceError } from './download.ts';
import type { PublishedFile } from './set-list.ts';

/** Messages for a file that cannot be fetched from its host. */

/** Node's error codes for faults between this machine and the host. */
const networkFaults = new Map([
  ['ENOTFOUND', 'its host’s name is not found: there is no network here, or no DNS'],
  ['EAI_AGAIN', 'its host’s name cannot be looked up: there is no network here, or no DNS'],
  ['ECONNREFUSED', 'its host refuses the connection'],
  ['ECONNRESET', 'the connection was cut off'],
  ['EPIPE', 'the connection was cut off'],
  ['ETIMEDOUT', 'its host does not answer in time'],
  ['EHOSTUNREACH', 'there is no way to its host: the network is cut off, or lets nothing through'],
  ['ENETUNREACH', 'there is no network here, or it lets nothing through'],
  ['ENETDOWN', 'the network is down'],
]);

/** Parts of Node's error codes for a certificate that is not trusted. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET|SELF_SIGNED/;
/** Beginnings of error codes for something on the way that answers without TLS. */
const NOT_SECURE = /^(ERR_TLS|ERR_SSL|EPROTO)/;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** A network error in words; null if the error is not one of the network. */
function networkFault(error: unknown): string | null {
  if (error instanceof AnswerError || error instanceof SilenceError)
    return printable(error.message);
  // For a host with several addresses, Node gives an error for each.
  if (error instanceof AggregateError)
    return error.errors.map(networkFault).find((text) => text !== null) ?? null;
  // An error with a path is one of the disk.
  if (error instanceof Error && 'path' in error) return null;
  const code = codeOf(error);
  if (CERTIFICATE.test(code))
    return `its host’s certificate is not trusted (${code}): somebody reads along on the way, or this machine’s clock is wrong`;
  if (NOT_SECURE.test(code))
    return `no secure connection to its host comes about (${code}): something on the way answers in its place`;
  const text = networkFaults.get(code);
  if (text !== undefined) return `${text} (${code})`;
  return code.startsWith('HPE_') ? `its host’s answer is no HTTP (${code})` : null;
}

/** Settings that other programs heed, and this one does not. */
const proxySettings = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];

const byHand = ({ url, bytes }: PublishedFile, path: string): string =>
  `download ${url} (${formatBytes(bytes)}) in another way, and put it there as ${path}; or name a folder that has the images (--dataset FOLDER).`;

/** @param path where the file was to be stored */
export function failedFetch(file: PublishedFile, path: string, error: unknown): FailureError {
  const network = networkFault(error);
  if (network === null) {
    const remedy = systemFault(error)?.remedy ?? 'Look at what lies there.';
    return new FailureError(
      {
        what: `${file.name} cannot be kept: ${printable(messageOf(error))}.`,
        where: dirname(path),
        remedy: `${remedy} Set XDG_CACHE_HOME for another place of the cache. What has come so far stays there.`,
      },
      { cause: error },
    );
  }
  const proxy = proxySettings.find((name) => (process.env[name] ?? '') !== '');
  const ofProxy = proxy === undefined ? '' : ` The proxy that ${proxy} names is not used.`;
  return new FailureError(
    {
      what: `${file.name} was not fetched: ${network}.${ofProxy}`,
      where: file.url,
      remedy: `Try again later: what has come so far stays, and the next time goes on from there. Or ${byHand(file, path)}`,
    },
    { cause: error },
  );
}

export const damagedFetch = (file: PublishedFile, path: string, sha256: string): FailureError =>
  new FailureError({
    what: `${file.name} came with other bytes than were published: its SHA-256 is ${sha256}, not ${file.sha256}. It was removed.`,
    where: file.url,
    remedy: `Try again: it may have been damaged on the way. Or ${byHand(file, path)}`,
  });

export const wrongFileThere = (file: PublishedFile, path: string): FailureError =>
  new FailureError({
    what: `${file.name} is there, but it is not the file that was published: its checksum is another.`,
    where: path,
    remedy: `Move it away, and try again: then it is fetched from ${file.url}.`,
  });
