import { differencesBetween, settingsOfLayer } from '../differences.ts';
import { formatCount } from '../format.ts';
import { layerTitles } from '../layer-names.ts';
import { networkShape } from '../network-shape.ts';
import { seedRun } from '../presets.ts';
import { tableOf } from './evaluation.ts';
import { html, type Markup } from './markup.ts';
import { datasetName } from './mistakes-data.ts';
import type { ReportData } from './report-data.ts';

/** What was trained, on what and how: the network's column with its shapes, and the settings that are not at their default. */
export const setUpSection = (data: ReportData): Markup =>
  html`<h2>Set-up</h2>
    ${networkTable(data)}${settingsTable(data)}`;

function networkTable({ config, image }: ReportData): Markup {
  const { layers } = config.network;
  const { height, width, channels, classes } = image;
  const shape = networkShape(layers, [height, width, channels], classes);
  const titles = layerTitles(layers);
  const rows = shape.layers.map(
    ({ layer, output, parameters }, k) =>
      html`<tr>
        <th scope="row">${titles[k]}</th>
        <td>${settingsOfLayer(layer)}</td>
        <td class="number">${output.join('×')}</td>
        <td class="number">${formatCount(parameters)}</td>
      </tr> `,
  );
  const caption = `Network “${config.network.name}”: ${formatCount(shape.parameters)} parameters, ${formatCount(shape.multiplyAdds)} multiply-adds an example, from ${height}×${width}×${channels} to ${classes} classes`;
  return tableOf(caption, ['Layer', 'Settings', 'Output', 'Parameters'], rows, [0, 1]);
}

function settingsTable({ config }: ReportData): Markup {
  const differing = differencesBetween(seedRun(), config).filter(
    // What only another optimizer has is no setting of this one.
    ({ path, is }) =>
      !path.startsWith('network.') && !(path.startsWith('optimizer.rule.') && is === 'none'),
  );
  if (differing.length === 0)
    return html`<p>
      All other settings are at their defaults: data, optimizer and training as in the seed run.
    </p>`;
  const rows = differing.map(
    ({ path, label, was, is }) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td>${path === 'data.dataset' ? datasetName(is) : is}</td>
        <td class="muted">${was}</td>
      </tr> `,
  );
  return tableOf(
    'Settings that are not at their default',
    ['Setting', 'Here', 'Default'],
    rows,
    [0, 1, 2],
  );
}
