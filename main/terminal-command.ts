/** `firstlayer --train …` and others like it: the terminal's programs, for those who have the app and no Node. */

const programs = {
  train: 'trains a network',
  checkpoints: 'lists, compares, exports and cleans what a run has saved',
  inspect: 'looks into a trained network',
  evaluate: 'tells how well a network does on any images',
  predict: 'tells what a network takes pictures for',
  data: 'tells what is in a set of images, and which sets are known',
};
type Program = keyof typeof programs;

/** The program's arguments follow its name. */
export type TerminalCommand =
  { type: 'help' | 'version' } | { type: 'program'; program: Program; args: string[] };

const isProgram = (name: string): name is Program => Object.hasOwn(programs, name);

/** @param args of the app; null if they open the window */
export function terminalCommand(args: readonly string[]): TerminalCommand | null {
  for (const [k, argument] of args.entries()) {
    const name = argument.startsWith('--') ? argument.slice(2) : '';
    if (isProgram(name)) return { type: 'program', program: name, args: args.slice(k + 1) };
    if (argument === '--help' || argument === '-h') return { type: 'help' };
    if (argument === '--version') return { type: 'version' };
  }
  return null;
}

const column = 2 + Math.max(...Object.keys(programs).map((name) => name.length));

export const help = `Usage: firstlayer [--setup STRING]
       firstlayer --PROGRAM [options]

Without a program it opens the window; --setup opens it with a set-up that was copied as a string.
Programs, each of which tells more with --help:
${Object.entries(programs)
  .map(([name, what]) => `  --${name.padEnd(column)}${what}`)
  .join('\n')}

  --version    prints the version
  --help, -h   prints this`;
