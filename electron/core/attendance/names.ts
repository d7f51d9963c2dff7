export * from '../../contract/names.ts';
