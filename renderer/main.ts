import { mount } from 'svelte';
import App from './App.svelte';
import './tokens.css';
import './app.css';
import { Api } from './api.ts';
import { pageBackground } from '../shared/tokens.ts';
import { loadPlacesWhenIdle } from './places/place-components.ts';
import { AppState } from './state/app-state.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

const { light, dark } = pageBackground;
document.documentElement.style.setProperty('--page-background', `light-dark(${light}, ${dark})`);

const app = new AppState(new Api(window.firstlayer));
// The main process looks for the answer while the window is made.
const loading = app.load();
mount(App, { target, props: { app } });
void loading.then(loadPlacesWhenIdle);
