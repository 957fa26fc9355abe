// One error for one mistake, statement by statement.
// error: C0001 3:5
f(1 2);
// error: C0002 5:12
let b = 1 +;
// error: C0001 7:17
const c = [1, 2 3];
// error: C0001 9:7
x = a b;
// error: C0001 11:13
type D = { a: };
// error: C0001 13:5
x = 1__0;
// error: C0002 15:4
f() = 1;
// error: C0002 17:11
const a = ;
