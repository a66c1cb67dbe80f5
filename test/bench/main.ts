import { parseOptions, usage, type Options, type Part } from './options.ts';
import { writeMadeImages, writePictures } from './cifar-data.ts';
import { cifarTask, seedTask } from './contestants/task.ts';
import { accuracySeconds, measureAccuracy } from './parts/accuracy.ts';
import { cifarAccuracySeconds, measureCifarAccuracy } from './parts/cifar-accuracy.ts';
import { measureScaling, scalingSeconds } from './parts/scaling.ts';
import { measureService, serviceSeconds } from './parts/service.ts';
import { measureThroughput, throughputSeconds } from './parts/throughput.ts';
import { measureWindow, windowSeconds } from './parts/window.ts';
import { endAll } from './program.ts';
import { Progress } from './progress.ts';
import { provenanceOf, type Provenance } from './provenance.ts';
import { resultsText, writeReport, type Results } from './report/results.ts';
import { removeTemporary, temporaryFolder } from './temporary.ts';

/** npm run bench: measures what was asked for, a part after the other. */

process.on('exit', () => {
  endAll();
  removeTemporary();
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => process.exit(code));

function options(): Options {
  try {
    const asked = parseOptions(process.argv.slice(2));
    if (asked) return asked;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exit(2);
  }
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

const asked = options();

/** Of each part: what it will take, in seconds, and how it is measured. */
const measures: Record<
  Part,
  { seconds: number; measure: (progress: Progress) => Promise<Results> }
> = {
  throughput: {
    seconds: throughputSeconds(asked, seedTask()),
    measure: async (progress) => ({
      throughput: from('throughput', await measureThroughput(asked, seedTask(), progress)),
    }),
  },
  cifar: {
    seconds: throughputSeconds(asked, cifarTask('')),
    measure: async (progress) => {
      const data = temporaryFolder();
      if (asked.images === null) writeMadeImages(data);
      else await writePictures(data, asked.images);
      return { cifar: from('cifar', await measureThroughput(asked, cifarTask(data), progress)) };
    },
  },
  service: {
    seconds: serviceSeconds,
    measure: async (progress) => ({ service: from('service', await measureService(progress)) }),
  },
  window: {
    seconds: windowSeconds,
    measure: async (progress) => ({ window: from('window', await measureWindow(progress)) }),
  },
  scaling: {
    seconds: scalingSeconds,
    measure: async (progress) => ({ scaling: from('scaling', await measureScaling(progress)) }),
  },
  accuracy: {
    seconds: accuracySeconds(asked),
    measure: async (progress) => ({
      accuracy: from('accuracy', await measureAccuracy(asked, progress)),
    }),
  },
  'cifar-accuracy': {
    seconds: cifarAccuracySeconds(asked.epochs, asked.python),
    measure: async (progress) => {
      const { images, epochs, python } = asked;
      if (images === null) throw new Error("There are none of CIFAR-10's pictures.");
      const figures = await measureCifarAccuracy({ epochs, images, python }, progress);
      return { 'cifar-accuracy': from('cifar-accuracy', figures) };
    },
  },
};

const from = <F>(part: Part, figures: F): { provenance: Provenance; figures: F } => ({
  provenance: provenanceOf(part, asked),
  figures,
});

const chosen = asked.parts.map((part) => measures[part]);
const progress = new Progress(chosen.reduce((sum, { seconds }) => sum + seconds, 0));
for (const { measure } of chosen) {
  const results = await measure(progress);
  process.stdout.write(`${resultsText(results)}\n`);
  // After each part, so that one that fails later does not take this one with it.
  if (asked.folder !== null) writeReport(asked.folder, results);
}
