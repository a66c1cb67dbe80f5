import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FailureError } from '../../../shared/ipc.ts';
import { questionNames } from '../../../shared/questions.ts';
import { printable, shown } from '../../../shared/shown.ts';
import { thrownText } from '../../../shared/system-errors.ts';
import { askCheckpoint, type Found, type Inquiry } from './ask-checkpoint.ts';
import { endIfUnwritable, EXIT, failureText, tellUncaught, endProgram } from './exit.ts';
import { foundText } from './inspect-text.ts';
import { withOption } from './option-names.ts';

/** `npm run inspect`: looks into the network of a checkpoint, in the terminal. */

const usage = `Usage: npm run inspect -- [--what WHAT] [options]

  --what predict          each class's probability (the default)
  --what activations      what --layer, the last unless named, makes of the image
  --what saliency         how much each pixel changes the score of a class
  --what grad-cam         where --layer, the last convolution unless named, speaks for a class
  --what filters          the kernels of the first convolution; needs no image

  --image N               which of the test images is shown, from 0 (0)
  --dataset FOLDER        where the data lie, if they were moved, or others of the same size (those of the run)
  --layer L               a layer's number, from 0, or its name, such as convolution_2
  --class C               the class in question, from 0 (the one that wins)
  --checkpoint-dir FOLDER (CNN_ckpt_dir)
  --from CHECKPOINT       such as model.ckpt-430 (the newest)
  --json                  the answer as one JSON object; values row by row in the order of its shape
  --help                  this text`;

const refuseArguments = (what: string): never => endProgram(`${what}\n\n${usage}`, EXIT.refused);

function parseArguments() {
  try {
    return parseArgs({
      options: {
        what: { type: 'string', default: 'predict' },
        image: { type: 'string', default: '0' },
        dataset: { type: 'string' },
        layer: { type: 'string' },
        class: { type: 'string' },
        'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
        from: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuseArguments(printable(thrownText(error)));
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  return refuseArguments(`--${name} must be a whole number from 0, but is ${shown(text)}.`);
}

function inquiryOf(values: ReturnType<typeof parseArguments>): Inquiry {
  const what = questionNames.find((one) => one === values.what);
  if (!what)
    return refuseArguments(
      `--what must be one of ${questionNames.join(', ')}, but is ${shown(values.what)}.`,
    );
  if (values.dataset === '') return refuseArguments('--dataset must not be empty.');
  return {
    folder: resolve(values['checkpoint-dir']),
    from: values.from,
    what,
    image: wholeNumber('image', values.image),
    dataset: values.dataset,
    layer: values.layer ?? null,
    class: values.class === undefined ? null : wholeNumber('class', values.class),
  };
}

/** Values as a list, not as the object that JSON would make of them. */
const jsonText = (found: Found): string =>
  JSON.stringify(found, (_key, value: unknown) =>
    value instanceof Float32Array ? Array.from(value) : value,
  );

tellUncaught('npm run inspect');
endIfUnwritable();
const values = parseArguments();
if (values.help) endProgram(usage, EXIT.done);
const inquiry = inquiryOf(values);
try {
  const found = await askCheckpoint(inquiry);
  for (const warning of found.warnings) process.stderr.write(`Warning: ${failureText(warning)}\n`);
  const text = values.json ? jsonText(found) : foundText(found, process.stdout.columns || 80);
  process.stdout.write(`${text}\n`);
} catch (error) {
  if (!(error instanceof FailureError)) throw error;
  const { failure } = error;
  const places = {
    '--checkpoint-dir': inquiry.folder,
    '--class': 'class',
    '--layer': 'layer',
    '--image': 'pixels',
    '--what': 'grad-cam',
  };
  endProgram(failureText({ ...failure, where: withOption(failure.where, places) }), EXIT.failure);
}
