import cyclonedx from '@cyclonedx/cyclonedx-library';
import { readJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';
import { join } from 'node:path';

/** @typedef {import('./foundations.mjs').Foundation} Foundation */
/** @typedef {import('./packed-packages.mjs').Package} Package */

const { Enums, Models, Serialize, SPDX, Spec, Validation } = cyclonedx;
const specification = Spec.Spec1dot6;

/**
 * A bill of materials of the packed app, as CycloneDX JSON. It is the same for the same app: no time or random number is in it.
 * @param {readonly Foundation[]} foundations
 * @param {readonly Package[]} packages
 * @returns {Promise<string>}
 * @throws Error if it breaks the specification
 */
export async function billOfMaterials(foundations, packages) {
  const about =
    /** @type {{ name: string, version: string, description: string, license: string }} */ (
      readJson(join(root, 'package.json'))
    );
  const app = new Models.Component(Enums.ComponentType.Application, about.name, {
    bomRef: 'app',
    version: about.version,
    description: about.description,
  });
  app.licenses.add(licence(about.license));
  const parts = [
    ...foundations.map((each) => component(each, `${each.name} ${each.version}`)),
    ...packages.map((each) => {
      const purl = `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`;
      return component(each, purl, purl);
    }),
  ];
  for (const part of parts) app.dependencies.add(part.bomRef);
  const bom = new Models.Bom({ components: new Models.ComponentRepository(parts) });
  bom.metadata.component = app;
  const text = new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(specification),
  ).serialize(bom, { sortLists: true, space: 2 });
  /** @type {unknown} */
  const problem = await new Validation.JsonStrictValidator(specification.version).validate(text);
  if (problem)
    throw new Error(`The bill of materials breaks CycloneDX: ${JSON.stringify(problem)}`);
  return `${text}\n`;
}

/** @param {Foundation | Package} part @param {string} reference @param {string} [purl] */
function component({ name, version, license, source }, reference, purl) {
  const type = name === 'MNIST' ? Enums.ComponentType.Data : Enums.ComponentType.Library;
  const made = new Models.Component(type, name, {
    bomRef: reference,
    version,
    ...(purl !== undefined && { purl }),
  });
  made.licenses.add(licence(license));
  if (source !== null)
    made.externalReferences.add(
      new Models.ExternalReference(source, Enums.ExternalReferenceType.VCS),
    );
  return made;
}

/** @param {string} name of one licence, or several with AND or OR between them */
function licence(name) {
  /** @type {(id: string) => boolean} */
  const isKnown = (id) => SPDX.isSupportedSpdxId(id);
  if (isKnown(name)) return new Models.SpdxLicense(name);
  const ids = name.split(/[()\s]+|\b(?:AND|OR)\b/).filter((id) => id !== '');
  return ids.every(isKnown) ? new Models.LicenseExpression(name) : new Models.NamedLicense(name);
}
