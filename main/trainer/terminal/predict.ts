import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunConfig } from '../../../shared/config.ts';
import { formatPercent } from '../../../shared/format.ts';
import { printable } from '../../../shared/shown.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import { coloursOf } from '../../../shared/picture-fit.ts';
import { applyReading } from '../data/reading.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import { openNetwork, type CheckpointNetwork } from './checkpoint-network.ts';
import { commandOf } from '../files/command-name.ts';
import { ArgumentError } from './config-file.ts';
import { EXIT, failureText } from './exit.ts';
import { parseCommandLine, runProgram, wholeNumber } from './program.ts';
import { textTable } from './text-table.ts';

/** `npm run predict`: predicts the classes of picture files with a checkpoint's network. */

const usage = `Usage: ${commandOf('predict')} [options] IMAGE…

  IMAGE                   a PNG, JPEG, BMP or GIF file; it is prepared as the training images were
  --checkpoint-dir FOLDER (CNN_ckpt_dir)
  --from CHECKPOINT       such as model.ckpt-430 (the newest)
  --top N                 how many classes are printed of each (5)
  --json                  one JSON object a picture and line: all classes with their probabilities
  --help                  this text

It ends with 1 where a picture could not be read; the others are answered.`;

/** A class with its probability. */
interface Guess {
  class: string;
  probability: number;
}

/** A picture's bytes for the network, prepared like the run's own images. */
function prepared(file: Buffer, { config, images }: CheckpointNetwork): Uint8Array {
  const { fit, background, transpose, invert }: RunConfig['data'] = config.data;
  const [height, width] = transpose ? [images.width, images.height] : [images.height, images.width];
  const channels = images.channels === 1 ? 1 : 3;
  const pixels = decodePicture(file, {
    ...{ height, width, channels, fit },
    background: coloursOf(background),
  });
  applyReading(pixels, { count: 1, height, width, channels }, { transpose, invert });
  return pixels;
}

function guessesOf(network: CheckpointNetwork, pixels: Uint8Array): Guess[] {
  const probabilities = network.session.predict(pixels);
  return network.images.classNames
    .map((name, label) => ({ class: name, probability: probabilities[label] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}

function tell(path: string, guesses: readonly Guess[], asJson: boolean, top: number): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ file: path, predictions: guesses })}\n`);
    return;
  }
  const rows = guesses
    .slice(0, top)
    .map((guess) => [printable(guess.class), formatPercent(guess.probability)]);
  process.stdout.write(`${textTable([printable(path), ''], rows).join('\n')}\n`);
}

async function predictPictures(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
    from: { type: 'string' },
    top: { type: 'string', default: '5' },
  });
  if (positionals.length === 0) throw new ArgumentError('Name at least one picture file.');
  const top = wholeNumber('top', values.top);
  const network = await openNetwork(resolve(values['checkpoint-dir']), values.from);
  for (const warning of network.warnings)
    process.stderr.write(`Warning: ${failureText(warning)}\n`);
  let code: number = EXIT.done;
  for (const path of positionals) {
    try {
      tell(path, guessesOf(network, prepared(await readFile(path), network)), values.json, top);
    } catch (error) {
      process.stderr.write(
        `${failureText({ what: `The picture cannot be read: it ${messageOf(error)}.`, where: path, remedy: 'Name a PNG, JPEG, BMP or GIF file.' })}\n`,
      );
      code = EXIT.failure;
    }
  }
  network.session.close();
  return code;
}

await runProgram(commandOf('predict'), usage, predictPictures);
