import { expect, it } from 'vitest';
import { options, usage } from '../../../../main/trainer/terminal/options.ts';
import { optionOf, withOption } from '../../../../main/trainer/terminal/option-names.ts';
import { fieldAt } from '../../../../shared/fields.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { valueAt } from '../../../../shared/setting-paths.ts';

it('every option of the table is one, for a part that a configuration has, and is in the help', () => {
  for (const [path, option] of Object.entries(optionOf)) {
    expect(Object.keys(options)).toContain(option.slice(2));
    // The seed run has no augmentation; an option switches it on.
    const parent = path.slice(0, path.lastIndexOf('.'));
    if (fieldAt(parent)?.range.kind === 'parts') expect(fieldAt(path)).toBeDefined();
    else expect(valueAt(seedRun(), path)).toBeDefined();
    expect(usage).toMatch(new RegExp(`^  ${option} +\\S`, 'm'));
  }
});

it('the help has a line for every option, and no other', () => {
  const inHelp = [...usage.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name = '']) => name);
  const opposites = Object.keys(options).filter((name) => name.startsWith('no-'));
  expect([...inHelp, ...opposites].sort()).toEqual(Object.keys(options).sort());
  expect(opposites).toEqual(['no-measure-training', 'no-transpose', 'no-invert', 'no-flip']);
});

it('the help tells range, whether there may be none, and default', () => {
  expect(usage).toContain(
    '\n  --epochs N                epochs of the whole run, 1 to 100000 (10)\n',
  );
  expect(usage).toContain('\n  --learning-rate X         greater than 0, at most 100 (0.001)\n');
  expect(usage).toContain(
    '\n  --precision P             auto, float32 or bfloat16 (auto: measures both, takes the faster)\n',
  );
  expect(usage).toMatch(/\n {2}--max-steps N .*, or none \(none\)\n/);
});

it('a place is told with the option that names it, or what it is in', () => {
  const places = {
    '--checkpoint-dir': '/run',
    '--dataset': '/run/data',
    '--weights-from': '/other/model.ckpt-4',
    '--image': undefined,
  };
  expect(withOption('/run', places)).toBe('/run (--checkpoint-dir)');
  expect(withOption('/run/model.ckpt-4.json', places)).toBe(
    '/run/model.ckpt-4.json (--checkpoint-dir)',
  );
  expect(withOption('/run/data/labels', places)).toBe('/run/data/labels (--dataset)');
  expect(withOption('/other/model.ckpt-4.index', places)).toBe(
    '/other/model.ckpt-4.index (--weights-from)',
  );
  expect(withOption('/runs', places)).toBe('/runs');
  expect(withOption('--epochs', places)).toBe('--epochs');
});
