// error: C0003 2:11
const a = {b: 1;
const c = 2;
