/** What `electron-builder --config` reads: the same as the tests do. */
export { electronConfig as default } from './packages/electron-config.ts';
