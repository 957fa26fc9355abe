const original = 'renamed'; export { original };
