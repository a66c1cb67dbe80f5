import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { describe, expect, it } from 'vitest';
import { toFailure } from '../../../shared/ipc.ts';
import { errorOf, problemOf } from '../../../main/trainer/checkpoint/thread/messages.ts';
import { messageOf, systemFault } from '../../../shared/system-errors.ts';

/** As Node makes it of the system's number. */
function systemError(code: keyof typeof constants.errno): Error {
  const name = getSystemErrorName(-constants.errno[code]);
  return Object.assign(new Error(`${name}: as the system has it, open '/a/file'`), {
    code: name,
    path: '/a/file',
  });
}

const codes = [
  ...[
    'EROFS',
    'EACCES',
    'EPERM',
    'ENOSPC',
    'EDQUOT',
    'EFBIG',
    'EMFILE',
    'ENFILE',
    'ENOMEM',
    'EAGAIN',
  ],
  ...[
    'ENOENT',
    'ENOTDIR',
    'EISDIR',
    'EEXIST',
    'ENOTEMPTY',
    'ELOOP',
    'ENAMETOOLONG',
    'EILSEQ',
    'EXDEV',
  ],
  ...[
    'EBUSY',
    'ETXTBSY',
    'EADDRINUSE',
    'EIO',
    'ENXIO',
    'ENODEV',
    'ENOTCONN',
    'ESTALE',
    'ETIMEDOUT',
  ],
] as (keyof typeof constants.errno)[];

describe('what the system refuses', () => {
  it.each(codes)('%s is told with its code, its place and what to do, and is no bug', (code) => {
    const { what, where, remedy } = toFailure(systemError(code), '/a');
    expect(what).toMatch(new RegExp(`^[A-Z].*[a-z)] \\(${code}, /a/file\\)\\.$`));
    expect(where).toBe('/a');
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(remedy).not.toMatch(/report/i);
  });

  it.each([
    ['/a; Read-only file system', 'EROFS'],
    ['lib.so: cannot open shared object file: Too many open files', 'EMFILE'],
    ['Too many open files in system', 'ENFILE'],
    ['Invalid TF_Status: 8\nMessage: /a; No space left on device', 'ENOSPC'],
    ['OOM when allocating tensor with shape[1000000,1000000]', 'ENOMEM'],
  ])('is known by a library’s words too: %j', (message, code) => {
    expect(systemFault(new Error(message))?.code).toBe(code);
  });

  it('is known of what has no file', () => {
    const error = Object.assign(
      new Error(
        'A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)',
      ),
      { code: 'ERR_SYSTEM_ERROR' },
    );
    expect(messageOf(error)).toBe('there is no such file or folder (ENOENT)');
  });

  it('is known of a thread that cannot start', () => {
    const error = Object.assign(new Error('Worker initialization failure: EMFILE'), {
      code: 'ERR_WORKER_INIT_FAILED',
    });
    expect(systemFault(error)?.code).toBe('EMFILE');
  });

  it('is known with its file after it has crossed a thread', () => {
    const error = errorOf(structuredClone(problemOf(systemError('EROFS'))));
    expect(messageOf(error)).toBe(messageOf(systemError('EROFS')));
  });
});

it('any other error is a bug, to be reported', () => {
  for (const error of [new TypeError('x is not a function'), 'a text', systemError('EBADF')])
    expect(toFailure(error, '/a').remedy).toContain('report it');
});
