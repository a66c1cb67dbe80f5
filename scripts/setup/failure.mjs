/** An expected failure, which is reported in words, without a stack trace. */
export class SetupError extends Error {
  /**
   * @param {string} what happened
   * @param {string} where a file, folder, command or address
   * @param {string} remedy what the person can do
   */
  constructor(what, where, remedy) {
    super(what);
    this.where = where;
    this.remedy = remedy;
  }
}

const fileFaults = new Map([
  ['ENOSPC', 'Make room on the disk and run the same command again.'],
  [
    'EACCES',
    'Give yourself the right to write there, or choose another cache with XDG_CACHE_HOME.',
  ],
  ['EPERM', 'Give yourself the right to write there, or choose another cache with XDG_CACHE_HOME.'],
  ['EROFS', 'The disk is read-only: choose another cache with XDG_CACHE_HOME, or another folder.'],
  ['EMFILE', 'Close other programs, or raise the limit of open files (ulimit -n).'],
  ['ENFILE', 'Close other programs, and run the same command again.'],
  ['EIO', 'See that the disk is sound and connected, and run the same command again.'],
]);

/** The remedy for any other system error; the report names the file. */
const OTHER_FAULT =
  'See what lies there and that its disk is in order; then run the same command again.';

/**
 * Describes an error in words; only a mistake of ours shows its stack.
 * @param {unknown} error
 */
export function describe(error) {
  if (error instanceof SetupError)
    return `\n${error.message}\n  at: ${error.where}\n  ${error.remedy.replaceAll('\n', '\n  ')}`;
  if (!(error instanceof Error)) return String(error);
  const { code, path, syscall } = /** @type {NodeJS.ErrnoException} */ (error);
  const remedy = fileFaults.get(code ?? '') ?? (syscall === undefined ? undefined : OTHER_FAULT);
  return remedy ? `\n${error.message}\n  at: ${path ?? 'the disk'}\n  ${remedy}` : error.stack;
}

/**
 * Runs one of our commands; its result is the exit code.
 * @param {() => Promise<number>} command
 */
export async function main(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}
