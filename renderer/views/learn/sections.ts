import type { Component } from 'svelte';
import type { LearnSectionId } from '../../../shared/learn-progress.ts';
import type { AppState } from '../../state/app-state.svelte.ts';
import BackPropagation from './BackPropagation.svelte';
import ConvolutionOutput from './ConvolutionOutput.svelte';
import DenseLayers from './DenseLayers.svelte';
import Filters from './Filters.svelte';
import ParameterSharing from './ParameterSharing.svelte';
import PoolingKinds from './PoolingKinds.svelte';
import ReluRivals from './ReluRivals.svelte';
import WhyNotDense from './WhyNotDense.svelte';

/** What shows each section of text/learn-sections.ts; it renders its pictures and its words through `SectionFrame.svelte`. */
export const sectionComponents: Partial<Record<LearnSectionId, Component<{ app: AppState }>>> = {
  'why-not-dense': WhyNotDense,
  filters: Filters,
  'convolution-output': ConvolutionOutput,
  'parameter-sharing': ParameterSharing,
  relu: ReluRivals,
  pooling: PoolingKinds,
  'dense-layers': DenseLayers,
  'back-propagation': BackPropagation,
};
