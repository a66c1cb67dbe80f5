import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { datasetNames, isDatasetName } from '../../../shared/dataset-names.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { shown } from '../../../shared/shown.ts';
import { alikePairs } from '../data/alike.ts';
import { openDataset } from '../data/dataset.ts';
import { sampleSheet } from '../data/sample-sheet.ts';
import { describeSet, fetchSet } from '../data/named/sets.ts';
import { decodePicture } from '../tensorflow/picture-decoder.ts';
import { encodePng } from '../tensorflow/encode-png.ts';
import { commandOf } from '../files/command-name.ts';
import { ArgumentError } from './config-file.ts';
import { dataOptions, dataOptionsHelp, dataSettings, watchReading } from './data-options.ts';
import { dataJson, dataText } from './data-text.ts';
import { EXIT } from './exit.ts';
import { parseCommandLine, runProgram } from './program.ts';
import { textTable } from './text-table.ts';

/** `npm run data`: lists and fetches named sets of images, and shows what is in a dataset. */

const usage = `Usage: ${commandOf('data')} COMMAND

  list                    the sets that have a name, and which of them are here
  fetch NAME              gets one of them from its official host, if it is not here yet; what is there of it already is kept
  show NAME|FOLDER|FILE   sizes, images of each class, what is wrong with them; and a sheet of samples as a PNG file

  --sheet FILE            where show writes the sheet (NAME-samples.png in this folder)
  --no-sheet              show writes none
  --json                  show's answer as one JSON object
  --help                  this text

How show reads the data, as training does:
${dataOptionsHelp}`;

/** Most pairs in an answer: enough for a program that reads them. */
const MOST_PAIRS = 50;

type Values = Readonly<Record<string, unknown>> & { json: boolean };

async function show(named: string, values: Values): Promise<number> {
  const dataset = isDatasetName(named) ? named : resolve(named);
  const watch = watchReading();
  const data = await openDataset(dataSettings(dataset, values), {
    decode: decodePicture,
    watch,
  }).finally(() => {
    watch.end();
  });
  const alike = await alikePairs(data, MOST_PAIRS, watch.signal);
  const sheet = values['no-sheet'] === true ? null : await writeSheet(data, named, values.sheet);
  const text = values.json
    ? JSON.stringify({ dataset, ...dataJson(data, alike), sheet })
    : dataText(dataset, data, alike, sheet).join('\n');
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}

/** @returns the file's path */
async function writeSheet(
  data: Awaited<ReturnType<typeof openDataset>>,
  named: string,
  asked: unknown,
): Promise<string> {
  const path = resolve(typeof asked === 'string' ? asked : freeName(`${basename(named)}-samples`));
  const { pixels, height, width } = sampleSheet(data);
  const png = await encodePng(pixels, height, width, data.channels);
  try {
    await writeFile(path, png);
  } catch (error) {
    throw new FailureError(
      {
        what: 'The sheet of samples cannot be written.',
        where: path,
        remedy: 'Name another file with --sheet, or leave it out with --no-sheet.',
      },
      { cause: error },
    );
  }
  return path;
}

/** A name that no file has, so that no file is overwritten unasked. */
function freeName(name: string): string {
  for (let k = 1; ; k++) {
    const path = `${name}${k === 1 ? '' : `-${k}`}.png`;
    if (!existsSync(path)) return path;
  }
}

function list(): number {
  const rows = datasetNames.map((name) => {
    const { title, isHere, licence } = describeSet(name);
    return [name, isHere ? 'here' : 'not here', title, licence];
  });
  process.stdout.write(`${textTable(['name', '', 'what it is', 'licence'], rows).join('\n')}\n`);
  return EXIT.done;
}

async function fetchNamed(name: string): Promise<number> {
  if (!isDatasetName(name))
    throw new ArgumentError(
      `There is no set called ${shown(name)}; there are ${datasetNames.join(', ')}.`,
    );
  const watch = watchReading();
  const place = await fetchSet(name, watch).finally(() => {
    watch.end();
  });
  process.stdout.write(`${name} lies in ${place}.\n`);
  return EXIT.done;
}

async function carryOut(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    ...dataOptions,
    sheet: { type: 'string' },
    'no-sheet': { type: 'boolean' },
  });
  const [command, named, ...more] = positionals;
  if (more.length > 0) throw new ArgumentError(`${shown(more[0] ?? '')} is one word too many.`);
  if (command === 'list' && named === undefined) return list();
  if (command === 'show' && named !== undefined) return show(named, values);
  if (command === 'fetch' && named !== undefined) return fetchNamed(named);
  throw new ArgumentError(
    command === undefined
      ? 'Say what is to be done.'
      : `${shown([command, named].join(' ').trim())} is no command.`,
  );
}

await runProgram(commandOf('data'), usage, carryOut);
