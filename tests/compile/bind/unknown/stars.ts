export * from './deeper';
// differs from tsc: it also reports what comes through an 'export *' of a module that was not found
