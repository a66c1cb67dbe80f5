/**
 * The table of what the operating system may refuse, which is not a mistake of the program and need not be reported. By the system's error
 * code, it has a description that follows a colon, a remedy, and the system's own words, for libraries that pass on nothing else.
 */

/** A refusal of the system in plain words. */
export interface SystemFault {
  code: string;
  what: string;
  remedy: string;
  /** The file or folder, if the system named one. */
  path: string | null;
}

const room = 'Make room on that disk, or choose a place on another one.';
const rights = 'Give your account the right to it, or choose another place.';
const limit = 'Close other programs, or raise the limit (ulimit -n), and try again.';
const memory = 'Close other programs, or choose a smaller network or batch, and try again.';
const place = 'Look at what lies there, and choose another place.';
const diskFault =
  'See that the disk is sound and connected, and try again; or choose a place on another.';
const later = 'Wait until the other program is done, or end it, and try again.';

const table = new Map<string, readonly [what: string, remedy: string, ...systemTexts: string[]]>([
  [
    'EROFS',
    [
      'the disk there can be read only',
      'Choose a place that can be written to, or have that disk mounted for writing.',
      'Read-only file system',
    ],
  ],
  ['EACCES', ['permission is denied', rights, 'Permission denied']],
  ['EPERM', ['the system does not permit it', rights, 'Operation not permitted']],
  ['ENOSPC', ['no room is left on the disk', room, 'No space left on device']],
  ['EDQUOT', ['your share of the disk (quota) is used up', room, 'Disk quota exceeded']],
  [
    'EFBIG',
    [
      'the file would become larger than is allowed here',
      'Raise the limit (ulimit -f), or choose a place on a disk that takes larger files.',
      'File too large',
    ],
  ],
  ['EMFILE', ['this program has as many files open as it may', limit, 'Too many open files']],
  [
    'ENFILE',
    [
      'all programs together have as many files open as they may',
      limit,
      'Too many open files in system',
    ],
  ],
  [
    'ENOMEM',
    [
      'the memory is used up',
      memory,
      'Cannot allocate memory',
      'Array buffer allocation failed',
      'OOM when allocating',
    ],
  ],
  [
    'EAGAIN',
    [
      'the system has no more to give at the moment',
      'Close other programs, and try again.',
      'Resource temporarily unavailable',
    ],
  ],
  [
    'ENOBUFS',
    [
      'the system has no more to give at the moment',
      'Close other programs, and try again.',
      'No buffer space available',
    ],
  ],
  [
    'ENOENT',
    [
      'there is no such file or folder',
      'See that the name is right and the disk connected, or choose another place.',
      'No such file or directory',
    ],
  ],
  ['ENOTDIR', ['a file lies where a folder should be', place, 'Not a directory']],
  ['EISDIR', ['a folder lies where a file should be', place, 'Is a directory']],
  ['EEXIST', ['something of that name is there already', place, 'File exists']],
  ['ENOTEMPTY', ['the folder is not empty', place, 'Directory not empty']],
  ['ELOOP', ['the links there lead round in a circle', place, 'Too many levels of symbolic links']],
  ['EMLINK', ['the folder has as many entries as it may', place, 'Too many links']],
  [
    'ENAMETOOLONG',
    [
      'the name is too long',
      'Choose a shorter name, or a folder that is not so deep.',
      'File name too long',
    ],
  ],
  [
    'EILSEQ',
    [
      'the disk takes no such letters in a name',
      'Choose a name of plain letters and digits.',
      'Illegal byte sequence',
    ],
  ],
  [
    'EINVAL',
    [
      'the disk takes no such name, or cannot do this',
      'Choose a name of plain letters and digits, or a place on another disk.',
    ],
  ],
  ['ENOTSUP', ['the disk cannot do this', 'Choose a place on another disk.']],
  ['ENOSYS', ['the disk cannot do this', 'Choose a place on another disk.']],
  [
    'EXDEV',
    [
      'the two places are on different disks',
      'Choose a folder that lies on one disk.',
      'Invalid cross-device link',
    ],
  ],
  ['EBUSY', ['another program is using it', later, 'Device or resource busy']],
  ['ETXTBSY', ['it is a program that is running', later, 'Text file busy']],
  ['EADDRINUSE', ['another program has taken its place', later, 'Address already in use']],
  ['EIO', ['the disk does not read or write as it should', diskFault, 'Input/output error']],
  ['ENXIO', ['the device does not answer', diskFault, 'No such device or address']],
  ['ENODEV', ['the device is not there any more', diskFault, 'No such device']],
  [
    'ENOTCONN',
    ['the connection to the disk is lost', diskFault, 'Transport endpoint is not connected'],
  ],
  ['ESTALE', ['the network folder is another one than before', diskFault, 'Stale file handle']],
  ['EREMOTEIO', ['the disk does not read or write as it should', diskFault, 'Remote I/O error']],
  ['EHOSTDOWN', ['the computer that the folder is on does not answer', diskFault, 'Host is down']],
  [
    'EHOSTUNREACH',
    ['the computer that the folder is on does not answer', diskFault, 'No route to host'],
  ],
  ['ETIMEDOUT', ['the disk does not answer in time', diskFault, 'Connection timed out']],
  ['EUCLEAN', ['the disk’s own records are damaged', diskFault, 'Structure needs cleaning']],
  ['EBADMSG', ['the disk’s own records are damaged', diskFault, 'Bad message']],
  [
    'EPIPE',
    ['whoever read the output has gone', 'Run it again with a reader that stays.', 'Broken pipe'],
  ],
]);

/** Codes for which Node has no name, by their numbers on Linux and macOS. */
const unnamed = new Map([
  ['122', 'EDQUOT'],
  ['69', 'EDQUOT'],
  ['116', 'ESTALE'],
  ['70', 'ESTALE'],
  ['117', 'EUCLEAN'],
  ['74', 'EBADMSG'],
  ['94', 'EBADMSG'],
]);

/** The longest texts come first, since one text may be the beginning of another. */
const texts = [...table]
  .flatMap(([code, [, , ...those]]) => those.map((text) => ({ code, text })))
  .sort((a, b) => b.text.length - a.text.length);

function codeOf(error: Error): string | undefined {
  const given = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (table.has(given)) return given;
  // Node has such messages for requests without a file, such as the home folder.
  const asked = /\breturned (E[A-Z]+) \(/.exec(
    given === 'ERR_SYSTEM_ERROR' ? error.message : '',
  )?.[1];
  if (table.has(asked ?? '')) return asked;
  const starting =
    given === 'ERR_WORKER_INIT_FAILED' ? /: (E[A-Z]+)$/.exec(error.message)?.[1] : undefined;
  if (table.has(starting ?? '')) return starting;
  const number = /^Unknown system error -(\d+)/.exec(given)?.[1];
  if (number !== undefined) return unnamed.get(number);
  return texts.find(({ text }) => error.message.includes(text))?.code;
}

/** The system's refusal behind an error; null if it is another error. */
export function systemFault(error: unknown): SystemFault | null {
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  const [what, remedy] = table.get(code ?? '') ?? [];
  if (code === undefined || what === undefined || remedy === undefined) return null;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  return { code, what, remedy, path };
}

/** The text of anything thrown. */
export const thrownText = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** An error in words that may follow a colon; for a refusal of the system, its description, code and place. */
export function messageOf(error: unknown): string {
  const fault = systemFault(error);
  if (fault)
    return `${fault.what} (${[fault.code, ...(fault.path === null ? [] : [fault.path])].join(', ')})`;
  return thrownText(error);
}
