// Lets Node and its workers read TypeScript as it was compiled before the tests.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
