import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { Api } from './api.ts';
import { Firstlayer } from './state/firstlayer.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

const app = new Firstlayer(new Api(window.firstlayer));
mount(App, { target, props: { app } });
void app.load();
