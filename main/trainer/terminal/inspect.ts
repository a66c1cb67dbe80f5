import { resolve } from 'node:path';
import { FailureError } from '../../../shared/ipc.ts';
import { questionNames, questions } from '../../../shared/questions.ts';
import { shown } from '../../../shared/shown.ts';
import { askCheckpoint, type Found, type Inquiry } from './ask-checkpoint.ts';
import { commandOf } from '../files/command-name.ts';
import { endIfUnwritable, EXIT, failureText, tellUncaught, endProgram } from './exit.ts';
import { ArgumentError } from './config-file.ts';
import { foundText } from './inspect-text.ts';
import { withOption } from './option-names.ts';
import { parseCommandLine, wholeNumber } from './program.ts';

/** `npm run inspect`: looks into the network of a checkpoint, in the terminal. */

const usage = `Usage: ${commandOf('inspect')} [--what WHAT] [options]

  --what predict          each class's probability (the default)
  --what activations      what --layer, the last unless named, makes of the image
  --what saliency         how much each pixel changes the score of a class
  --what grad-cam         where --layer, the last convolution unless named, speaks for a class
  --what backpropagation  the loss for --class, the image's own unless named, and each layer's gradient
  --what filters          the kernels of the first convolution; needs no image

  --image N               which of the test images is shown, from 0 (0)
  --dataset FOLDER        where the data lie, if they were moved, or others of the same size (those of the run)
  --layer L               a layer's number, from 0, or its name, such as convolution_2
  --class C               the class in question, from 0 (the one that wins)
  --checkpoint-dir FOLDER (CNN_ckpt_dir)
  --from CHECKPOINT       such as model.ckpt-430 (the newest)
  --json                  the answer as one JSON object; values row by row in the order of its shape
  --help                  this text`;

const options = {
  what: { type: 'string', default: 'predict' },
  image: { type: 'string', default: '0' },
  dataset: { type: 'string' },
  layer: { type: 'string' },
  class: { type: 'string' },
  'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
  from: { type: 'string' },
} as const;
type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

/** What the options can say of a question; some ask for more, which only the window knows, or are answered by more than a terminal shows. */
const said = ['type', 'image', 'class', 'layer'];
const askable = questionNames.filter(
  (name) =>
    name !== 'all-activations' &&
    Object.keys(questions[name].asked.entries).every((part) => said.includes(part)),
);

/** @throws ArgumentError */
function inquiryOf(values: Values): Inquiry {
  const what = askable.find((one) => one === values.what);
  if (!what)
    throw new ArgumentError(
      `--what must be one of ${askable.join(', ')}, but is ${shown(values.what)}.`,
    );
  if (values.dataset === '') throw new ArgumentError('--dataset must not be empty.');
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

/** Ends the program if the arguments are wrong. */
function readArguments(): { inquiry: Inquiry; json: boolean } {
  try {
    const { values } = parseCommandLine(options, false);
    if (values.help) endProgram(usage, EXIT.done);
    return { inquiry: inquiryOf(values), json: values.json };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return endProgram(`${error.message}\n\n${usage}`, EXIT.refused);
  }
}

/** Writes values as a list, not as the object that JSON would make of a Float32Array. */
const jsonText = (found: Found): string =>
  JSON.stringify(found, (_key, value: unknown) =>
    value instanceof Float32Array ? Array.from(value) : value,
  );

tellUncaught(commandOf('inspect'));
endIfUnwritable();
const { inquiry, json } = readArguments();
try {
  const found = await askCheckpoint(inquiry);
  for (const warning of found.warnings) process.stderr.write(`Warning: ${failureText(warning)}\n`);
  const text = json ? jsonText(found) : foundText(found, process.stdout.columns || 80);
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
