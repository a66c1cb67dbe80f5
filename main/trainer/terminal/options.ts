import { presets } from '../../../shared/presets.ts';

/** What the options are called, and what a person is told of them. */

export const usage = `Usage: npm run train -- [options]

  --checkpoint-dir FOLDER   where checkpoints are kept and found again (CNN_ckpt_dir)
  --preset NAME             a run to start from: ${Object.keys(presets).join(', ')} (seed-network)
  --config FILE.json        a whole run’s configuration; every other option goes before it
  --print-config            prints the configuration that the preset or file and the options make, as for --config, and ends
  --epochs N                epochs of the whole run, 1 to 100000 (10)
  --max-steps N             steps of the whole run at most, or none (none)
  --batch-size N            examples a step, 1 to 65536 (128)
  --learning-rate X         greater than 0, at most 100 (0.001)
  --mean-square-start X     where RMSProp's mean square starts: 1, as in TensorFlow 1, or 0, which learns sooner (1)
  --seed N                  0 to 2147483647 (1)
  --precision P             auto, float32 or bfloat16 (auto: measures both, takes the faster)
  --dataset D               mnist, or a folder of the four IDX files, plain or .gz, of ten classes, 0 to 9 (mnist);
                            of several datasets in a folder, the folder and how the files begin: FOLDER/emnist-digits
  --transpose               exchange rows and columns of every image, as EMNIST’s need; --no-transpose: leave them
  --invert                  make black white, for dark ink on light paper; --no-invert: leave it
  --validation-size N       training examples kept back for validation (5000)
  --from CHECKPOINT         go back to this checkpoint of the folder, such as model.ckpt-430; what came after it is kept
  --weights-from PATH       a new run takes the weights that match from this checkpoint: FOLDER/model.ckpt-430, one of its files, or FOLDER
  --take-over               goes on in a folder whose checkpoints have no record of Firstlayer, by its run.json
  --keep N                  checkpoints kept, besides the best and pinned ones (5)
  --keep-every-epochs N     and those of every Nth epoch, or none (none)
  --save-every-steps N      save within an epoch too, or none (none: at each epoch’s end)
  --save-every-minutes X    the same by time, or none
  --recovery-seconds X      the most training that a killed process loses: a recovery checkpoint is kept besides, or none (30)
  --diagnostics             print each layer’s norms and share of dead units when they are measured (every 50 steps)
  --classes                 print each class’s precision and recall after each epoch too
  --commands                take commands from standard input meanwhile, a line each; "help" lists them
  --json                    one JSON object a line on standard output, and nothing else there
  --help, -h                this text

In brackets: what is usual, with the seed network; another preset, a file or a run that goes on has its own.
Run again on the same folder, training goes on where it stopped.
It ends with 0 when it is done, 2 when what was asked for is refused, 1 when something failed, 130 after Ctrl-C, 143 after SIGTERM.
With nohup or setsid it goes on when its terminal goes away; docs/signals.md tells of each signal.`;

export const options = {
  'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
  epochs: { type: 'string' },
  'max-steps': { type: 'string' },
  'batch-size': { type: 'string' },
  'learning-rate': { type: 'string' },
  'mean-square-start': { type: 'string' },
  seed: { type: 'string' },
  precision: { type: 'string' },
  preset: { type: 'string' },
  dataset: { type: 'string' },
  'validation-size': { type: 'string' },
  transpose: { type: 'boolean' },
  'no-transpose': { type: 'boolean' },
  invert: { type: 'boolean' },
  'no-invert': { type: 'boolean' },
  'print-config': { type: 'boolean', default: false },
  config: { type: 'string' },
  from: { type: 'string' },
  'weights-from': { type: 'string' },
  'take-over': { type: 'boolean', default: false },
  keep: { type: 'string' },
  'keep-every-epochs': { type: 'string' },
  'save-every-steps': { type: 'string' },
  'save-every-minutes': { type: 'string' },
  'recovery-seconds': { type: 'string' },
  diagnostics: { type: 'boolean', default: false },
  classes: { type: 'boolean', default: false },
  commands: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
