// Bindings before their initialisation, and assignments that are refused at run time.
const attempt = (run: () => unknown) => { try { return String(run()); } catch (e) { return (e as Error).name + ': ' + (e as Error).message; } };
console.log(attempt(() => readLater()));
function readLater() { return later; }
let later = 'now';
console.log(attempt(() => readLater()));
console.log(attempt(() => new Early().x), attempt(() => early()));
class Early { x = 'class'; }
const early = () => 'arrow';
console.log(attempt(() => new Early().x), attempt(() => early()));
function inside() {
  const read = () => value;
  const before = attempt(read);
  const value = 'set';
  return before + ' / ' + attempt(read);
}
console.log(inside());
for (let round = 0; round < 2; round++) {
  const read = () => fresh;
  if (round === 1) console.log(attempt(read));
  let fresh = 'fresh' + round;
  console.log(read());
}
function useDefault(a = () => b, b = 1) { return a(); }
console.log(useDefault());
switch (1 as number) {
  case 0: let scoped = 'zero';
  case 1: console.log(attempt(() => scoped), attempt(() => (scoped = 'one')));
}
// expect: ReferenceError: Cannot access 'later' before initialization
// expect: now
// expect: ReferenceError: Cannot access 'Early' before initialization ReferenceError: Cannot access 'early' before initialization
// expect: class arrow
// expect: ReferenceError: Cannot access 'value' before initialization / set
// expect: fresh0
// expect: ReferenceError: Cannot access 'fresh' before initialization
// expect: fresh1
// expect: 1
// expect: ReferenceError: Cannot access 'scoped' before initialization ReferenceError: Cannot access 'scoped' before initialization
