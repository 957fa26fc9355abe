// error: C0003 2:11
function f( { return 1; }
const z = 1;
