const o = { a: 1, b: 2, a: 3, get c() { return 1; }, set c(v) {}, 'b': 4, ...{ e: 0 }, e: 1 };
function F(p: { x?: string; y?: number }) { return null; }
const spread = { z: 1 };
const e = <F x="1" y={2} x="2" {...spread} y={1} a-b="1" a-b="2" />;
console.log(o, e);
// error: C2015 1:25
// error: C2015 1:67
// error: C2016 4:26
