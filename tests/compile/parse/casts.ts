// Casts in a .ts file, which the TSX grammar cannot read.
// error: C1008 3:11
const a = <string>b;
