import { FilmExport } from './film-export.svelte.ts';
import { FilmPlayer } from './film-player.svelte.ts';
import { FilterFilm } from './filter-film.svelte.ts';
import { FirstLayerFilters } from './first-layer-filters.svelte.ts';
import type { SavingContext } from './saving-context.ts';

/** The first layer's filters: as they are, as they became, and as a picture. */
export class FiltersState {
  readonly firstLayer: FirstLayerFilters;
  readonly film: FilterFilm;
  readonly player: FilmPlayer;
  readonly picture: FilmExport;

  constructor(context: SavingContext) {
    this.firstLayer = new FirstLayerFilters(context.api, context.notices);
    this.film = new FilterFilm(context.api, context.notices, this.firstLayer);
    this.player = new FilmPlayer(this.film);
    this.picture = new FilmExport(context, this.film);
  }
}
