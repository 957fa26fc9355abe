// error: C0008 2:11
const x = <Foo>y;
const z = 1;
