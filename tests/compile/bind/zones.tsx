console.log(early);
const early = 1;
const later = () => after;
const after = 2;
new Late();
class Late { static make() { return new Late(); } self = Late; static first = Late.make(); }
const own = own + 1;
const recursive = (n: number): number => (n === 0 ? 0 : recursive(n - 1));
for (const each of each) console.log(each);
function hoisted() { return below; }
function indirect() { return hoisted(); }
const below = 3;
function called() { return lower; }
called();
const lower = 4;
function throughExpression() { return lowest; }
const handlers = [() => throughExpression()];
const lowest = 5;
switch (below) {
  case 3:
    let inCase = 1;
    break;
  case 4:
    console.log(inCase);
}
function defaults(a = b, b = 1, c = () => d, d = 2) { return a + b + c() + d; }
function block() {
  const inner = () => shut;
  inner();
  let shut = 1;
  return shut;
}
let typed: typeof unready;
const unready = 'x';
export { exportedEarly };
const exportedEarly = 1;
class Extends extends Base {}
class Base {}
console.log(later, recursive, indirect, handlers, defaults, block, typed, Extends, own);
// bind: const after 4:7 used
// bind: const recursive 8:7 used
// bind: const below 12:7 used
// bind: const lower 15:7 used needs-check
// bind: const lowest 18:7 used needs-check
// bind: let inCase 21:9 used needs-check
// bind: let shut 30:7 used captured needs-check
const { p1, p2 = p1, p3 = p3 } = {} as any;
const [q1, q2 = q3, q3 = 1] = [] as any;
const { r1 } = r1 as any;
function selfish(a = a, { b, c = b }: any = {}, e = () => e) { return [a, b, c, e]; }
console.log(p1, p2, p3, q1, q2, q3, r1, selfish);
const First = () => Second();
const Second = () => first + third;
const first = 1;
class Holder { read() { return kept; } field = kept; }
const kept = 2;
let third = 3;
new Holder();
First();
const Soon = () => soon;
const Sooner = () => Soon();
Sooner();
const soon = 1;
// bind: const first 54:7 used
// bind: const Second 53:7 used
// bind: const kept 56:7 used
// bind: let third 57:5 used
// bind: const soon 63:7 used needs-check
// error: C0224 1:13
// error: C0225 5:5
// error: C0224 7:13
// error: C0224 9:20
// error: C0230 26:23
// error: C0225 37:23
// error: C0224 47:27
// error: C0224 48:17
// error: C0224 49:16
// error: C0231 50:22
