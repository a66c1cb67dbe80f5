export * from '../../shared/diverging-scale.ts';
