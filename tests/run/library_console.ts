// console.log prints as Node does.
export {};
class Point { x = 1; y = { deep: { deeper: { deepest: 1 } } }; }
class Empty {}
class Named extends Point { static kind = 'named'; get size() { return 1; } }
console.log(new Point(), new Empty(), new Named(), Point, Named, Empty);
console.log([1.5, -0, NaN, 'it\'s', "say \"hi\"", null, undefined, true], [], {}, [[]], [{}], { a: {} });
console.log('%s is %d years and %i, %f, %j %O %O %c %% %x', 'Bob', 42.5, 42.9, '1.5x', { a: 1 }, [1], { b: { c: {} } }, 'css', 'rest');
console.log('%s %s %s %s', null, undefined, { a: { b: 1 } }, [1, [2, [3]]], 'more', 5);
console.log('100%', 5, '%d', 'a%sb');
console.log('%d', '0x10', '%i');
console.log(new Map<unknown, unknown>([['k', new Map([[1, { a: [1, 2] }]])], [{ o: 1 }, new Set([1, 'two', [3]])]]));
console.log(new Map(), new Set(), [new Map([[1, 2]]).keys(), new Set([5]).values(), [7].entries(), 'ab'.matchAll(/./g)]);
console.log({ f() {}, g: () => 1, async h() {}, k: class {}, l: class L {}, m: function named() {} });
console.log({ get a() { return 1; }, set b(v: number) {}, get c() { return 1; }, set c(v: number) {} });
console.log({ 'a-b': 1, 1: 2, ok_1: 3, $d: 4, 'ünï': 5, '': 6 });
console.log([undefined, , 3, , , 6], [, ], Object.assign([1, 2], { extra: true, 'x y': [1] }));
const loop: any = { name: 'loop', list: [1] };
loop.self = loop; loop.list.push(loop, { loop });
console.log(loop);
const other: any = [loop]; other.push(other);
console.log(other);
console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]], { m: { n: { s: new Set([1]), p: new Point() } } });
console.log(Array.from({ length: 30 }, (_, i) => i * 3), Array.from({ length: 8 }, (_, i) => 'item-' + i));
console.log(Array.from({ length: 120 }, (_, i) => i));
console.log({ description: 'a text that is long enough to make the object need more than one line', other: 'and another text' });
console.log('multi\nline', ['multi\nline'], { s: 'a\tb\\c\u0001\u007f' }, '\ud83d\ude00', ['\ud83d']);
console.log(['a text with\nseveral lines that is\nlonger than what fits on a line of eighty columns, so it is split']);
console.log(/a+\/b/gi, [/x/], Promise.resolve(4), Promise.reject(new Error('no')).catch(() => {}) && 0);
console.log(Object.freeze({ a: 1 }), Object.fromEntries([['z', 1]]), JSON, Math.PI, [String, Number, parseInt, RangeError]);
console.log('year: 2024'.match(/(?<year>\d+)/)!.groups, 'ab'.match(/(x)?b/));
console.log([1.0, 2.5, 1e21, 1e-7, 123456789, -1], [1, 'a'], ['a', 'b'].map((s) => ({ s })));
console.log();
console.log('');
console.info('info', -0, [-0]);
// expect: Point { x: 1, y: { deep: { deeper: [Object] } } } Empty {} Named { x: 1, y: { deep: { deeper: [Object] } } } [class Point] [class Named extends Point] { kind: 'named' } [class Empty]
// expect: [ 1.5, -0, NaN, "it's", 'say "hi"', null, undefined, true ] [] {} [ [] ] [ {} ] { a: {} }
// expect: Bob is 42.5 years and 42, 1.5, {"a":1} [ 1 ] { b: { c: {} } }  % %x rest
// expect: null undefined { a: [Object] } [ 1, [Array] ] more 5
// expect: 100% 5 %d a%sb
// expect: 16 %i
// expect: Map(2) {
// expect:   'k' => Map(1) { 1 => { a: [Array] } },
// expect:   { o: 1 } => Set(3) { 1, 'two', [ 3 ] }
// expect: }
// expect: Map(0) {} Set(0) {} [
// expect:   [Map Iterator] { 1 },
// expect:   [Set Iterator] { 5 },
// expect:   Object [Array Iterator] {},
// expect:   Object [RegExp String Iterator] {}
// expect: ]
// expect: {
// expect:   f: [Function: f],
// expect:   g: [Function: g],
// expect:   h: [AsyncFunction: h],
// expect:   k: [class k],
// expect:   l: [class L],
// expect:   m: [Function: named]
// expect: }
// expect: { a: [Getter], b: [Setter], c: [Getter/Setter] }
// expect: { '1': 2, 'a-b': 1, ok_1: 3, '$d': 4, 'ünï': 5, '': 6 }
// expect: [ undefined, <1 empty item>, 3, <2 empty items>, 6 ] [ <1 empty item> ] [ 1, 2, extra: true, 'x y': [ 1 ] ]
// expect: <ref *1> {
// expect:   name: 'loop',
// expect:   list: [ 1, [Circular *1], { loop: [Circular *1] } ],
// expect:   self: [Circular *1]
// expect: }
// expect: <ref *2> [
// expect:   <ref *1> {
// expect:     name: 'loop',
// expect:     list: [ 1, [Circular *1], [Object] ],
// expect:     self: [Circular *1]
// expect:   },
// expect:   [Circular *2]
// expect: ]
// expect: { a: { b: { c: [Object] } } } [ [ [ [Array] ] ] ] { m: { n: { s: [Set], p: [Point] } } }
// expect: [
// expect:    0,  3,  6,  9, 12, 15, 18, 21, 24,
// expect:   27, 30, 33, 36, 39, 42, 45, 48, 51,
// expect:   54, 57, 60, 63, 66, 69, 72, 75, 78,
// expect:   81, 84, 87
// expect: ] [
// expect:   'item-0', 'item-1',
// expect:   'item-2', 'item-3',
// expect:   'item-4', 'item-5',
// expect:   'item-6', 'item-7'
// expect: ]
// expect: [
// expect:    0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,
// expect:   12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
// expect:   24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
// expect:   36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
// expect:   48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
// expect:   60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71,
// expect:   72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83,
// expect:   84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
// expect:   96, 97, 98, 99,
// expect:   ... 20 more items
// expect: ]
// expect: {
// expect:   description: 'a text that is long enough to make the object need more than one line',
// expect:   other: 'and another text'
// expect: }
// expect: multi
// expect: line [ 'multi\nline' ] { s: 'a\tb\\c\x01\x7F' } 😀 [ '\ud83d' ]
// expect: [
// expect:   'a text with\n' +
// expect:     'several lines that is\n' +
// expect:     'longer than what fits on a line of eighty columns, so it is split'
// expect: ]
// expect: /a+\/b/gi [ /x/ ] Promise { 4 } 0
// expect: { a: 1 } { z: 1 } Object [JSON] {} 3.141592653589793 [
// expect:   [Function: String],
// expect:   [Function: Number],
// expect:   [Function: parseInt],
// expect:   [Function: RangeError]
// expect: ]
// expect: [Object: null prototype] { year: '2024' } [ 'b', undefined, index: 1, input: 'ab', groups: undefined ]
// expect: [ 1, 2.5, 1e+21, 1e-7, 123456789, -1 ] [ 1, 'a' ] [ { s: 'a' }, { s: 'b' } ]
// expect:
// expect:
// expect: info -0 [ -0 ]
