import { resolve } from 'node:path';
import { formatCount, formatPercent } from '../../../shared/format.ts';
import { FailureError } from '../../../shared/ipc.ts';
import type { EvaluatedScore } from '../../../shared/score.ts';
import { isDatasetName } from '../../../shared/dataset-names.ts';
import { partNames, type PartName } from '../../../shared/dataset-parts.ts';
import { shown } from '../../../shared/shown.ts';
import { openDataset, type Dataset } from '../data/dataset.ts';
import type { Examples } from '../data/examples.ts';
import { imageBytes } from '../data/raw-dataset.ts';
import { openDrawings } from '../reader/predictions/examined-drawings.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import { Control } from '../training/control.ts';
import { evaluateExamples } from '../tensorflow/evaluate.ts';
import { openNetwork, type CheckpointNetwork } from './checkpoint-network.ts';
import { commandOf } from '../files/command-name.ts';
import { ArgumentError } from './config-file.ts';
import { dataOptions, dataOptionsHelp, dataSettings, watchReading } from './data-options.ts';
import { EXIT, failureText } from './exit.ts';
import { parseCommandLine, runProgram } from './program.ts';
import { classLines, confusionLines } from './tables.ts';

/** `npm run evaluate`: scores a checkpoint's network on images of its size. */

const usage = `Usage: ${commandOf('evaluate')} [options]

  --checkpoint-dir FOLDER (CNN_ckpt_dir)
  --from CHECKPOINT       such as model.ckpt-430 (the newest)
  --dataset D             other images of the same size and classes (those of the run)
  --own-drawings FOLDER   instead of data, the drawings that Draw keeps in this folder by class
  --part P                which part of the data: ${partNames.join(', ')} (test)
  --json                  the scores as one JSON object; the confusion's rows are the true classes
  --help                  this text

How other data are read, where the run's own way is not meant:
${dataOptionsHelp}`;

function parsePart(text: string): PartName {
  const part = partNames.find((name) => name === text);
  if (part) return part;
  throw new ArgumentError(`--part must be one of ${partNames.join(', ')}, but is ${shown(text)}.`);
}

/** @throws FailureError if the network was trained on images of another size, or on other classes */
function checkFits(network: CheckpointNetwork, data: Dataset, where: string): void {
  const { height, width, channels, classNames } = network.images;
  if (data.height !== height || data.width !== width || data.channels !== channels)
    throw new FailureError({
      what: `The network takes images of ${height}×${width}×${channels}; these are ${data.height}×${data.width}×${data.channels}.`,
      where,
      remedy: 'Bring them to the network’s size with --image-size and --channels.',
    });
  const other = data.classNames.find((name, label) => classNames[label] !== name);
  if (other === undefined && data.classNames.length <= classNames.length) return;
  throw new FailureError({
    what: `The network knows the classes ${classNames.slice(0, 10).map(shown).join(', ')}; the data have ${data.classNames.slice(0, 10).map(shown).join(', ')}.`,
    where,
    remedy: 'Evaluate on data of the same classes, named alike and in the same order.',
  });
}

/** What is scored, and how that is told. */
interface Scored {
  data: Dataset;
  dataset: string;
  part: PartName | 'own-drawings';
  examples: Examples;
}

/** @throws FailureError if they cannot be read, or the network knows none of their classes */
async function ownDrawings(
  folder: string,
  { record, config }: CheckpointNetwork,
  values: Readonly<Record<string, unknown>>,
): Promise<Scored> {
  const data = dataSettings(config.data.dataset, values, config);
  const asked = { ...record, config: { ...config, data: { ...config.data, ...data } } };
  const watch = watchReading();
  const drawings = await openDrawings(folder, asked, { decode: decodePicture, watch }).finally(
    () => {
      watch.end();
    },
  );
  for (const finding of drawings.findings) process.stderr.write(`Note: ${failureText(finding)}\n`);
  if (drawings.test.count === 0)
    throw new FailureError({
      what: 'None of the drawings in this folder can be read.',
      where: folder,
      remedy: 'Replace or remove what cannot be read.',
    });
  return { data: drawings, dataset: folder, part: 'own-drawings', examples: drawings.test };
}

async function partOfData(
  named: string,
  part: PartName,
  network: CheckpointNetwork,
  values: Readonly<Record<string, unknown>>,
): Promise<Scored> {
  const dataset = isDatasetName(named) ? named : resolve(named);
  const asked = dataSettings(dataset, values, network.config);
  // Which images are test images depends neither on the size of the validation part nor on what training leaves out.
  const settings = part === 'test' ? { ...asked, validationSize: 0, leftOut: null } : asked;
  const watch = watchReading();
  const data = await openDataset(settings, { decode: decodePicture, watch }).finally(() => {
    watch.end();
  });
  checkFits(network, data, dataset);
  return { data, dataset, part, examples: data[part] };
}

/** @throws ArgumentError where own drawings are asked for and other data too */
function checkOwnAlone(values: { dataset?: string; part?: string; 'own-drawings'?: string }): void {
  if (values['own-drawings'] === '') throw new ArgumentError('--own-drawings must not be empty.');
  if (values['own-drawings'] === undefined) return;
  if (values.dataset !== undefined)
    throw new ArgumentError(
      '--own-drawings and --dataset are two sets of images: give one of them.',
    );
  if (values.part !== undefined)
    throw new ArgumentError(
      '--part: own drawings have no parts, all of them are scored. Leave it out.',
    );
}

async function evaluateCheckpoint(): Promise<number> {
  const { values } = parseCommandLine({
    ...dataOptions,
    'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
    from: { type: 'string' },
    dataset: { type: 'string' },
    part: { type: 'string' },
    'own-drawings': { type: 'string' },
  });
  checkOwnAlone(values);
  const part = parsePart(values.part ?? 'test');
  const folder = values['own-drawings'];
  const network = await openNetwork(resolve(values['checkpoint-dir']), values.from);
  for (const warning of network.warnings)
    process.stderr.write(`Warning: ${failureText(warning)}\n`);
  const { data, dataset, examples, ...scored } =
    folder === undefined
      ? await partOfData(values.dataset ?? network.config.data.dataset, part, network, values)
      : await ownDrawings(resolve(folder), network, values);
  const { session } = network;
  const score = await evaluateExamples(session, examples, imageBytes(data), new Control());
  session.close();
  if (!score) throw new Error('an evaluation that nobody stops has a score');
  const told = {
    checkpoint: network.path,
    dataset,
    part: scored.part,
    examples: examples.count,
  };
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...told, classNames: network.images.classNames, ...score })}\n`
      : `${scoreText(told, score, network.images.classNames)}\n`,
  );
  return EXIT.done;
}

function scoreText(
  { checkpoint, part, examples }: { checkpoint: string; part: string; examples: number },
  score: EvaluatedScore,
  classNames: readonly string[],
): string {
  const scored =
    part === 'own-drawings'
      ? `${formatCount(examples)} own ${examples === 1 ? 'drawing' : 'drawings'}`
      : `${formatCount(examples)} ${part} images`;
  return [
    `${checkpoint}, ${scored}:`,
    `cost ${score.loss.toFixed(4)}, accuracy ${formatPercent(score.accuracy, 2)}`,
    ...classLines(score, classNames),
    ...confusionLines(score, classNames),
  ].join('\n');
}

await runProgram(commandOf('evaluate'), usage, evaluateCheckpoint);
