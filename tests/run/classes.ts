// Classes: constructors, parameter properties, fields, methods, accessors, statics, inheritance.
interface Shape { area(): number }
class Square implements Shape {
  static count = 0;
  static readonly names: string[] = ['square'];
  static { Square.names.push('box'); }
  readonly kind = 'square';
  label?: string;
  doubled = 2;
  constructor(public side: number, private readonly scale = 1, protected unit?: string) { Square.count++; }
  area() { return this.side * this.side * this.scale; }
  get perimeter() { return 4 * this.side; }
  set perimeter(value: number) { this.side = value / 4; }
  static of(side: number) { return new this(side, 2); }
  static get latest() { return Square.count; }
  ['comp' + 'uted']() { return 'computed ' + this.side; }
  async later() { await null; return this.area(); }
}
const square = new Square(3);
console.log(square.area(), square.perimeter, square.doubled, square.kind, Object.keys(square).join());
square.perimeter = 20;
console.log(square.side, Square.of(2).area(), Square.count, Square.latest, Square.names.join(), (square as any).computed());
console.log(square instanceof Square, ({} as any) instanceof Square, square.constructor === Square, Square.name, typeof Square);
console.log(await square.later());

class Animal {
  sound = 'nothing';
  constructor(public name: string) { this.describe(); }
  describe() { return `${this.name} says ${this.sound}`; }
  static create(name: string) { return new this(name); }
}
class Dog extends Animal {
  sound = 'woof';
  tricks: string[] = [];
  constructor(name: string, ...tricks: string[]) { super(name); this.tricks = tricks; }
  learn(trick: string) { this.tricks.push(trick); return this; }
}
class Puppy extends Dog {}
const puppy = new Puppy('Rex', 'sit');
console.log(puppy.describe(), puppy.learn('roll').tricks.join(), puppy instanceof Dog, puppy instanceof Animal, puppy instanceof Square);
console.log(Dog.create('Fido').describe(), Object.keys(puppy).join());

class NotFound extends Error {
  constructor(public path: string) { super(`no ${path}`); this.name = 'NotFound'; }
}
try { throw new NotFound('/x'); } catch (e) {
  console.log(e instanceof NotFound, e instanceof Error, (e as NotFound).path, String(e));
}
const Local = class Named { static self() { return Named.name; } };
const Anonymous = class { value = 1; };
console.log(Local.name, Local.self(), Anonymous.name, new Anonymous().value);
function make(base: number) {
  return class { total = base; add(n: number) { this.total += n + base; return this.total; } static base() { return base; } };
}
const Ten = make(10), One = make(1);
console.log(new Ten().add(5), new One().add(5), Ten.base());
const attempt = (run: () => unknown) => { try { return run(); } catch (e) { return (e as Error).message; } };
console.log(attempt(() => (Square as any)(1)), attempt(() => new (square as any).area()));
class Fields { a = 1; b = this.a + 1; ['c'] = 3; 'quoted name' = 4; 5 = 'five'; uninitialised: any; }
console.log(JSON.stringify(new Fields()), 'uninitialised' in new Fields());
class Base { constructor() { return { replaced: true } as any; } }
console.log(JSON.stringify(new Base()));
const point = { x: 1, get double() { return this.x * 2; }, set double(v) { this.x = v / 2; }, inc() { this.x++; return this; } };
point.double = 10;
console.log(point.inc().double);
abstract class Abstract { abstract run(): string; go() { return this.run() + '!'; } }
class Concrete extends Abstract { run() { return 'run'; } }
console.log(new Concrete().go());
// expect: 9 12 2 square side,scale,unit,kind,label,doubled
// expect: 5 8 2 2 square,box computed 5
// expect: true false true Square function
// expect: 25
// expect: Rex says woof sit,roll true true false
// expect: Fido says woof name,sound,tricks
// expect: true true /x NotFound: no /x
// expect: Named Named Anonymous 1
// expect: 25 7 10
// expect: Class constructor Square cannot be invoked without 'new' square.area is not a constructor
// expect: {"5":"five","a":1,"b":2,"c":3,"quoted name":4} true
// expect: {"replaced":true}
// expect: 12
// expect: run!
