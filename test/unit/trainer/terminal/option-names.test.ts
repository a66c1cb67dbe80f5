import { expect, it } from 'vitest';
import { options } from '../../../../main/trainer/terminal/options.ts';
import { optionOf, withOption } from '../../../../main/trainer/terminal/option-names.ts';
import { runConfigSchema } from '../../../../shared/config.ts';

it('every option of the table is one, for a part that a configuration has', () => {
  for (const [path, option] of Object.entries(optionOf)) {
    expect(Object.keys(options)).toContain(option.slice(2));
    const [part = '', name = ''] = path.split('.');
    expect(JSON.stringify(runConfigSchema.entries)).toContain(`"${part}"`);
    expect(JSON.stringify(runConfigSchema.entries)).toContain(`"${name}"`);
  }
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
